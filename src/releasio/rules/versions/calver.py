"""Calendar versions: which one a day makes, by a pattern such as YYYY.MM.MICRO."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from packaging.version import Version

from releasio.errors.project.version import CalendarFull
from releasio.frozen import frozen
from releasio.rules.versions.version import Level, final_version, is_unfinished
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

_TOKENS = pattern(r"YYYY|0Y|YY|0M|MM|0W|WW|0D|DD|MAJOR|MINOR|MICRO|PATCH")
_COUNTED = {"MAJOR": Level.MAJOR, "MINOR": Level.MINOR, "MICRO": Level.PATCH, "PATCH": Level.PATCH}
_RANKS = {"Y": 0, "M": 1, "W": 1, "D": 2}  # by the last letter of a token
_CENTURY = 2000


class _Day(NamedTuple):
    """The numbers of a day; where weeks are counted, the year is that of the week."""

    year: int
    month: int
    week: int
    day: int

    def text(self, token: str) -> str:
        """Return what *token* stands for."""
        years = self.year if token.endswith("YYYY") else self.year - _CENTURY
        number = {"Y": years, "M": self.month, "W": self.week, "D": self.day}[token[-1]]
        return f"{number:02}" if token.startswith("0") else str(number)


_LATEST = _Day(2099, 12, 53, 31)


@frozen
class Calendar:
    """
    A pattern for calendar versions, taken apart.

    Attributes:
        pattern: As it was set.
        parts: The tokens of each number: parts of a date, or one thing that is counted.
    """

    pattern: str
    parts: tuple[tuple[str, ...], ...]

    def next_version(self, last: Version | None, level: Level, today: date) -> Version:
        """
        Return the version of *today* that follows *last*.

        Where the date moved on, what is counted to its right begins at 0 again. Otherwise
        the number for *level* is raised, or the nearest that is counted. The date never goes
        back: what is dated later than *today* is counted on.

        Args:
            last: The last release; `None`: there was none.
            level: What the changes do.
            today: The day of the release, in UTC.

        Raises:
            CalendarFull: There is a release of today, and the pattern counts nothing.
        """
        dated = self._dated(today)
        if last is None or not self._fits(last):
            return _version(0, dated)
        old = self._numbers(last)
        numbers = old if self.is_later(last, today) else self._moved(old, dated)
        if numbers == old and is_unfinished(last):
            return final_version(last)
        place = self._raised_place(level, old, numbers)
        if place is not None:
            numbers = [*numbers[:place], old[place] + 1, *dated[place + 1 :]]
        elif numbers == old:
            raise CalendarFull(str(last), self.pattern)
        return _version(last.epoch, numbers)

    def is_later(self, last: Version, today: date) -> bool:
        """Whether *last* is dated later than *today*."""
        return self._fits(last) and self._date(self._numbers(last)) > self._date(self._dated(today))

    def spelled(self, version: Version) -> str:
        """Return the numbers of *version* as the pattern writes them, such as 2026.01.0."""
        widths = (2 * len(part) if part[0].startswith("0") else 1 for part in self.parts)
        numbers = zip(self._numbers(version), widths, strict=True)
        return ".".join(str(number).zfill(width) for number, width in numbers)

    def _dated(self, today: date) -> list[int]:
        """Return the numbers of the first release of *today*."""
        week = today.isocalendar()
        weekly = any(token[-1] == "W" for part in self.parts for token in part)
        day = _Day(week.year if weekly else today.year, today.month, week.week, today.day)
        return self._on(day)

    def _on(self, day: _Day) -> list[int]:
        return [
            0 if part[0] in _COUNTED else int("".join(map(day.text, part))) for part in self.parts
        ]

    def _numbers(self, version: Version) -> list[int]:
        """Return as many numbers of *version* as the pattern has."""
        return [*version.release, *(0,) * len(self.parts)][: len(self.parts)]

    def _date(self, numbers: Sequence[int]) -> list[int]:
        """Return those of *numbers* that are parts of a date."""
        return [
            number
            for part, number in zip(self.parts, numbers, strict=True)
            if part[0] not in _COUNTED
        ]

    def _fits(self, version: Version) -> bool:
        """Whether the date in *version* can be one, or comes before all of them."""
        pairs = zip(self._date(self._numbers(version)), self._date(self._on(_LATEST)), strict=True)
        return all(number <= latest for number, latest in pairs)

    def _moved(self, old: list[int], dated: list[int]) -> list[int]:
        """Return *old* on the day of *dated*; what is counted begins anew behind a later date."""
        later = (
            place
            for place, part in enumerate(self.parts)
            if part[0] not in _COUNTED and dated[place] > old[place]
        )
        place = next(later, len(old))
        return [*old[:place], *dated[place:]]

    def _raised_place(self, level: Level, old: list[int], numbers: list[int]) -> int | None:
        """Return the place of the number that *level* raises, left of where the date moved."""
        counted = {
            _COUNTED[part[0]]: place for place, part in enumerate(self.parts) if part[0] in _COUNTED
        }
        fitting = [counted_level for counted_level in counted if counted_level <= level]
        if numbers == old and counted and not fitting:
            fitting = [min(counted)]
        place = counted[max(fitting)] if fitting else len(old)
        return place if place < len(old) and numbers[: place + 1] == old[: place + 1] else None


def read_calendar(text: str) -> Calendar:
    """
    Take a pattern apart: tokens of https://calver.org with dots between the numbers.

    Several parts of a date may be one number if all but the first have two digits: YYYY0M0D.

    Raises:
        ValueError: It is none; its text says what is wrong with it.
    """
    parts = tuple(tuple(_TOKENS.findall(part)) for part in text.split("."))
    if text != ".".join(map("".join, parts)) or not all(parts):
        msg = "a pattern such as YYYY.MM.MICRO"
        raise ValueError(msg)
    tokens = [token for part in parts for token in part]
    ranks = [_RANKS[token[-1]] for token in tokens if token not in _COUNTED]
    if ranks[:1] != [0] or ranks != sorted(set(ranks)):
        msg = "a pattern with year, month or week, and day in this order"
        raise ValueError(msg)
    if any(not token.startswith("0") for part in parts for token in part[1:]):
        msg = "a pattern in which only tokens of two digits (0M, 0W, 0D) follow another directly"
        raise ValueError(msg)
    counted = [_COUNTED[token] for token in tokens if token in _COUNTED]
    if counted != sorted(set(counted), reverse=True):
        msg = "a pattern with MAJOR, MINOR and MICRO in this order, each once"
        raise ValueError(msg)
    return Calendar(text, parts)


def _version(epoch: int, numbers: Sequence[int]) -> Version:
    text = ".".join(map(str, numbers))
    return Version(f"{epoch}!{text}" if epoch else text)
