"""Take distributions that another program built of the release commit."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.distribution.given import is_beside
from releasio.steps.step import Blocked, State, Todo
from releasio.text.listing import listed
from releasio.world.build.dist_folder import DISTRIBUTIONS
from releasio.world.build.given import spread

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.steps.build.artefacts import Artefacts
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class TakeOver:
    """
    Put files that are there already where a build would have put them.

    Attributes:
        artefacts: What they are to be.
        folder: Where they are.
    """

    artefacts: Artefacts
    folder: Path

    def __str__(self) -> str:
        return f"take what was built into {self.folder.name}"

    def probe(self, world: World) -> State:
        """Look what is there."""
        files = self._files()
        if not files:
            from releasio.errors.files.handed_on import NothingToTake

            return Blocked(NothingToTake(str(self.folder)))
        return Todo(listed([path.name for path in files]))

    def apply(self, world: World, run: Run) -> None:
        """Copy them to the staging folder; what lies beside them is named and left."""
        staging = self.artefacts.kept(world).empty_staging()
        files = self._files()
        for path in files:
            shutil.copyfile(path, staging / path.name)
        others = [path.name for path in spread((self.folder,)) if path not in files]
        if other_names := [name for name in others if not is_beside(name)]:
            world.screen.note(f"neither wheel nor .tar.gz, and left: {listed(other_names)}")

    def _files(self) -> tuple[Path, ...]:
        if not self.folder.is_dir():
            return ()
        return tuple(path for path in spread((self.folder,)) if path.name.endswith(DISTRIBUTIONS))
