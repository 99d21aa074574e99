"""Ask a tool whether its lock file fits what the release commit will have."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.project.locks.lock_files import LockCheck, check_of
from releasio.steps.step import Omitted, State, Todo, needed
from releasio.world.processes.programs import find_tool

if TYPE_CHECKING:
    from releasio.world.git.git import Git
    from releasio.world.processes.lock_check import Verdict
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class CheckLock:
    """
    See that the release makes no lock file out of date.

    Attributes:
        path: The lock file, relative to the repository's root.
        base: The commit the release is made on: what was out of date there, the release did
            not make so.
        in_place: Ask in the user's work tree (`releasio update`), where nothing is stopped by it.
    """

    path: str
    base: str
    in_place: bool = False

    def __str__(self) -> str:
        return f"check {self.path}: {self._check.command}"

    @property
    def _check(self) -> LockCheck:
        return needed(check_of(self.path), f"nothing can tell whether {self.path} fits")

    def probe(self, world: World) -> State:
        """Look for the tool; it is asked when the files are written."""
        if find_tool(self._check.tool, world.env) is None:
            return Omitted(f"{self._check.tool} is not there to be asked")
        return Todo()

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Ask it in the scratch work tree, and if it refuses, about the commit before, too.

        Raises:
            LockOutOfDate: The lock fitted before, and does not fit the release.
        """
        from releasio.world.processes.lock_check import Fits, Refused, Unknown

        match self._ask(world, world.git if self.in_place else run.open_tree):
            case Unknown(reason=reason):
                return Omitted(reason)
            case Refused() if self.in_place:
                remedy = f"`{self._check.remedy}` writes it anew"
                return Omitted(f"{self.path} is out of date; {remedy}")
            case Refused(words=words):
                match self._ask_before(world):
                    case Fits():
                        raise self._error(words)
                    case Refused():
                        return Omitted(
                            f"{self.path} was out of date before this release; "
                            f"`{self._check.remedy}` writes it anew"
                        )
                    case Unknown(reason=reason):
                        return Omitted(
                            f"{self.path} is out of date, and whether it was so before is not "
                            f"known: {reason}"
                        )
        return None

    def _ask(self, world: World, tree: Git) -> Verdict:
        from releasio.world.processes.lock_check import Unknown, ask_tool

        program = find_tool(self._check.tool, world.env)
        if program is None:
            return Unknown(f"{self._check.tool} is not there to be asked")
        folder = tree.root / posixpath.dirname(self.path)
        return ask_tool(self._check, program, folder, world.env)

    def _ask_before(self, world: World) -> Verdict:
        tree = world.git.scratch.open(self.base)
        try:
            return self._ask(world, tree)
        finally:
            world.git.scratch.close(tree.root)

    def _error(self, words: tuple[str, ...]) -> Exception:
        from releasio.errors.project.lock import LockOutOfDate

        check = self._check
        return LockOutOfDate(self.path, command=check.command, tail=words, remedy=check.remedy)
