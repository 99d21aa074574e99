"""Dates in headings and in the lines below them: the same format with another day in it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

Order = Literal["day-first", "month-first"]

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = (
    r"(?P<name>(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?)"
)
_WEEKDAY = (
    r"(?:\b(?P<weekday>(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b,?[ ])?"
)
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?P<nth>st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_NUMERIC_FORMS = tuple(
    pattern(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}(?P<mark>[-/.])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})(?!\d)",
        rf"(?<![\d.])(?P<first>\d{{1,2}})(?P<mark>[-/.])(?P<second>\d{{1,2}})(?P=mark){_YEAR}",
        r"(?<![\d.])(?P<year>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?![\d.])",
    )
)
_NAMED_FORMS = tuple(
    pattern(form, re.IGNORECASE)
    for form in (
        rf"{_WEEKDAY}\b{_MONTH}[ ]{_DAY},?[ ]{_YEAR}",
        rf"{_WEEKDAY}{_DAY}(?:[ -]|[ ]of[ ]){_MONTH}(?:,?[ ]|-){_YEAR}",
        rf"\b{_MONTH},?[ ]{_YEAR}",
    )
)
_DIGITS = re.compile(r"\d\d").search  # every form has a year
_MONTH_BEGINNINGS = tuple(month[:3].lower() for month in _MONTHS)
_MOST_MONTHS, _MOST_DAYS = 12, 31


@lru_cache(maxsize=1 << 14)  # each heading is asked about several times
def find_date(text: str) -> re.Match[str] | None:
    """Return the first date in *text*; `None`: there is none."""
    if not _DIGITS(text):  # far cheaper than to try every form
        return None
    folded_text = text.casefold()
    names_month = any(beginning in folded_text for beginning in _MONTH_BEGINNINGS)
    forms = (*_NUMERIC_FORMS, *_NAMED_FORMS) if names_month else _NUMERIC_FORMS
    matches = [match for form in forms for match in form.finditer(text) if _is_possible(match)]
    return min(matches, key=lambda match: (match.start(), -match.end()), default=None)


def date_like(text: str, day: date, order: Order | None = None) -> str | None:
    """
    Return *text* with *day* in place of the first date in it, in its format.

    `2024-01-31`, `2024/01/31`, `31.01.2024`, `01/31/2024`, `January 31, 2024`, `Jan 31st 2024`,
    `31 January 2024`, `January 2024`, with a weekday in front or not; month names are English, as
    they are in changelogs. `None`: there is no such date.

    Args:
        text: What to write like.
        day: The day.
        order: How to read `05/06/2024`; `None`: as is usual where dates are written with this mark.
    """
    match = find_date(text)
    if match is None:
        return None
    pieces, position = [], 0
    words = _words(match, day, order)
    for name in sorted(words, key=match.start):
        pieces += [text[position : match.start(name)], words[name]]
        position = match.end(name)
    return "".join((*pieces, text[position:]))


def numeric_order(texts: Iterable[str]) -> Order | None:
    """Return how dates such as `21/06/2026` are written in *texts*; `None`: none of them tells."""
    for text in texts:
        match = find_date(text)
        if match is None or "first" not in match.re.groupindex:
            continue
        if int(match["first"]) > _MOST_MONTHS:
            return "day-first"
        if int(match["second"]) > _MOST_MONTHS:
            return "month-first"
    return None


def is_ambiguous(text: str) -> bool:
    """Whether the date in *text* may be read in two ways, in which days and months differ."""
    match = find_date(text)
    return match is not None and "first" in match.re.groupindex and match["mark"] == "/"


def _is_possible(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    if "first" in parts:
        low, high = sorted((int(parts["first"]), int(parts["second"])))
        return 0 < low <= _MOST_MONTHS and high <= _MOST_DAYS
    day, month = int(parts.get("day") or 1), int(parts.get("month") or 1)
    return 0 < day <= _MOST_DAYS and 0 < month <= _MOST_MONTHS


def _words(match: re.Match[str], day: date, order: Order | None) -> dict[str, str]:
    """Return what stands for each part of the date that was found."""
    parts = match.groupdict()
    words = {"year": str(day.year)}
    if "first" in parts:
        usual: Order = "month-first" if parts["mark"] == "/" else "day-first"
        padded = parts["first"][0] == "0" or len(parts["first"]) == len(parts["second"]) > 1
        numbers = [_number(day.day, padded=padded), _number(day.month, padded=padded)]
        if (order or usual) == "month-first":
            numbers.reverse()
        return words | dict(zip(("first", "second"), numbers, strict=True))
    if parts.get("month"):
        padded = len(parts["month"]) > 1 and len(parts["day"]) > 1
        return words | {
            "month": _number(day.month, padded=padded),
            "day": _number(day.day, padded=padded),
        }
    words["name"] = _name_like(parts["name"], _MONTHS[day.month - 1])
    if parts.get("day"):
        words["day"] = _number(day.day, padded=parts["day"].startswith("0"))
    if parts.get("nth"):
        words["nth"] = _nth(day.day)
    if parts.get("weekday"):
        words["weekday"] = _name_like(parts["weekday"], _WEEKDAYS[day.weekday()])
    return words


def _number(number: int, *, padded: bool) -> str:
    return f"{number:02}" if padded else str(number)


def _name_like(model: str, name: str) -> str:
    # May is both; the long form is the usual one
    long = {full.lower() for full in (*_MONTHS, *_WEEKDAYS)}
    short = model.rstrip(".").lower() not in long
    return name[:3] + ("." if model.endswith(".") else "") if short else name


def _nth(number: int) -> str:
    if number in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
