"""A change of some lines, made in a text that differs elsewhere, or in its line ends."""

from __future__ import annotations

from itertools import zip_longest


def changed_likewise(text: bytes, before: bytes, after: bytes) -> bytes | None:
    """
    Return *text* with the lines changed that differ between *before* and *after*.

    Args:
        text: What *before* became: other lines may have been added, changed or removed.
        before: The text that the change was made from.
        after: The same number of lines.

    Returns:
        `None`: *text* has such a line less or more often than *before*, not all
            lines that are equal change, or their number does.
    """
    lines, old_lines = text.splitlines(keepends=True), before.splitlines(keepends=True)
    new_lines = after.splitlines(keepends=True)
    changes: dict[bytes, bytes] = {}
    for old, new in zip_longest(old_lines, new_lines):
        if old is None or new is None or changes.setdefault(old, new) != new:
            return None
    changed_lines = [old for old, new in changes.items() if old != new]
    if any(lines.count(old) != old_lines.count(old) for old in changed_lines):
        return None
    return b"".join(changes.get(line, line) for line in lines)


def with_line_ends_of(text: bytes, before: bytes, after: bytes) -> bytes | None:
    """
    Return *after* with the line ends of *text*, which may differ from those of *before*.

    git takes a file for unchanged where they differ in these from what a checkout would write.

    Returns:
        `None`: *text* is not *before* with other line ends, all of them alike.
    """
    for newline in (b"\n", b"\r\n"):
        if text == _with_line_ends(before, newline):
            return _with_line_ends(after, newline)
    return None


def _with_line_ends(text: bytes, newline: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\n", newline)
