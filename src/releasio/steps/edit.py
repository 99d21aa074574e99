"""Change one file of the release commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.release import FileChanged
from releasio.frozen import frozen
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.world import World


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
        file = self._file(world)
        if file is None:
            return Todo()
        found = file.read_bytes() if file.exists() else None
        if found == self.after:
            return Done()
        if found == self.before:
            return Todo()
        return Blocked(FileChanged(self.path))

    def apply(self, world: World) -> None:
        """Write the new bytes, whole or not at all."""
        file = self._file(world)
        if file is None:
            msg = "an edit needs an open tree"
            raise RuntimeError(msg)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.releasio")
        fresh.write_bytes(self.after)
        if file.exists():
            fresh.chmod(file.stat().st_mode)
        fresh.replace(file)

    def _file(self, world: World) -> Path | None:
        git = world.git if self.in_place else world.tree
        return git.root / self.path if git else None
