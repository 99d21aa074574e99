"""A commit in a file, for a clone that has what it is based on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.files.handed_on import BundleInvalid, PreparedElsewhere
from releasio.world.git.place import Part

if TYPE_CHECKING:
    from pathlib import Path


class Bundles(Part):
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

    def take(self, path: Path) -> None:
        """
        Take the objects of the bundle at *path* into the repository, without any ref.

        What comes from another job is looked through before it is kept: a `fetch` of a bundle
        does that only since git 2.46, so the pack in it is read as one from a server.
        Source: https://git-scm.com/docs/gitformat-bundle

        Raises:
            BundleInvalid: Something in it is no sound object.
            PreparedElsewhere: The repository lacks a commit that it is based on.
        """
        head, _, pack = path.read_bytes().partition(b"\n\n")
        for line in head.decode("utf-8", "replace").splitlines():
            base = line[1:].partition(" ")[0]
            if line.startswith("-") and self.process.ask("cat-file", "-e", base).status:
                raise PreparedElsewhere(str(path), base)
        outcome = self.process.ask("index-pack", "--stdin", "--fix-thin", "--strict", feed=pack)
        if outcome.status:
            raise BundleInvalid(str(path), _first_line(outcome.err))


def _first_line(words: str) -> str:
    return (
        next(iter(words.splitlines()), "git cannot read it")
        .removeprefix("error: ")
        .removeprefix("fatal: ")
    )
