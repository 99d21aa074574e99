"""What keeps a path from being a file that can be written."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

FILE, FOLDER, SUBMODULE = "a file", "a directory", "a submodule"


def link_to(target: str) -> str:
    """Return the words for a symbolic link."""
    return f"a symbolic link to {target}"


def folders_of(path: str) -> Sequence[str]:
    """Return the directories that *path*, with `/`, lies in; the outermost first."""
    return list(accumulate(path.split("/")[:-1], lambda outer, name: f"{outer}/{name}"))


def obstacle(path: str, what_is: Callable[[str], str | None]) -> str:
    """
    Say why *path* is no file to write; empty when it is one, or a new one can be made.

    A link is never followed: what it names may lie outside of the project.

    Args:
        path: With `/`, relative to the top.
        what_is: Returns what stands at such a path: `FILE`, `FOLDER`, other
            words, or `None` for nothing.
    """
    for folder in folders_of(path):
        kind = what_is(folder)
        if kind not in {FOLDER, None}:
            return f"lies in {folder}, which is {kind}"
    kind = what_is(path)
    return "" if kind in {FILE, None} else f"is {kind}"
