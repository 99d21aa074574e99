"""Change one file of the release commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.manifest import NotAPlainFile
from releasio.frozen import frozen
from releasio.rules.running.plain_file import FILE, obstacle
from releasio.steps.step import Blocked, Done, State, Todo
from releasio.world.plain_file import read_if_there, what_is, write_whole

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.run import Run
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
        by_line: Hooks may have changed other lines by then; only those that change must be there.
    """

    path: str
    before: bytes | None
    after: bytes
    what: str
    in_place: bool = False
    by_line: bool = False

    def __str__(self) -> str:
        return f"write {self.path}: {self.what}"

    def probe(self, world: World) -> State:
        """Compare the user's file with both versions; a scratch work tree is to come."""
        if self._is_over_another(world):
            from releasio.errors.project.changelog import FileNotInGit

            return Blocked(FileNotInGit(self.path))
        return self._state(world.git.root) if self.in_place else Todo()

    def _state(self, root: Path) -> State:
        if stands := obstacle(self.path, lambda part: what_is(root / part)):
            return Blocked(NotAPlainFile(self.path, stands))
        current_bytes = read_if_there(root / self.path)
        if self._is_same(current_bytes, self.after):
            return Done()
        if self._is_same(current_bytes, self.before):
            return Todo()
        from releasio.errors.index.release import FileChanged

        return Blocked(FileChanged(self.path))

    def _is_over_another(self, world: World) -> bool:
        """Whether a new file would come where the user has one that is not committed."""
        if self.before is not None or what_is(world.git.root / self.path) != FILE:
            return False
        return read_if_there(world.git.root / self.path) != self.after

    def apply(self, world: World, run: Run) -> None:
        """
        Write the new bytes, whole or not at all.

        Raises:
            FileChanged: The file has other bytes than the plan was made from.
            NotAPlainFile: It is something else by now.
        """
        root = world.git.root if self.in_place else run.open_tree.root
        state = self._state(root)
        content = self._content(root) if isinstance(state, Blocked) else self._own_content(root)
        if isinstance(state, Blocked) and content is None:
            raise state.error
        write_whole(root / self.path, content or self.after)

    def _is_same(self, current: bytes | None, planned: bytes | None) -> bool:
        """Whether a file is as planned; a user's one may have other line ends."""
        if current is None or planned is None or not self.in_place:
            return current == planned
        from releasio.text.changed_lines import with_line_ends_of

        return with_line_ends_of(current, planned, planned) is not None or current == planned

    def _own_content(self, root: Path) -> bytes:
        """Return the new bytes, in the line ends that the user's file has."""
        current = read_if_there(root / self.path)
        if current is None or self.before in (None, current) or not self.in_place:
            return self.after
        from releasio.text.changed_lines import with_line_ends_of

        return with_line_ends_of(current, self.before or b"", self.after) or self.after

    def _content(self, root: Path) -> bytes | None:
        """Return the new bytes of a file that differs elsewhere; `None`: it cannot be edited."""
        is_file = what_is(root / self.path) == FILE
        if not self.by_line or self.before is None or not is_file:
            return None
        current_bytes = read_if_there(root / self.path) or b""
        from releasio.text.changed_lines import changed_likewise

        return changed_likewise(current_bytes, self.before, self.after)
