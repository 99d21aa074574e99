"""How far git is, as GitPython hears it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from git import RemoteProgress

if TYPE_CHECKING:
    from releasio.world.screen import Screen

# git says it only where it takes longer than two seconds, and GitPython does not know it
_WORK_TREE = re.compile(r"Updating files: +\d+% \((\d+)/(\d+)\)")

_FROM = 1000  # objects; fewer are there before anybody looks


class GitProgress(RemoteProgress):
    """Shows on *screen* how many objects, and how many files of the work tree, are there."""

    def __init__(self, screen: Screen) -> None:
        super().__init__()
        self._screen = screen

    def update(
        self,
        op_code: int,
        cur_count: str | float,
        max_count: str | float | None = None,
        message: str = "",  # noqa: ARG002 -- as GitPython calls it
    ) -> None:
        """Show how many objects went through; counting and compressing them has no bar."""
        if op_code & (self.RECEIVING | self.WRITING) and int(max_count or 0) >= _FROM:
            self._screen.progress(
                "git objects", int(cur_count), int(max_count or 0), unit="objects"
            )

    def line_dropped(self, line: str) -> None:
        """Show how many files are written."""
        if match := _WORK_TREE.match(line):
            files, total = map(int, match.groups())
            self._screen.progress("work tree", files, total, unit="files")
