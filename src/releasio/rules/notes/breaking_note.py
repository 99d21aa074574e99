"""What a breaking change says, as Markdown below its entry: paragraphs, items and code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.notes.escape import escape
from releasio.text.invisible import ALL

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r"( {0,8})([*+-]|\d{1,9}[.)])[ \t]+(?=\S)").match
_FENCE = re.compile(r"(`{3,}|~{3,})([\w+-]*)").match
_RUNS = re.compile(r"`+")
_CONTROL = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f{ALL}]")


def render_note(note: str) -> list[str]:
    """
    Return the lines of *note* as an item of a nested list, each with its indentation.

    Text is escaped; a code block stays one, whatever is in it.
    """
    lines = note.split("\n")
    inside = "    "
    rendered: list[str] = []
    if _ITEM(lines[0]) or _FENCE(lines[0]):
        inside = "  "  # the items are those of the entry itself
    else:
        rendered.append(f"  - {escape(lines[0])}")
        del lines[0]
    further_lines = iter(lines)
    for line in further_lines:
        if fence := _FENCE(line.strip()):
            rendered += _code(fence[1], fence[2], further_lines, inside)
        else:
            rendered.append(_line(line, inside))
    return rendered


def _line(line: str, inside: str) -> str:
    item = _ITEM(line)
    if item is None:
        return f"{inside}{escape(line)}" if line.strip() else ""
    mark = "-" if item[2] in "*+-" else item[2]
    return f"{inside}{item[1]}{mark} {escape(line[item.end() :])}"


def _code(fence: str, language: str, lines: Iterator[str], inside: str) -> list[str]:
    """Take a code block from *lines*, and return it between fences that hold it."""
    code: list[str] = []
    for line in lines:
        text = _CONTROL.sub(" ", line).rstrip()
        if text.strip().startswith(fence) and not text.strip().strip(fence[0]):
            break
        code.append(text)
    longest = max((len(run) for text in code for run in _RUNS.findall(text)), default=0)
    mark = "`" * max(3, longest + 1)
    return [f"{inside}{text}".rstrip() for text in (f"{mark}{language}", *code, mark)]
