"""Where one commit is built: its files, apart from the user's, and what is made for the build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.build.isolated.begun import Begun

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.git.git import Git
    from releasio.world.world import World


class Site:
    """
    A scratch work tree of one commit, and the build that has begun in it.

    Args:
        world: Where.
        commit: All digits of the commit.
        folder: The project's directory inside the repository.
        name: As for `ScratchTrees.open`.

    Attributes:
        commit: All its digits.
        folder: The project's directory inside the repository.
        epoch: Seconds since 1970 that stand for the build time: when the commit was made.
        begun: The build; `None`: `begin` was not called.
    """

    def __init__(self, world: World, commit: str, folder: str, *, name: str = "") -> None:
        self.commit, self.folder = commit, folder
        self.begun: Begun | None = None
        self._world = world
        self._tree: Git | None = world.git.scratch.open(commit, name)

    @property
    def root(self) -> Path:
        """
        The top of the work tree.

        Raises:
            RuntimeError: It is closed.
        """
        if self._tree is None:
            msg = "the site of the build is closed"
            raise RuntimeError(msg)
        return self._tree.root

    @property
    def source(self) -> Path:
        """The project's directory in the work tree."""
        return self.root / self.folder

    @property
    def epoch(self) -> int:
        """Seconds since 1970 that stand for the build time: when the commit was made."""
        return self._world.git.history.commit(self.commit).time

    def begin(self) -> None:
        """Begin with the build; what its installers read must be there."""
        # beside the tree, where the next run removes what a killed one left
        place, world = self.root.parent, self._world
        self.begun = Begun(
            self.source, epoch=self.epoch, env=world.env, screen=world.screen, place=place
        )
        self.begun.start()

    def close(self) -> None:
        """End what is still at work, and remove everything; closed already is fine."""
        try:
            if self.begun is not None:
                self.begun.close()
        finally:
            self.begun = None
            if self._tree is not None:
                self._world.git.scratch.close(self._tree.root)
                self._tree = None
