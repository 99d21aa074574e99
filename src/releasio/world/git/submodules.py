"""Submodules: other repositories, of which a commit names one commit each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.git.checkout import SubmoduleMissing
from releasio.rules.running.plain_file import folders_of
from releasio.world.git.place import Place
from releasio.world.plain_file import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Self

_LINK = "160000 commit "


class Submodules(Place):
    """Reading submodules from where the user has them checked out; nothing is fetched."""

    def require_submodules(self, commit: str) -> None:
        """
        See whether all submodules of *commit* can be put into a work tree.

        Raises:
            SubmoduleMissing: One, or one inside it, is not here at the commit it must have.
        """
        for path, wanted in self._links(commit).items():
            self._required(path, wanted).require_submodules(wanted)

    def fill_submodules(self, commit: str, tree: Path) -> None:
        """
        Put the files of all submodules of *commit*, which are not in *tree* yet, into it.

        Filters and line ends apply as in a checkout. What is changed in the user's
        own checkout of a submodule does not come along.

        Raises:
            SubmoduleMissing: As `require_submodules`.
            LinkInTheWay: It would lie behind a link, as on a disk where `A` and `a` are one name.
        """
        for path, wanted in self._links(commit).items():
            inner = self._required(path, wanted)
            for part in (*folders_of(path), path):
                own_folder(tree / part)
            inner._export(wanted, tree / path)  # noqa: SLF001 -- the same class
            inner.fill_submodules(wanted, tree / path)

    def _links(self, commit: str) -> dict[str, str]:
        """Return the path of each submodule and the commit it must have."""
        done = self.process.run("ls-tree", "-r", "-z", "--full-tree", commit)
        lines = done.text.split("\0") if _LINK.encode() in done.out else []
        found = (line.partition("\t") for line in lines if line.startswith(_LINK))
        return {path: head.removeprefix(_LINK) for head, _, path in found}

    def submodules(self, commit: str) -> Iterator[tuple[str, Self, str]]:
        """Yield path, repository and wanted commit of each submodule of *commit* that is here."""
        for path, wanted in self._links(commit).items():
            if inner := self._submodule(path, wanted):
                yield path, inner, wanted

    def _required(self, path: str, wanted: str) -> Self:
        found = self._submodule(path, wanted)
        if found is None:
            raise SubmoduleMissing(path, wanted)
        return found

    def _submodule(self, path: str, wanted: str) -> Self | None:
        """Return the repository at *path*, if it has the commit *wanted*."""
        place = self.root / path
        try:
            found = type(self).open(place, self.process.env)
        except ReleasioError:
            return None
        # in a directory that was never filled git finds the repository around it
        inside = found.root.resolve() == place.resolve()
        has = inside and not found.process.ask("cat-file", "-e", f"{wanted}^{{commit}}").status
        return found if has else None

    def _export(self, commit: str, into: Path) -> None:
        """Write the files of *commit* into the directory *into*."""
        import tempfile  # 3 ms, and few projects have submodules

        # not among the files: the submodule may have one of the same name
        with tempfile.TemporaryDirectory(prefix="releasio-index-") as aside:
            own = {"GIT_INDEX_FILE": f"{aside}/index"}  # the user's stays as it is
            self.process.run("read-tree", commit, extra=own)
            self.process.run("checkout-index", "--all", "--force", f"--prefix={into}/", extra=own)
