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
    shown: Counter[str] = Counter()
    for error in errors:
        shown[error.code] += 1
        more = kinds[error.code] - _FEW
        if every or more <= 1 or shown[error.code] < _FEW:
            yield error, 0
        elif shown[error.code] == _FEW:
            yield error, more


def of_others(more: int) -> str:
    """Say that there are *more* of the kind."""
    return f"and {more} more of this kind (--verbose and --json have all)"
