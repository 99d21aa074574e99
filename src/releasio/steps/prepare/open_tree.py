"""Check out the commit a release starts from, apart from the user's work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.step import State, Todo

if TYPE_CHECKING:
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class OpenTree:
    """
    Open the scratch work tree that the release commit is made in.

    The user's branch, index, files and tags stay untouched until the push: a
    failure or a kill costs a temporary directory, nothing else.
    """

    base: str

    def __str__(self) -> str:
        return f"check out {self.base[:8]} in a work tree of its own"

    def probe(self, world: World) -> State:
        """Always to do."""
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        """Remove what killed runs left, then check out."""
        remove_leftovers(world)
        for ref in world.git.refs.below("refs/releasio/"):
            world.git.ref_changes.delete(ref)  # of a run that was killed before its push
        run.close_tree()
        run.tree = world.git.scratch.open(self.base)


def remove_leftovers(world: World) -> None:
    """Remove the scratch work trees of runs that were killed. The run's lock is held."""
    for tree in world.git.scratch.trees():
        world.git.scratch.close(tree)
