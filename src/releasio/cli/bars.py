"""Bars of what is under way, one below the other, and one of it all."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_WIDTH = 24  # characters
_OFTEN = 0.05  # seconds between two drawings; more of them are only flicker
_ROOM = len("     [] 100 %  999.9 MB of 999.9 MB ") + _WIDTH
_STEP = 1000  # from one unit to the next


class Bars:
    """
    What is shown of transfers; nothing is drawn here.

    Args:
        clock: Seconds, from any beginning.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sizes: dict[str, int] = {}
        self._done: dict[str, int] = {}
        self._under_way: dict[str, tuple[int, int]] = {}
        self._drawn = float("-inf")

    def expect(self, sizes: Mapping[str, int]) -> None:
        """Begin a batch, label to bytes, whose sum is shown as long as something is left of it."""
        self._sizes, self._done = dict(sizes), {}

    def advance(self, label: str, done: int, total: int, columns: int) -> str | None:
        """Take note of progress; return the bar that stays once *label* is through."""
        self._done[label] = done
        if done < total:
            self._under_way[label] = (done, total)
            return None
        self._under_way.pop(label, None)
        self._drawn = float("-inf")
        return _bar(label, done, total, size(total), columns)

    def due(self) -> bool:
        """Whether to draw again: not more often than eyes can follow."""
        now = self._clock()
        if now - self._drawn < _OFTEN:
            return False
        self._drawn = now
        return True

    def lines(self, columns: int) -> list[str]:
        """Return the bars of what is under way, none wider than *columns*."""
        shown = [
            _bar(label, done, total, f"{size(done)} of {size(total)}", columns)
            for label, (done, total) in self._under_way.items()
        ]
        through = [label for label, whole in self._sizes.items() if self._done.get(label) == whole]
        if len(self._sizes) > 1 and len(through) < len(self._sizes):
            done = sum(self._done.get(label, 0) for label in self._sizes)
            total = sum(self._sizes.values())
            told = f"{len(through)} of {len(self._sizes)} files"
            shown.append(_bar(told, done, total, f"{size(done)} of {size(total)}", columns))
        return shown


def size(number: int) -> str:
    """Return *number* of bytes as people read it: kB, MB and GB are powers of 1,000."""
    value = float(number)
    for unit in ("B", "kB", "MB"):
        if value < _STEP:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= _STEP
    return f"{value:.1f} GB"


def _bar(label: str, done: int, total: int, told: str, columns: int) -> str:
    name = _short(label, max(columns - _ROOM, 8))
    part = min(done / total, 1.0) if total else 1.0
    drawn = ("=" * int(_WIDTH * part)).ljust(_WIDTH)
    return f"    {name} [{drawn}] {int(100 * part):3d} %  {told}"[: max(columns - 1, 20)]


def _short(label: str, room: int) -> str:
    """Leave out the middle: wheels of one release begin alike, and their tags come last."""
    if len(label) <= room:
        return label
    head = (room - 3) // 2
    return f"{label[:head]}...{label[len(label) - (room - 3 - head) :]}"
