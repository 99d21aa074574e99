"""The repository, through git itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from releasio.world.git.commits import Commits
from releasio.world.git.history import Histories
from releasio.world.git.remote import Remotes

if TYPE_CHECKING:
    from releasio.world.build.private_clone import PrivateClone
    from releasio.world.git.deepen import MissingHistory
    from releasio.world.git.scratch import ScratchTrees
    from releasio.world.git.submodules import Submodules
    from releasio.world.handed_on.bundle import Bundles
    from releasio.world.landing.fast_forward import Landing


class Git(Histories, Remotes, Commits):
    """
    Everything releasio asks of git; each part has a module of its own.

    `place` finds the repository, `work_tree` knows HEAD and what differs from
    it, `objects` and `refs` read and name things, `history` reads the history, `remote` talks
    to the others' repository, `commits` make what a release needs. What no preview asks for is
    an attribute: its module is loaded when it is used. Nothing is remembered between calls:
    every answer is the world's, but in a preview that asks nobody, which reads refs and
    settings once (`ref_list`).
    """

    @property
    def missing_history(self) -> MissingHistory:
        """Completes the history from the remote."""
        from releasio.world.git.deepen import MissingHistory

        return MissingHistory(self.root, self.directory, self.process, self.read_once)

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

        return PrivateClone(self.root, self.directory, self.process, self.read_once)

    @property
    def bundles(self) -> Bundles:
        """Writes commits into files, and reads them."""
        from releasio.world.handed_on.bundle import Bundles

        return Bundles(self.root, self.directory, self.process, self.read_once)

    @property
    def landing(self) -> Landing:
        """Follows what was pushed."""
        from releasio.world.landing.fast_forward import Landing

        return Landing(self.root, self.directory, self.process, self.read_once)
