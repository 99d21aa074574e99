"""Dates in headings: the same date format with another day in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)"
_DAY = r"(?P<day>\d{1,2})(?P<nth>st|nd|rd|th)?"
_ISO = re.compile(r"\d{4}(?P<separator>[-/.])\d{2}(?P=separator)\d{2}")
_WORDS = (
    re.compile(rf"{_MONTH}(?P<gap>[ ]){_DAY}(?P<comma>,?[ ])\d{{4}}", re.IGNORECASE),
    re.compile(rf"{_DAY}(?P<gap>[ ]){_MONTH}(?P<comma>,?[ ])\d{{4}}", re.IGNORECASE),
)


def date_like(text: str, day: date) -> str | None:
    """
    Return *text* with *day* in place of the first date in it, in its format.

    `2024-01-31`, `2024/01/31`, `January 31, 2024`, `Jan 31st 2024`, `31 January 2024`;
    month names are English, as they are in changelogs. `None`: there is no such date.
    """
    if match := _ISO.search(text):
        return _replaced(text, match, day.isoformat().replace("-", match["separator"]))
    for pattern in _WORDS:
        if match := pattern.search(text):
            parts = [_month_like(match["month"], day), _day_like(match, day)]
            if match.start("day") < match.start("month"):
                parts.reverse()
            said = match["gap"].join(parts) + match["comma"] + str(day.year)
            return _replaced(text, match, said)
    return None


def _replaced(text: str, match: re.Match[str], words: str) -> str:
    return text[: match.start()] + words + text[match.end() :]


def _month_like(model: str, day: date) -> str:
    # May is both; the long form is the usual one
    short = model.rstrip(".").lower() not in {month.lower() for month in _MONTHS}
    name = _MONTHS[day.month - 1]
    return name[:3] + ("." if model.endswith(".") else "") if short else name


def _day_like(match: re.Match[str], day: date) -> str:
    number = f"{day.day:02}" if match["day"].startswith("0") else str(day.day)
    return number + _nth(day.day) if match["nth"] else number


def _nth(number: int) -> str:
    if number in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
