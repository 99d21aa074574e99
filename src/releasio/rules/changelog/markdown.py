"""The little of Markdown that a changelog needs: headings and link definitions, where they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator


@frozen
class Heading:
    """
    A heading: `## Text`, or text with a line below it.

    Attributes:
        level: 1 is the highest.
        text: Without the marks.
        start: Where its first line begins.
        end: Where the line after it begins.
        underline: The character of the line below it; empty for `##`.
    """

    level: int
    text: str
    start: int
    end: int
    underline: str = ""


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


_ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)").match
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$").match
_NO_TEXT = re.compile(
    r"\s*$| {0,3}(?:[>|]|(?:[-*+]|\d+[.)]|#{1,6})(?:\s|$)|\([^()\s]+\)=\s*$)|    |\t"
).match
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})").match
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]+)\]:[ \t]*<?([^\s>]+)>?").match
_BOLD = re.compile(r" {0,3}\*\*(?!\s)[^*]+\*\*:?[ \t]*$").match
_LOWEST = 7  # below all headings that Markdown has
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)


def newline_of(text: str) -> str:
    """Return the line end that *text* uses."""
    return "\r\n" if "\r\n" in text else "\n"


def without_comments(text: str) -> str:
    """Return *text* without HTML comments."""
    return _COMMENT.sub("", text)


@lru_cache(maxsize=8)  # a changelog is asked about several times, before and after its edit
def headings(text: str) -> tuple[Heading, ...]:
    """Return all headings of *text*; what is in code blocks and comments is none."""
    found: list[Heading] = []
    before: _Line | None = None  # the line above, when it may be the text of a heading
    for line in _lines_of_text(text):
        if match := _ATX(line.text):
            text = _without_closing(line.text[match.end() :])
            found.append(Heading(len(match[1]), text, line.start, line.end))
            before = None
        elif before and before.end == line.start and (match := _UNDERLINE(line.text)):
            mark = match[1][0]
            level = 1 if mark == "=" else 2
            found.append(Heading(level, before.text.strip(), before.start, line.end, mark))
            before = None
        else:
            paragraph = before is not None and before.end == line.start
            before = None if paragraph or _NO_TEXT(line.text) else line
    return tuple(found)


def bold_lines(text: str) -> list[Heading]:
    """Return the lines that are bold from end to end, which some files have for headings."""
    return [
        Heading(_LOWEST, line.text.strip(), line.start, line.end)
        for line in _lines_of_text(text)
        if _BOLD(line.text)
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
        for line in _lines_of_text(text)
        if (match := _DEFINITION(line.text))
    )


def _lines_of_text(text: str) -> Iterator[_Line]:
    """Yield the lines outside of fenced code blocks and comments."""
    fence = ""
    comment = False
    for line in _lines(text):
        match = _FENCE(line.text)
        if comment:
            comment = "-->" not in line.text
        elif fence:
            closing = match is not None and match[1].startswith(fence)
            if closing and not line.text.strip().strip(fence[0]):
                fence = ""
        elif match:
            fence = match[1]
        else:
            yield line
            comment = "-->" not in line.text.rpartition("<!--")[2] and "<!--" in line.text


def _lines(text: str) -> Iterator[_Line]:
    start = len(text) - len(text.removeprefix("\ufeff"))
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield _Line(text[start:end].rstrip("\r\n"), start, end)
        start = end
