"""A change of some lines, made in a text that differs elsewhere."""

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
