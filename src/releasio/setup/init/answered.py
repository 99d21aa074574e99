"""What a setting's own checks say of an answer, and whether a setting is needed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.config.reading.mistakes import Findings, Source
from releasio.config.reading.values import complete, read_table
from releasio.config.tables.model import Config

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.errors.base import ReleasioError

_ANSWER = Source("the answer")


def mistake(path: Sequence[str], value: object) -> str:
    """Return what is wrong with *value* for the setting at *path*; empty: nothing."""
    findings = Findings(_ANSWER, [], [])
    read_table(Config, nested(path, value), (), findings)
    return " ".join(map(sentences, findings.mistakes))


def sentences(error: ReleasioError) -> str:
    """Return what *error* says, and what to do about it."""
    return f"{error}. {error.hint}".strip()


def meaning(path: Sequence[str], value: object) -> object:
    """Return *value*, as TOML has it, as the settings would hold it at *path*."""
    values = read_table(Config, nested(path, value), (), Findings(_ANSWER, [], []))
    return at(complete(Config, values), path)


def at(config: object, path: Sequence[str]) -> object:
    """Return what *config* holds at *path*."""
    for name in path:
        config = getattr(config, name) if hasattr(config, name) else dict(config)[name]  # type: ignore[call-overload] # a table by the user's names
    return config


def nested(path: Sequence[str], value: object) -> dict[str, Any]:
    """Return the table that has *value* at *path*."""
    for name in reversed(path):
        value = {name: value}
    return value  # type: ignore[return-value] # a path has a name at least
