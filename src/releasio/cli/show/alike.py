"""Errors of one kind, of which there may be one for each of forty files."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.errors.base import ReleasioError

_FEW = 3  # of one kind


def folded(
    errors: Sequence[ReleasioError], *, every: bool = False
) -> Iterator[tuple[ReleasioError, int]]:
    """
    Yield those of *errors* that are shown, each with how many of its kind are not.

    The number stands with the last one of its kind that is shown. A single one is not left out
    for the line that would tell so.

    Args:
        errors: All of them.
        every: Whether all are to be shown.
    """
    kinds = Counter(error.code for error in errors)
    shown_counts: Counter[str] = Counter()
    for error in errors:
        shown_counts[error.code] += 1
        others = kinds[error.code] - _FEW
        if every or others <= 1 or shown_counts[error.code] < _FEW:
            yield error, 0
        elif shown_counts[error.code] == _FEW:
            yield error, others


def of_others(count: int) -> str:
    """Say that there are *count* of the kind."""
    return f"and {count} more of this kind (--verbose and --json have all)"
