"""What a setting's own checks say of an answer, and whether a setting is needed for it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from releasio.config.reading.mistakes import Findings, Source
from releasio.config.reading.values import complete, read_table
from releasio.config.tables.model import Config, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.errors.base import ReleasioError

T = TypeVar("T", bound=Table)
_ANSWER = Source("the answer")


def mistake(path: Sequence[str], value: object) -> str:
    """Return what is wrong with *value* for the setting at *path*; empty: nothing."""
    findings = Findings(_ANSWER, [], [])
    read_table(Config, nested(path, value), (), findings)
    return " ".join(map(sentences, findings.mistakes))


def sentences(error: ReleasioError) -> str:
    """Return what *error* says, and what to do about it."""
    return f"{error}. {error.hint}".strip()


def is_so(config: Config, path: Sequence[str], value: object) -> bool:
    """Whether *config* has *value*, as TOML has it, at *path*."""
    table: object = config
    for name in path[:-1]:
        # a mapping is by names of the user's
        table = table.get(name) if isinstance(table, Mapping) else getattr(table, name, None)
    if not isinstance(table, Table):
        return False
    values = read_table(type(table), {path[-1]: value}, (), Findings(_ANSWER, [], []))
    return path[-1] in values and values[path[-1]] == getattr(table, path[-1])


def with_answers(config: Config, settings: Mapping[tuple[str, ...], object]) -> Config:
    """Return *config* with *settings*, by the path of the key, as TOML has them."""
    raw: dict[str, Any] = {}
    for path, value in settings.items():
        table = raw
        for name in path[:-1]:
            table = table.setdefault(name, {})
        table[path[-1]] = value
    return _changed(config, read_table(Config, raw, (), Findings(_ANSWER, [], [])))


def _changed(table: T, values: Mapping[str, Any]) -> T:
    changed = dict(vars(table))
    for name, value in values.items():
        current = getattr(table, name)
        if isinstance(current, Table) and isinstance(value, dict):
            changed[name] = _changed(current, value)
        elif isinstance(current, MappingProxyType):  # by names of the user's
            entries = getattr(complete(type(table), {name: value}), name)
            changed[name] = MappingProxyType({**current, **entries})
        else:
            changed[name] = value
    return type(table)(**changed)


def nested(path: Sequence[str], value: object) -> dict[str, Any]:
    """Return the table that has *value* at *path*."""
    for name in reversed(path):
        value = {name: value}
    return value  # type: ignore[return-value] # a path has a name at least
