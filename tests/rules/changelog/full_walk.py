"""Headings, bold lines and link definitions of a Markdown text, read line by line to the end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.changelog.markdown import Definition, Heading

if TYPE_CHECKING:
    from collections.abc import Iterator

ATX = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
NO_TEXT = re.compile(
    r"\s*$| {0,3}(?:[>|]|(?:[-*+]|\d+[.)]|#{1,6})(?:\s|$)|\([^()\s]+\)=\s*$)|    |\t"
)
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
DEFINITION = re.compile(r" {0,3}\[([^\]\n]+)\]:[ \t]*<?([^\s>]+)>?")
BOLD = re.compile(r" {0,3}\*\*(?!\s)[^*]+\*\*:?[ \t]*$")


class Line(NamedTuple):
    """A line without its end, and where it begins and the next one."""

    text: str
    start: int
    end: int


def walked_headings(text: str) -> Iterator[Heading]:
    """Yield every heading; of a paragraph, every second line may be the text of one."""
    before: Line | None = None
    for line in lines_outside(text):
        joined = before if before and before.end == line.start else None
        before = None
        if match := ATX.match(line.text):
            title = line.text[match.end() :].strip(" \t")
            bare = title.rstrip("#")
            closed = not bare or bare[-1] in " \t"
            yield Heading(len(match[1]), bare.strip(" \t") if closed else title, *line[1:])
        elif joined and (match := UNDERLINE.match(line.text)):
            level, mark = "=-".index(match[1][0]) + 1, match[1][0]
            yield Heading(level, joined.text.strip(), joined.start, line.end, mark)
        elif joined is None and not NO_TEXT.match(line.text):
            before = line


def walked_bold_lines(text: str) -> Iterator[Heading]:
    """Yield every line that is bold from end to end."""
    for line in lines_outside(text):
        if BOLD.match(line.text):
            yield Heading(7, line.text.strip(), line.start, line.end)


def walked_definitions(text: str) -> Iterator[Definition]:
    """Yield every link definition."""
    for line in lines_outside(text):
        if match := DEFINITION.match(line.text):
            yield Definition(match[1], match[2], line.start, line.end)


def lines_outside(text: str) -> Iterator[Line]:
    """Yield the lines outside of fenced code blocks and comments."""
    fence, comment = "", False
    for line in _lines(text):
        mark = FENCE.match(line.text)
        if comment:
            comment = "-->" not in line.text
        elif fence:
            if mark and mark[1].startswith(fence) and not line.text.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield line
            comment = "<!--" in line.text and "-->" not in line.text.rpartition("<!--")[2]


def _lines(text: str) -> Iterator[Line]:
    start = int(text.startswith("\ufeff"))
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield Line(text[start:end].rstrip("\r\n"), start, end)
        start = end
