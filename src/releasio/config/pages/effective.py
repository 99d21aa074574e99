"""The settings in force, row by row, and where each comes from."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from releasio.config.pages.schema import plain
from releasio.config.pages.toml_text import toml
from releasio.config.reading import kinds
from releasio.config.reading.mistakes import dotted
from releasio.config.setting import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.config.reading.load import Settings


class Row(NamedTuple):
    """One setting in force."""

    key: str  # dotted, as in the file
    value: Any  # as JSON holds it
    origin: str  # `default`, or who set it

    @property
    def text(self) -> str:
        """The value as TOML would have it; `-` for none."""
        return toml(self.value)


def rows(settings: Settings) -> tuple[Row, ...]:
    """Return every setting in force, in the order of the reference page."""
    return tuple(
        Row(dotted(path), plain(value), settings.origins[dotted(path)])
        for path, value in _walk(settings.config, ())
    )


def document(settings: Settings) -> dict[str, Any]:
    """Return the settings in force for `--json`: file, notices, and one object per key."""
    return {
        "file": str(settings.source) if settings.source else None,
        "notices": list(settings.notices),
        "settings": {row.key: {"value": row.value, "origin": row.origin} for row in rows(settings)},
    }


def _walk(table: Table, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    for name, setting in table.settings.items():
        setting_path = path if setting.rest else (*path, name)
        value = getattr(table, name)
        match value:
            case Table():
                yield from _walk(value, setting_path)
            case MappingProxyType() if _holds_tables(table, name):
                for entry, inner in value.items():
                    yield from _walk(inner, (*setting_path, entry))
            case _:
                yield setting_path, value


def _holds_tables(table: Table, name: str) -> bool:
    return kinds.is_table(kinds.contents(kinds.kinds(type(table))[name])[0])
