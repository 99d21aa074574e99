"""Write the release commit into a file for the jobs that come after this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.contents.record import BUNDLE_NAME
from releasio.rules.running.plain_file import FOLDER
from releasio.steps.prepare.commit import commit_ref
from releasio.steps.step import Blocked, State, Todo, needed
from releasio.world.plain_file import own_folder, remove, what_is

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Pack:
    """
    Write the bundle, and forget the private name of what is in it.

    Attributes:
        folder: Where it goes.
        tag: The release's tag, by which the commit is known in it.
        commit: The release commit; `None`: it is new, and kept under its private ref.
    """

    folder: Path
    tag: str
    commit: str | None

    def __str__(self) -> str:
        return f"hand the release commit on in {self.folder.name}/{BUNDLE_NAME}"

    def probe(self, world: World) -> State:
        """Look whether the folder can be written; what is in it is of another run."""
        if (obstacle := what_is(self.folder)) not in {FOLDER, None}:
            from releasio.errors.git.surroundings import LinkInTheWay

            return Blocked(LinkInTheWay(str(self.folder), obstacle or ""))
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        """Write it; all refs are as they were then."""
        ref = commit_ref(self.tag)
        if self.commit:
            world.git.ref_changes.point(ref, self.commit)
        commit = needed(world.git.refs.read(ref), "a bundle needs the release commit")
        path = own_folder(self.folder) / BUNDLE_NAME
        remove(path)
        world.git.bundles.write(path, ref, commit)
        run.prepared[self.tag] = commit
        world.git.ref_changes.delete(ref)
