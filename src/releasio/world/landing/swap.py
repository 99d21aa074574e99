"""Replace files of a work tree whole: each one is the old or the new one, whenever it ends."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.world.plain_file import private_folder, remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path


@frozen
class Swap:
    """
    A file that becomes another one.

    Attributes:
        path: Relative to the work tree's root, with `/`.
        before: Its bytes as they were; `None`: there was no such file.
        after: Its bytes as they are to be; `None`: it goes.
        program: Whether it may be run.
    """

    path: str
    before: bytes | None
    after: bytes | None
    program: bool = False


@frozen
class Swapping:
    """
    Files of one work tree.

    Attributes:
        root: Its top.
        state: `.git/releasio`, where files are written first.
    """

    root: Path
    state: Path

    def is_possible(self, swaps: Iterable[Swap]) -> bool:
        """
        Tell whether nothing would be lost, and nothing is written through a link.

        A file would be lost that is neither the old one nor the new one. A missing file, and one
        that is a beginning of the new one, are what a git leaves that was killed.
        """
        if self.state.parent.stat().st_dev != self.root.stat().st_dev:
            return False
        return all(self._may_go(swap) for swap in swaps)

    def _may_go(self, swap: Swap) -> bool:
        path = self.root
        for part in swap.path.split("/")[:-1]:
            path /= part
            if os.path.lexists(path) and not _is(path, stat.S_ISDIR):
                return False
        path = self.root / swap.path
        if not os.path.lexists(path):
            return True
        if not _is(path, stat.S_ISREG):
            return False
        content = path.read_bytes()
        return content == swap.before or (swap.after or b"").startswith(content)

    def has_begun(self, swaps: Iterable[Swap]) -> bool:
        """Tell whether some of it is done already, or was cut short."""
        return any(self._content(swap) != swap.before for swap in swaps)

    def _content(self, swap: Swap) -> bytes | None:
        path = self.root / swap.path
        return path.read_bytes() if os.path.lexists(path) else None

    def carry_out(self, swaps: Iterable[Swap]) -> None:
        """
        Put the new files where the old ones are.

        Raises:
            OSError: One could not be replaced; all are as they were before.
        """
        begun_swaps: list[Swap] = []
        folder = private_folder(self.state, "landing")
        try:
            for swap in swaps:
                begun_swaps.append(swap)
                self._put(swap.path, swap.after, folder, program=swap.program)
        except BaseException:
            self.take_back(begun_swaps)
            raise
        finally:
            remove(folder)

    def take_back(self, swaps: Iterable[Swap]) -> None:
        """Put the old files back where the new ones are, as far as that can be done."""
        folder = private_folder(self.state, "landing")
        for swap in swaps:
            with suppress(OSError):
                self._put(swap.path, swap.before, folder, program=swap.program)
        remove(folder)

    def _put(self, name: str, content: bytes | None, folder: Path, *, program: bool) -> None:
        path = self.root / name
        if content is None:
            path.unlink(missing_ok=True)
            _remove_empty(path.parent, self.root)
            return
        new_path = folder / "file"
        new_path.unlink(missing_ok=True)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(new_path, flags, 0o777 if program else 0o666), "wb") as file:
            file.write(content)
        path.parent.mkdir(parents=True, exist_ok=True)
        new_path.replace(path)


def _is(path: Path, kind: Callable[[int], bool]) -> bool:
    return kind(path.lstat().st_mode)


def _remove_empty(folder: Path, root: Path) -> None:
    """Remove *folder* and those above it as long as nothing is in them, as git does."""
    with suppress(OSError):
        while folder != root:
            folder.rmdir()
            folder = folder.parent
