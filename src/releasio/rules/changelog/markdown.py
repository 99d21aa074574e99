"""The little of Markdown that a changelog needs: headings and link definitions, where they are."""

from __future__ import annotations

import re
from copy import copy
from functools import lru_cache
from itertools import tee
from typing import TYPE_CHECKING, NamedTuple

from releasio.frozen import frozen
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen
class Heading:
    """
    A heading: `## Text`, or text with a line below it.

    What it has of other formats stands here, too, so that all of them are read alike.

    Attributes:
        level: 1 is the highest.
        text: Without the marks.
        start: Where its first line begins.
        end: Where the line after it begins.
        underline: The character of the line below it; empty for `##`. `**`: there is none, and
            the text is bold; `** `: only its first word is.
        overline: Whether there is such a line above it, too.
        width: How many characters that line has, where it has a length to be kept.
        indent: The blanks in front of the text.
    """

    level: int
    text: str
    start: int
    end: int
    underline: str = ""
    overline: bool = False
    width: int = 0
    indent: str = ""


@frozen
class Definition:
    """A link definition, `[label]: url`, and where its line begins and the next one."""

    label: str
    url: str
    start: int
    end: int


class _Line(NamedTuple):
    text: str  # without the line end
    start: int
    end: int  # with the line end
    floor: int  # where the last code block or comment above it ends


_ATX = pattern(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = pattern(r" {0,3}(=+|-+)[ \t]*$")
_NO_TEXT = pattern(
    r"\s*$| {0,3}(?:[>|]|(?:[-*+]|\d+[.)]|#{1,6})(?:\s|$)|\([^()\s]+\)=\s*$)|    |\t"
)
_FENCE = pattern(r" {0,3}(`{3,}|~{3,})")
_DEFINITION = pattern(r" {0,3}\[([^\]\n]+)\]:[ \t]*<?([^\s>]+)>?")
_BOLD = pattern(r" {0,3}\*\*(?!\s)[^*]+\*\*:?[ \t]*$")
_LOWEST = 7  # below all headings that Markdown has
_COMMENT = pattern(r"<!--.*?(?:-->|\Z)", re.DOTALL)
# How lines begin that are worth a look. The newline in front makes the search fast: 50,000
# lines take 5 ms, and ten times as long with `^`.
_LIKE_FENCE = pattern(r"\n {0,3}(`{3,}|~{3,})[^\n]*")
_LIKE_HEADING = pattern(r"\n {0,3}+(?:#|```|~~~|=+[ \t\r]*+\n|-+[ \t\r]*+\n)")
_LIKE_BOLD = pattern(r"\n {0,3}(?:`{3}|~{3}|\*\*)")
_LIKE_DEFINITION = pattern(r"\n {0,3}(?:`{3}|~{3}|\[[^\]\n]+\]:)")


def newline_of(text: str) -> str:
    """Return the line end that most lines of *text* have."""
    if "\r" not in text:
        return "\n"
    return "\r\n" if text.count("\r\n") * 2 > text.count("\n") else "\n"


def without_comments(text: str) -> str:
    """Return *text* without HTML comments."""
    return _COMMENT.sub("", text)


def headings(text: str) -> Iterator[Heading]:
    """
    Yield all headings of *text*; what is in code blocks and comments is none.

    The text is read once, and no further than somebody asks.
    """
    return copy(_known_headings(text))


@lru_cache(maxsize=8)  # a changelog is asked about several times, before and after its edit
def _known_headings(text: str) -> Iterator[Heading]:
    return tee(_headings(text), 1)[0]  # each copy of it begins at the first heading


def _headings(text: str) -> Iterator[Heading]:
    place = lines = 0  # as many lines of text, one below the other, end at that place
    for line in _lines_like(_LIKE_HEADING, text):
        if match := _ATX.match(line.text):
            title = _without_closing(line.text[match.end() :])
            yield Heading(len(match[1]), title, line.start, line.end)
            place, lines = line.end, 0
        elif match := _UNDERLINE.match(line.text):
            if line.floor > place:
                place, lines = line.floor, 0
            lines = _text_lines(text, place, line.start, lines)
            if lines % 2:  # of a longer paragraph, every second line may be a heading's
                start = text.rfind("\n", line.floor, line.start - 1) + 1 or line.floor
                level, title = 1 if match[1][0] == "=" else 2, text[start : line.start].strip()
                yield Heading(level, title, start, line.end, match[1][0])
                lines = 0
            else:
                lines = 0 if _NO_TEXT.match(line.text) else lines + 1
            place = line.end


def _text_lines(text: str, place: int, end: int, lines_above: int) -> int:
    """Return how many lines of text end at *end*, if *lines_above* of them end at *place*."""
    lines = 0
    while end > place:
        start = text.rfind("\n", place, end - 1) + 1 or place
        if _NO_TEXT.match(text[start:end].rstrip("\r\n")):
            return lines
        lines, end = lines + 1, start
    return lines + lines_above


def bold_lines(text: str) -> list[Heading]:
    """Return the lines that are bold from end to end, which some files have for headings."""
    return [
        Heading(_LOWEST, line.text.strip(), line.start, line.end)
        for line in _lines_like(_LIKE_BOLD, text)
        if _BOLD.match(line.text)
    ]


def _without_closing(text: str) -> str:
    """Return the *text* of a heading without the marks that may close it."""
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if bare[-1:] in {"", " ", "\t"} else text


@lru_cache(maxsize=8)  # as above
def definitions(text: str) -> tuple[Definition, ...]:
    """Return all link definitions of *text*."""
    if "]:" not in text:
        return ()
    return tuple(
        Definition(match[1], match[2], line.start, line.end)
        for line in _lines_like(_LIKE_DEFINITION, text)
        if (match := _DEFINITION.match(line.text))
    )


def _lines_like(like: re.Pattern[str], text: str) -> Iterator[_Line]:
    """Yield the lines that begin in a certain way, but not those in code blocks and comments."""
    source = "\n" + text.removeprefix("\ufeff") + "\n"
    shift = len(text) + 1 - len(source)
    place, floor, comment = 0, 1, source.find("<!--")
    while match := like.search(source, place):
        start = match.start() + 1
        if 0 <= comment < start:
            place = source.index("\n", comment)
            if "-->" not in source[comment:place].rpartition("<!--")[2]:
                place = _end_of_line(source, source.find("-->", place))
                floor = place + 1
            comment = source.find("<!--", place)
            continue
        place = source.index("\n", start)
        line = source[start:place].rstrip("\r")
        if fence := _FENCE.match(line):
            place = _end_of_code(source, place, fence[1])
            floor = place + 1
            comment = source.find("<!--", place) if 0 <= comment < place else comment
        else:
            end = min(place + 1 + shift, len(text))
            yield _Line(line, start + shift, end, floor + shift)


def _end_of_code(source: str, place: int, fence: str) -> int:
    """Return where the line ends that closes a code block; it opens above *place*."""
    for line in _LIKE_FENCE.finditer(source, place):
        if line[1].startswith(fence) and not line[0].strip().strip(fence[0]):
            return line.end()
    return _end_of_line(source, -1)


def _end_of_line(source: str, place: int) -> int:
    """Return where the line at *place* ends; -1: the last one."""
    return source.index("\n", place) if place >= 0 else len(source) - 1
