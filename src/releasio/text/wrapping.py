"""Lines that are too long for a terminal, broken between words."""

from __future__ import annotations

import re

_NARROWEST = 40  # columns; on less, nothing is won
_TABLE = re.compile(r"\S {3,}\S")  # columns that are aligned by spaces
_INDENT = re.compile(r" *(?:(?:\w+ +)?\[.\] |note: )?")
_TOKEN = re.compile(r" +|`[^`]+`[^ ]*|[^ ]+")


def wrapped(text: str, columns: int) -> str:
    """
    Return *text* with every line broken between words, where it is longer than *columns*.

    What follows is indented below what it goes on from. Words that are longer, what stands in
    backticks, and tables stay whole: a command must be copied in one piece.
    """
    if columns < _NARROWEST:
        return text
    return "\n".join(_wrapped(line, columns) for line in text.split("\n"))


def _wrapped(line: str, columns: int) -> str:
    if len(line) <= columns or _TABLE.search(line):
        return line
    first = _INDENT.match(line)
    begin = first[0] if first else ""
    hanging = " " * len(begin) if begin.strip() else f"{begin}  "
    lines, current, space = [], begin, ""
    for token in _TOKEN.findall(line[len(begin) :]):
        if token.isspace():
            space = token
        elif current.strip() and len(current) + len(space) + len(token) > columns:
            lines.append(current)
            current, space = hanging + token, ""
        else:
            current, space = current + space + token, ""
    return "\n".join([*lines, current])
