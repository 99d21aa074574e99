"""Settings with other values for some keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from releasio.config.setting import Table

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T", bound=Table)


def with_values(table: T, values: Mapping[str, object]) -> T:
    """Return *table* with *values*, by dotted key, in place of its own."""
    for key, value in values.items():
        name, _, rest = key.partition(".")
        inner: Any = with_values(getattr(table, name), {rest: value}) if rest else value
        table = table.but(**{name: inner})
    return table
