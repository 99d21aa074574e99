"""The Markdown that notes are generated in, taken apart: titles, items, paragraphs and code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

_TITLE = re.compile(r"#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*$").match
_ITEM = re.compile(r"([ ]*)([*+-]|\d{1,9}[.)])([ ]{1,4})(?=\S)").match
_FENCE = re.compile(r"[ ]*(`{3,}|~{3,})[ \t]*([\w+-]*)[ \t]*$").match


@frozen
class Block:
    """
    One block of notes.

    Attributes:
        kind: What it is.
        lines: Its lines without indentation and marks; code is verbatim, all else Markdown.
        depth: How many lists it stands in; an item itself counts.
        mark: `-` of an item, or its number with what follows it; the language of code.
    """

    kind: Literal["title", "item", "paragraph", "code"]
    lines: tuple[str, ...]
    depth: int = 0
    mark: str = ""


def blocks(notes: str) -> Iterator[Block]:
    """Yield the blocks of *notes*."""
    indents: list[int] = []  # of the texts of the items that are open
    pending: Block | None = None
    lines = iter(notes.replace("\r\n", "\n").split("\n"))
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if line.strip() and not pending:
            while indents and indent < indents[-1]:
                indents.pop()
        block = _begin(line, lines, indents)
        if block is None and line.strip() and pending and pending.kind != "title":
            pending = Block(
                pending.kind, (*pending.lines, line.strip()), pending.depth, pending.mark
            )
            continue
        if pending:
            yield pending
        pending = block
        if block is None and line.strip():
            pending = Block("paragraph", (line.strip(),), len(indents))
        if pending and pending.kind in {"title", "code"}:
            yield pending
            pending = None
    if pending:
        yield pending


def _begin(line: str, following: Iterator[str], indents: list[int]) -> Block | None:
    """Return the block that *line* begins, if it has a mark; the rest of code is taken along."""
    if title := _TITLE(line):
        indents.clear()
        return Block("title", (title[1],))
    if item := _ITEM(line):
        while indents and len(item[1]) < indents[-1]:
            indents.pop()
        indents.append(item.end())
        mark = item[2] if item[2][0].isdigit() else "-"
        return Block("item", (line[item.end() :].rstrip(),), len(indents), mark)
    if fence := _FENCE(line):
        indent = len(line) - len(line.lstrip(" "))
        while indents and indent < indents[-1]:
            indents.pop()
        code = _code(fence[1], indent, following)
        return Block("code", code, len(indents), fence[2])
    return None


def _code(fence: str, indent: int, following: Iterator[str]) -> tuple[str, ...]:
    lines: list[str] = []
    for line in following:
        if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            break
        margin = min(indent, len(line) - len(line.lstrip(" ")))
        lines.append(line[margin:])
    return tuple(lines)
