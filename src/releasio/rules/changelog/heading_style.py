"""How a changelog writes the headings of its versions."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from releasio.frozen import frozen
from releasio.rules.changelog.heading_date import find_date
from releasio.rules.changelog.not_released import LONGEST, find_mark, is_unreleased_name
from releasio.rules.versions.version import version_or_none
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from packaging.version import Version

    from releasio.rules.changelog.markdown import Heading

_DIGIT = re.compile(r"\d").search
_TOKEN = pattern(
    r"(?<![\w.+@#/])(?:v\.?|ver\.?[ ]?|r)?(?P<version>\d[0-9A-Za-z.!+_-]*)", re.IGNORECASE
)
_CALENDAR = pattern(r"[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,2}")
# what is no text: where links lead, HTML, attributes, emoji by their names
_HIDDEN = pattern(
    r"(?<=\])\([^)]*\)|(?<=\])\[[^\]]*\]|<[^>]*>|\{[^}]*\}|:[a-z0-9_+-]+:|https?://\S+"
)
_WORD = pattern(r"[^\W\d_][\w'\u2019.-]*")
_IN_FRONT = frozenset(
    {
        "v", "ver", "version", "r", "rel", "release", "released", "tag", "the", "in", "for", "of",
        "what's", "what\u2019s", "whats", "new", "news", "changes", "change", "changelog", "log",
        "notes", "since",
    }
)  # fmt: skip
_BEHIND = frozenset(
    {
        "release", "released", "date", "on", "of", "yanked", "lts", "final", "stable", "latest",
        "st", "nd", "rd", "th",
    }
)  # fmt: skip
_CLOSERS = "]*`_)> \t"
_APART = "-\u2013\u2014:|,;(\"'“\u2018«*_[/~"


@frozen
class Title:
    """
    The text of a version's heading, taken apart.

    Attributes:
        before: What stands in front of the version: `[v`, `Version `, an emoji.
        written: The version as it is written there.
        version: The version.
        behind: All the rest: where a link leads, a date.
        pending: Whether it says that the version is not released yet.
        alone: Whether no word in front of the version is of unknown meaning, as a name is.
        bare: Whether nothing stands behind the version but a link, a date and the like.
    """

    before: str
    written: str
    version: Version
    behind: str
    pending: bool = False
    alone: bool = True
    bare: bool = True


def is_unreleased(heading: Heading) -> bool:
    """Whether *heading*, without a version, stands above notes for the next one."""
    return is_unreleased_name(heading.text) and read_title(heading) is None


def read_title(heading: Heading) -> Title | None:
    """Return the version that *heading* is about, if it is about one."""
    return _title_in(heading.text.strip())


@lru_cache(maxsize=1 << 14)  # each heading is asked about several times
def _title_in(text: str) -> Title | None:
    for token in _tokens(text):
        return _title(text, token)
    return None


def title_holding(heading: Heading, version: Version) -> Title | None:
    """Return *heading* taken apart at *version*, whatever its other words are."""
    text = heading.text.strip()
    for token in _tokens(text):
        if token.version == version:
            before, behind = text[: token.start], text[token.start + len(token.written) :]
            return Title(before, token.written, version, behind, bare=not _unknown(behind))
    return None


def is_like_others(heading: Heading, version: Version, headings: Iterable[Heading]) -> bool:
    """Whether *heading* names *version* in the words by which other *headings* name theirs."""
    title = title_holding(heading, version)
    if title is None or not title.bare or not title.before.strip():
        return False
    texts = (
        neighbour.text.strip()
        for neighbour in headings
        if neighbour != heading and neighbour.level == heading.level
    )
    return any(
        text.startswith(title.before)
        and any(token.start == len(title.before) for token in _tokens(text))
        for text in texts
    )


class _Token(NamedTuple):
    start: int
    written: str
    version: Version


@lru_cache(maxsize=1 << 14)  # as above
def _tokens(text: str) -> tuple[_Token, ...]:
    """
    Return what may be versions: numbers that are neither dates nor parts of addresses.

    Where there is none, a date with dots, such as 2024.1.5, is the version: many are dates.
    """
    if len(text) > LONGEST or not _DIGIT(text):
        return ()
    visible = _visible(text)
    versions = tuple(_versions_in(_without_dates(visible)))
    if versions:
        return versions
    return tuple(token for token in _versions_in(visible) if _CALENDAR.fullmatch(token.written))


def _without_dates(visible: str) -> str:
    """Return *visible* with blanks in place of dates."""
    while date := find_date(visible):
        visible = f"{visible[: date.start()]}{' ' * len(date[0])}{visible[date.end() :]}"
    return visible


def _versions_in(visible: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(visible):
        text = match["version"].rstrip(".-_+!")
        if version := version_or_none(text):
            yield _Token(match.start("version"), text, version)


def _title(text: str, token: _Token) -> Title | None:
    start, version_text, version = token
    before, behind = text[:start], text[start + len(version_text) :]
    in_front = _words(before) - _IN_FRONT
    unknown = _unknown(behind)
    mark = find_mark(_visible(behind))
    pending = mark is not None and not _words(_without_mark(behind, mark)) - _BEHIND
    dotted = "." in version_text
    if len(in_front) > 1 or (in_front and not dotted):
        return None
    if unknown and not pending and not (dotted and _stands_apart(behind)):
        return None
    if not dotted and len(version_text) == len("2026") and not _words(before):
        return None  # a year, with its releases below
    return Title(
        before, version_text, version, behind, pending, not in_front, not unknown or pending
    )


def _unknown(behind: str) -> bool:
    """Whether there are words, or further versions, behind a version."""
    return bool(_words(behind) - _BEHIND) or any(True for _ in _tokens(behind.lstrip("/,+& ")))


def _words(text: str) -> set[str]:
    visible = _visible(text)
    while date := find_date(visible):
        visible = f"{visible[: date.start()]} {visible[date.end() :]}"
    return {word.rstrip(".'-").casefold() for word in _WORD.findall(visible)}


def _visible(text: str) -> str:
    return _HIDDEN.sub(lambda match: " " * len(match[0]), text)


def _without_mark(behind: str, mark: re.Match[str]) -> str:
    visible = _visible(behind)
    return f"{visible[: mark.start()]} {visible[mark.end() :]}"


def _stands_apart(behind: str) -> bool:
    """Whether what follows a version is set off from it, as a name or a date is."""
    following = _visible(behind).lstrip(_CLOSERS)
    return not following or following[0] in _APART
