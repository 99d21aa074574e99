"""Versions that look like dates, where nobody said that they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from packaging.version import Version

YEARS = range(1990, 2100)  # a first number that is taken for a year
_CENTURY = 2000
_SHORTEST = 10  # a year of two digits
_MONTHS = range(1, 13)
_DAYS = range(1, 32)
_MOST_COUNTED = 7  # half of all releases of a month are not beyond it


def looks_like_date(
    version: Version, existing: Callable[[], Collection[Version]], today: date
) -> bool:
    """
    Whether *version* begins with a year.

    One of two digits (25.1.0) is one if it is this or the last one, and the numbers of all
    versions are years.

    Args:
        version: The last one.
        existing: Every version that exists; asked for when needed.
        today: The day of the release.
    """
    if version.major in YEARS:
        return True
    year = today.year - _CENTURY
    if version.epoch or version.major not in {year - 1, year}:
        return False
    majors = {other.major for other in existing()}
    return len(majors) > 1 and majors <= {*range(_SHORTEST, year + 1)}


def resembling_pattern(last: Version, existing: Iterable[Version]) -> str:
    """
    Return the pattern that *last*, whose first number is a year, most likely follows.

    The second number is a month, unless it is counted from 0 or 1 in every year. The third is
    a day where it is never 0 and mostly higher than what is counted gets.
    """
    years = YEARS if last.major in YEARS else range(_SHORTEST, _CENTURY)
    versions = [last, *(version for version in existing if version.major in years)]
    seconds: dict[int, set[int]] = {}
    for version in versions:
        if not version.is_prerelease:
            seconds.setdefault(version.major, set()).add(version.minor)
    numbers = {number for of_year in seconds.values() for number in of_year}
    is_month = numbers <= {*_MONTHS} and not all(map(_is_counted, seconds.values()))
    if not is_month:
        second, third = "MINOR", "MICRO"
    else:
        days = sorted(version.micro for version in versions)
        is_day = days[0] > 0 and days[-1] in _DAYS and days[len(days) // 2] > _MOST_COUNTED
        second, third = "MM", "DD" if is_day else "MICRO"
    pattern = ("YYYY" if last.major in YEARS else "YY", second, third)
    return ".".join(pattern[: len(last.release)])


def _is_counted(numbers: Collection[int]) -> bool:
    first = min(numbers)
    return first <= 1 and set(numbers) == {*range(first, first + len(numbers))}
