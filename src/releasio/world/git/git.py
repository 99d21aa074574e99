"""The repository, through git itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from releasio.world.git.history import Histories
from releasio.world.git.objects import Objects
from releasio.world.git.place import Place
from releasio.world.git.refs import Refs
from releasio.world.git.work_tree import WorkTree

if TYPE_CHECKING:
    from releasio.world.build.private_clone import PrivateClone
    from releasio.world.git.commits import Commits
    from releasio.world.git.deepen import MissingHistory
    from releasio.world.git.ref_changes import RefChanges
    from releasio.world.git.remotes import Remotes
    from releasio.world.git.scratch import ScratchTrees
    from releasio.world.git.submodules import Submodules
    from releasio.world.handed_on.bundle import Bundles
    from releasio.world.handed_on.merge import Merges
    from releasio.world.landing.fast_forward import Landing


class Git(Place):
    """
    Everything releasio asks of git; each part has a module of its own.

    What not every preview asks for is loaded when it is used. Every answer is the world's, as it
    is now. Remembered is what cannot have changed: settings, until somebody else's program was
    run (`Place.forget`); what whole ids say of commits, for good; and in a preview that asks
    nobody, refs.
    """

    @property
    def work_tree(self) -> WorkTree:
        """Knows HEAD and what differs from it."""
        return WorkTree(self, self.refs)

    @property
    def refs(self) -> Refs:
        """Reads tags, branches and our own refs."""
        return Refs(self)

    @property
    def objects(self) -> Objects:
        """Reads commits, tags and files by their names."""
        return Objects(self)

    @property
    def history(self) -> Histories:
        """Reads many commits at once."""
        return Histories(self, self.refs)

    @property
    def remotes(self) -> Remotes:
        """Talks to the repository that others see."""
        from releasio.world.git.remotes import Remotes

        return Remotes(self, self.refs, self.work_tree, self.objects)

    @property
    def commits(self) -> Commits:
        """Makes the commits and tags of a release."""
        from releasio.world.git.commits import Commits

        return Commits(self, self.work_tree)

    @property
    def ref_changes(self) -> RefChanges:
        """Moves refs."""
        from releasio.world.git.ref_changes import RefChanges

        return RefChanges(self, self.refs)

    @property
    def missing_history(self) -> MissingHistory:
        """Completes the history from the remote."""
        from releasio.world.git.deepen import MissingHistory

        return MissingHistory(self, self.refs, self.work_tree, self.history, self.remotes)

    @property
    def scratch(self) -> ScratchTrees[Self]:
        """Makes and removes work trees of the same repository."""
        from releasio.world.git.scratch import ScratchTrees

        return ScratchTrees(self)

    @property
    def submodules(self) -> Submodules[Self]:
        """Reads submodules from where the user has them checked out."""
        from releasio.world.git.submodules import Submodules

        return Submodules(self)

    @property
    def private_clone(self) -> PrivateClone:
        """Parts a work tree from the user's repository."""
        from releasio.world.build.private_clone import PrivateClone

        return PrivateClone(self)

    @property
    def bundles(self) -> Bundles:
        """Writes commits into files, and reads them."""
        from releasio.world.handed_on.bundle import Bundles

        return Bundles(self)

    @property
    def merges(self) -> Merges:
        """Merges commits without a work tree."""
        from releasio.world.handed_on.merge import Merges

        return Merges(self)

    @property
    def landing(self) -> Landing:
        """Follows what was pushed."""
        from releasio.world.landing.fast_forward import Landing

        return Landing(self, self.work_tree, self.objects)
