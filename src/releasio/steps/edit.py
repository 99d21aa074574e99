"""Change one file of the release commit."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from releasio.errors.manifest import NotAPlainFile
from releasio.errors.release import FileChanged
from releasio.frozen import frozen
from releasio.rules.plain_file import FILE, FOLDER, link_to, obstacle
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.world import World

_JUNCTION = 0xA0000003  # what Windows calls a directory that stands for another one


@frozen
class Edit:
    """
    Replace the bytes of a file, if they are still the ones the plan was made from.

    Attributes:
        path: Relative to the repository's root, with `/`.
        before: The bytes now; `None`: the file does not exist.
        after: The bytes then.
        what: What the difference means, for people.
        in_place: Edit the user's work tree (`releasio update`), not the scratch one.
    """

    path: str
    before: bytes | None
    after: bytes
    what: str
    in_place: bool = False

    def __str__(self) -> str:
        return f"write {self.path}: {self.what}"

    def probe(self, world: World) -> State:
        """Compare the file with both versions; without a tree to look at it is to do."""
        root = self._root(world)
        if root is None:
            return Todo()
        if stands := obstacle(self.path, lambda part: _what_is(root / part)):
            return Blocked(NotAPlainFile(self.path, stands))
        file = root / self.path
        found = file.read_bytes() if file.exists() else None
        if found == self.after:
            return Done()
        if found == self.before:
            return Todo()
        return Blocked(FileChanged(self.path))

    def apply(self, world: World) -> None:
        """Write the new bytes, whole or not at all."""
        root = self._root(world)
        if root is None:
            msg = "an edit needs an open tree"
            raise RuntimeError(msg)
        file = root / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.releasio")
        fresh.write_bytes(self.after)
        if file.exists():
            fresh.chmod(file.stat().st_mode)
        fresh.replace(file)

    def _root(self, world: World) -> Path | None:
        git = world.git if self.in_place else world.tree
        return git.root if git else None


def _what_is(path: Path) -> str | None:
    """Say what stands at *path*, without following a link."""
    try:
        seen = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(seen.st_mode) or getattr(seen, "st_reparse_tag", 0) == _JUNCTION:
        return link_to(str(path.readlink()))
    if stat.S_ISDIR(seen.st_mode):
        return FOLDER
    return FILE if stat.S_ISREG(seen.st_mode) else "no file of its own"
