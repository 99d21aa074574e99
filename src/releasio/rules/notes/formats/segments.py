"""Text between markup, made safe for Markdown line by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.notes.escape import escape as escape_all

if TYPE_CHECKING:
    from collections.abc import Callable

_GUARDED = "#&#8203;"  # an issue's number; people mean it, and it notifies nobody
_PARTS = re.compile(r"([ \t]*(?:(?:[*+-]|\d+[.)])[ \t]+)?)(.*?)([ \t]*)").fullmatch
_RUNS = re.compile(r"`+")


def escape(text: str) -> str:
    """Return *text* escaped for Markdown; numbers of issues stay what they are to the forge."""
    return escape_all(text).replace(_GUARDED, "#")


def converted(
    text: str,
    markup: re.Pattern[str],
    convert: Callable[[re.Match[str]], str],
    character: Callable[[re.Match[str]], str | None],
) -> str:
    """
    Return *text* as Markdown.

    Args:
        text: The text, of several lines.
        markup: What is found in it.
        convert: Returns what was found as Markdown.
        character: Returns the text that an escaped character stands for; `None`: it is none.
    """
    written, plain, position = "", "", 0
    for match in markup.finditer(text):
        plain += text[position : match.start()]
        position = match.end()
        if (sign := character(match)) is not None:
            plain += sign
            continue
        written += _escaped(plain, written) + convert(match)
        plain = ""
    return written + _escaped(plain + text[position:], written)


def _escaped(text: str, before: str) -> str:
    """Return *text*, which stands behind *before*, escaped line by line."""
    lines = text.split("\n")
    begins = not before or before.endswith("\n")
    return "\n".join(
        _escaped_line(line, begins=begins or number > 0) for number, line in enumerate(lines)
    )


def _escaped_line(line: str, *, begins: bool) -> str:
    if begins and (parts := _PARTS(line)):
        return f"{parts[1]}{escape(parts[2])}{parts[3]}"
    core = line.strip(" \t")
    if not core:
        return line
    start = line.index(core)
    # behind a comma nothing is at the beginning of a line
    return line[:start] + escape(f",{core}")[1:] + line[start + len(core) :]


def code_span(text: str) -> str:
    """Return *text* as code within a line."""
    longest = max(map(len, _RUNS.findall(text)), default=0)
    mark = "`" * (longest + 1)
    gap = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{mark}{gap}{text}{gap}{mark}"


def link(text: str, url: str) -> str:
    """Return a link; what is no address of a page is text."""
    if not url.startswith(("https://", "http://", "mailto:")):
        return escape(text)
    target = "".join(f"%{ord(sign):02X}" if sign in "()<> \\" else sign for sign in url)
    return f"[{escape(text)}]({target})"
