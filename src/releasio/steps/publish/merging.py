"""Bring a release commit to a branch that went on while it waited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.steps.step import Blocked, Todo

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError
    from releasio.rules.running.remote import Remote
    from releasio.world.world import World


@frozen
class Outgoing:
    """
    What goes where.

    Attributes:
        remote: Where to.
        branch: The branch there.
        there: The commit that it has.
        commit: The release commit.
        tip: What the branch is to have of it: that commit, or the one that follows it.
    """

    remote: Remote
    branch: str
    there: str
    commit: str
    tip: str


@frozen
class Merging:
    """
    Whether and how a branch takes a release that was made of an earlier commit of it.

    The files were built from the release commit, so it stays what it is: the branch gets it as the
    second parent of a merge commit. The merge says nothing new, or it is not made: nobody looks
    at it.

    Attributes:
        changelogs: Files that only one side may have changed: git would put a line that
            somebody added below the heading of the version that is released.
    """

    changelogs: tuple[str, ...]

    def state(self, world: World, outgoing: Outgoing) -> Todo | Blocked:
        """
        Tell whether the branch can get the release; nothing is changed.

        Returns:
            Blocked where it cannot.
        """
        problem = self._problem(world, outgoing)
        if problem:
            return Blocked(problem)
        return Todo(f"{outgoing.branch} went on, and gets the release commit by a merge")

    def _problem(self, world: World, outgoing: Outgoing) -> ReleasioError | None:
        from releasio.errors.files.handed_on import BranchRewritten, BranchWentOn

        branch, name, there = outgoing.branch, outgoing.remote.name, outgoing.there
        world.git.remotes.fetch(outgoing.remote, f"refs/heads/{branch}")
        for parent in world.git.history.commit(outgoing.commit).parents:
            if not world.git.objects.is_ancestor(parent, there):
                return BranchRewritten(branch, name, parent)
        merges = world.git.merges
        both = merges.changed_by_both(there, outgoing.tip)
        changelogs = tuple(path for path in both if path in self.changelogs)
        paths = changelogs or merges.conflicts(there, outgoing.tip)
        return BranchWentOn(branch, name, found=there, paths=paths) if paths else None

    def commit(self, world: World, outgoing: Outgoing) -> str:
        """
        Return the new merge commit, whose first parent is what the branch has.

        Raises:
            BranchWentOn: It cannot be made any more: the branch went on once more.
            BranchRewritten: Likewise.
        """
        if problem := self._problem(world, outgoing):
            raise problem
        branch, subject = outgoing.branch, world.git.history.commit(outgoing.commit).subject.strip()
        world.screen.note(f"{branch} went on while the release waited, and gets it by a merge")
        message = f"Merge into {branch}, which went on: {subject}"
        merges = world.git.merges
        return merges.merge(outgoing.there, outgoing.tip, message, world.dated())
