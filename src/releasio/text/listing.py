"""Names in a sentence: all of a few, and of many the first and how many more there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FEW = 4  # what a sentence can bear


def listed(names: Sequence[str], few: int = FEW) -> str:
    """
    Return *names* as a sentence has them: `a`, `a and b`, `a, b and c`, `a and 39 others`.

    Args:
        names: Of more than *few* only the first is named; of none nothing.
        few: How many are named one by one.
    """
    if len(names) > few:
        return f"{names[0]} and {len(names) - 1} others"
    *before, last = names or [""]
    return f"{', '.join(before)} and {last}" if before else last


def shortened(names: Sequence[str], most: int = 3) -> str:
    """Return *names*, of many the first and how many more there are: `a, b, c and 4 more`."""
    remainder = f" and {len(names) - most} more" if names[most:] else ""
    return f"{', '.join(names[:most])}{remainder}"


def few(names: Sequence[str], most: int = 3) -> list[str]:
    """Return *names*, the first ones of many with the number of the others."""
    other_count = len(names) - most
    return [*names[:most], f"and {other_count} others"] if other_count > 1 else [*names]
