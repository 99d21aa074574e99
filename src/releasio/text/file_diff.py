"""What changes in a file, as `diff -u` shows it."""

from __future__ import annotations

from difflib import unified_diff
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AROUND = 3  # unchanged lines shown before and after a change
_MOST = 20_000  # lines that differ; comparing more would take longer than reading them is worth


def file_diff(path: str, before: bytes | None, after: bytes) -> Iterator[str]:
    """
    Yield the lines of a unified diff, without line ends.

    Bytes that are no UTF-8 are shown as replacement characters, and of CR LF only the end of a
    line is shown: this is for eyes, not for `patch`.

    Args:
        path: Where the file is in the repository.
        before: What is in it; `None`: it is new.
        after: What will be in it.
    """
    old, new = _lines(before or b""), _lines(after)
    is_same = _same(old, new)
    end = _same(old[is_same:][::-1], new[is_same:][::-1])
    start = max(0, is_same - _AROUND)
    stop = max(0, end - _AROUND)
    old, new = old[start : len(old) - stop], new[start : len(new) - stop]
    yield "--- /dev/null" if before is None else f"--- a/{path}"
    yield f"+++ b/{path}"
    if max(len(old), len(new)) > _MOST:
        yield f"(too long to compare: lines {start + 1} to {start + len(new)})"
        return
    for line in list(unified_diff(old, new, lineterm="", n=_AROUND))[2:]:
        yield _moved(line, start) if line.startswith("@@") else line


def _lines(content: bytes) -> list[str]:
    lines = content.decode("utf-8", "replace").split("\n")
    last = lines.pop()
    return [line.removesuffix("\r") for line in lines] + ([last] if last else [])


def _same(old: Sequence[str], new: Sequence[str]) -> int:
    """Return how many lines at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(old, new, strict=False)))


def _moved(header: str, start: int) -> str:
    """Return a hunk's header, *start* lines further down: `@@ -1,7 +1,8 @@`."""
    _, old, new, _ = header.split(" ")
    return f"@@ -{_further(old[1:], start)} +{_further(new[1:], start)} @@"


def _further(lines: str, start: int) -> str:
    first, comma, count = lines.partition(",")
    return f"{int(first) + start}{comma}{count}"
