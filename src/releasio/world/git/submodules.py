"""Submodules: other repositories, of which a commit names one commit each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from releasio.errors.base import ReleasioError
from releasio.errors.git.checkout import SubmoduleMissing
from releasio.frozen import frozen
from releasio.rules.running.plain_file import folders_of
from releasio.world.git.place import Place
from releasio.world.plain_file import own_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

G = TypeVar("G", bound=Place)
_LINK = "160000 commit "


@frozen
class Submodules(Generic[G]):
    """Reading submodules of *git* from where the user has them; nothing is fetched."""

    git: G

    def require(self, commit: str) -> None:
        """
        See whether all submodules of *commit* can be put into a work tree.

        Raises:
            SubmoduleMissing: One, or one inside it, is not here at the commit it must have.
        """
        for path, linked_commit in self._linked_commits(commit).items():
            Submodules(self._required_submodule(path, linked_commit)).require(linked_commit)

    def fill(self, commit: str, tree: Path) -> None:
        """
        Put the files of all submodules of *commit*, which are not in *tree* yet, into it.

        Filters and line ends apply as in a checkout. What is changed in the user's
        own checkout of a submodule does not come along.

        Raises:
            SubmoduleMissing: As `require`.
            LinkInTheWay: It would lie behind a link, as on a disk where `A` and `a` are one name.
        """
        for path, linked_commit in self._linked_commits(commit).items():
            submodule = Submodules(self._required_submodule(path, linked_commit))
            for part in (*folders_of(path), path):
                own_folder(tree / part)
            submodule._export(linked_commit, tree / path)
            submodule.fill(linked_commit, tree / path)

    def _linked_commits(self, commit: str) -> dict[str, str]:
        """Return the path of each submodule and the commit it must have."""
        outcome = self.git.process.run("ls-tree", "-r", "-z", "--full-tree", commit)
        lines = outcome.text.split("\0") if _LINK.encode() in outcome.out else []
        entries = (line.partition("\t") for line in lines if line.startswith(_LINK))
        return {path: head.removeprefix(_LINK) for head, _, path in entries}

    def of(self, commit: str) -> Iterator[tuple[str, G, str]]:
        """Yield path, repository and wanted commit of each submodule of *commit* that is here."""
        for path, linked_commit in self._linked_commits(commit).items():
            if submodule := self._submodule(path, linked_commit):
                yield path, submodule, linked_commit

    def _required_submodule(self, path: str, commit: str) -> G:
        submodule = self._submodule(path, commit)
        if submodule is None:
            raise SubmoduleMissing(path, commit)
        return submodule

    def _submodule(self, path: str, commit: str) -> G | None:
        """Return the repository at *path*, if it has *commit*."""
        place = self.git.root / path
        try:
            repository = type(self.git).open(place, self.git.process.env)
        except ReleasioError:
            return None
        # in a directory that was never filled git finds the repository around it
        is_filled = repository.root.resolve() == place.resolve()
        has_commit = (
            is_filled
            and not repository.process.ask("cat-file", "-e", f"{commit}^{{commit}}").status
        )
        return repository if has_commit else None

    def _export(self, commit: str, into: Path) -> None:
        """Write the files of *commit* into the directory *into*."""
        import tempfile  # 3 ms, and few projects have submodules

        # not among the files: the submodule may have one of the same name
        with tempfile.TemporaryDirectory(prefix="releasio-index-") as folder:
            index_setting = {"GIT_INDEX_FILE": f"{folder}/index"}  # the user's stays as it is
            self.git.process.run("read-tree", commit, extra=index_setting)
            self.git.process.run(
                "checkout-index", "--all", "--force", f"--prefix={into}/", extra=index_setting
            )
