"""What type each key has, read from the classes of `model`, and in words."""

from __future__ import annotations

from types import MappingProxyType, NoneType, UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Literal,
    TypeGuard,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from releasio.config.setting import Setting, Table
from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

Value = Any  # of any key: what its kind has

WORDS = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
PLURALS = {str: "strings"}

_KINDS: dict[type[Table], dict[str, object]] = {}


@frozen
class Key:
    """One key of a settings file."""

    path: tuple[str, ...]  # `*` stands for a name of the user's, `[]` for an entry of a list
    setting: Setting
    kind: object

    @property
    def name(self) -> str:
        """Its dotted name, as the documentation writes it."""
        return ".".join(self.path).replace(".[]", "[]").replace("*", "NAME")


def kinds(table: type[Table]) -> dict[str, object]:
    """Return the type of each key of *table*."""
    if table not in _KINDS:  # working them out costs more than all the rest of loading
        hints = get_type_hints(table)
        _KINDS[table] = {name: hints[name] for name in table.settings}
    return _KINDS[table]


def keys(table: type[Table], path: tuple[str, ...] = ()) -> Iterator[Key]:
    """Yield every key of *table* that holds a value, with those of the tables in it."""
    for name, kind in kinds(table).items():
        setting = table.settings[name]
        setting_path = path if setting.rest else (*path, name)
        inner, step = contents(kind)
        if step != ("",) and is_table(inner):
            yield from keys(inner, (*setting_path, *step))
        else:
            yield Key(setting_path, setting, kind)


def contents(kind: object) -> tuple[Any, tuple[str, ...]]:
    """Return what *kind* holds, and the steps of a path that lead into it; `("",)` for none."""
    if is_table(kind):
        return kind, ()
    if get_origin(kind) is tuple:
        return get_args(kind)[0], ("[]",)
    if get_origin(kind) is MappingProxyType:
        return get_args(kind)[1], ("*",)
    return kind, ("",)


def is_table(kind: object) -> TypeGuard[type[Table]]:
    """Tell whether *kind* is one of the classes of `model`."""
    return isinstance(kind, type) and issubclass(kind, Table)


def members(kind: object) -> tuple[object, ...]:
    """Return the types *kind* is a choice of, without "not set"."""
    if get_origin(kind) in {UnionType, Union}:  # the latter when a `Literal` is part of it
        return tuple(member for member in get_args(kind) if member is not NoneType)
    return (kind,)


def choices(kind: object) -> tuple[object, ...]:
    """Return the values a `Literal` allows; nothing for other types."""
    return get_args(kind) if get_origin(kind) is Literal else ()


def words(kind: object) -> str:
    """Say what a value of *kind* looks like, to go after "must be"."""
    parts = [word for member in members(kind) for word in _words(member)]
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} or {parts[-1]}"


def _words(kind: object) -> list[str]:
    inner, step = contents(kind)
    if is_table(kind):
        return ["a table"]
    if step == ("[]",):
        return [f"a list of {PLURALS.get(inner, 'tables')}"]
    if step == ("*",):
        return [f"a table of {PLURALS.get(inner, 'tables')}"]
    if values := choices(kind):
        return [f'"{choice}"' if isinstance(choice, str) else str(choice) for choice in values]
    return [WORDS[inner]]
