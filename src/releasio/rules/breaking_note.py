"""What a breaking change says, as Markdown below its entry: paragraphs, items and code."""

from __future__ import annotations

import re

from releasio.rules.escape import escape
from releasio.rules.invisible import ALL

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
    if not _ITEM(lines[0]) and not _FENCE(lines[0]):
        rendered.append(f"  - {escape(lines.pop(0))}")
    else:
        inside = "  "  # the items are those of the entry itself
    while lines:
        if _FENCE(lines[0].strip()):
            rendered += _code(lines, inside)
        else:
            rendered.append(_line(lines.pop(0), inside))
    return rendered


def _line(line: str, inside: str) -> str:
    item = _ITEM(line)
    if item is None:
        return f"{inside}{escape(line)}" if line.strip() else ""
    mark = "-" if item[2] in "*+-" else item[2]
    return f"{inside}{item[1]}{mark} {escape(line[item.end() :])}"


def _code(lines: list[str], inside: str) -> list[str]:
    """Take a code block off the beginning of *lines*, and return it between fences that hold it."""
    opening = _FENCE(lines.pop(0).strip())
    fence, language = (opening[1], opening[2]) if opening else ("", "")
    code: list[str] = []
    while lines:
        line = _CONTROL.sub(" ", lines.pop(0)).rstrip()
        if line.strip().startswith(fence) and not line.strip().strip(fence[0]):
            break
        code.append(line)
    longest = max((len(run) for line in code for run in _RUNS.findall(line)), default=0)
    mark = "`" * max(3, longest + 1)
    return [f"{inside}{line}".rstrip() for line in (f"{mark}{language}", *code, mark)]
