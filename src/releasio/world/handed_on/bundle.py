"""A commit in a file, for a clone that has what it is based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.files.handed_on import BundleInvalid, PreparedElsewhere
from releasio.world.git.place import Place
from releasio.world.git.remote import FETCH

if TYPE_CHECKING:
    from pathlib import Path

# what comes from another job is looked through before it is kept
_SUSPICIOUS = ("-c", "fetch.fsckObjects=true")
_LACKS = "lacks these prerequisite commits"


class Bundles(Place):
    """
    Writing and reading bundles.

    Source: https://git-scm.com/docs/git-bundle
    """

    def write(self, path: Path, ref: str, commit: str) -> None:
        """Write *ref*, a full name, of *commit* to *path*; who reads it has its parents."""
        parents = self.process.run("rev-parse", f"{commit}^@").text.split()
        self.process.run(
            "bundle", "create", "--quiet", str(path.absolute()), ref, "--not", *parents
        )

    def refs(self, path: Path) -> dict[str, str]:
        """
        Return the refs that the bundle at *path* has, with their objects.

        Raises:
            BundleInvalid: It is no bundle.
        """
        outcome = self.process.ask("bundle", "list-heads", str(path.absolute()))
        if outcome.status:
            raise BundleInvalid(str(path), _first_line(outcome.err))
        lines = (line.partition(" ") for line in outcome.text.splitlines())
        return {ref: object_id for object_id, _, ref in lines}

    def take(self, path: Path, ref: str) -> None:
        """
        Take the objects of *ref* from the bundle at *path* into the repository, without any ref.

        Raises:
            BundleInvalid: Something in it is no sound object.
            PreparedElsewhere: The repository lacks a commit that it is based on.
        """
        args = (*_SUSPICIOUS, "fetch", *FETCH, str(path.absolute()), ref)
        outcome = self.process.ask(*args)
        if not outcome.status:
            return
        if _LACKS in outcome.err:
            base = outcome.err.partition(_LACKS)[2].strip(": \n").split()[1:2]
            raise PreparedElsewhere(str(path), base[0] if base else "a commit")
        raise BundleInvalid(str(path), _first_line(outcome.err))


def _first_line(words: str) -> str:
    return next(iter(words.splitlines()), "git cannot read it").removeprefix("error: ")
