"""Work trees apart from the user's, for the time of a release."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Generic, TypeVar

from releasio.frozen import frozen
from releasio.world.git.place import Place
from releasio.world.plain_file import remove

G = TypeVar("G", bound=Place)

# each in a temporary directory of its own; what killed runs left is known by both names
_DIRECTORY, _TREE = "releasio-", "releasio-tree"
BUILDS = "releasio-build-"  # how the names of what a build needs beside its tree begin

# one index file, so that it can be copied
_WHOLE = (
    *("-c", "core.hooksPath=/dev/null"),
    *("-c", "core.sparseCheckout=false"),
    *("-c", "core.splitIndex=false"),
)


@frozen
class ScratchTrees(Generic[G]):
    """Making and removing work trees of *git*, the user's repository."""

    git: G

    def open(self, commit: str, name: str = "") -> G:
        """
        Check *commit* out in a new temporary directory; `close` removes both.

        With a *name* the directory has it, so that a later one lies where this one did; unless
        there is something of that name, whose ever it is, that is more than an empty directory.
        """
        tree = _new_directory(name).resolve() / _TREE
        try:
            return self.add(tree, commit)
        except BaseException:
            self.close(tree)
            raise

    def close(self, tree: Path) -> None:
        """
        Remove the scratch tree *tree*, what builds left beside it, and the directory of both.

        Where that cannot be, for a program that outlived its run still writes there, git goes on
        knowing of the tree, so that the next run finds the rest.
        """
        remove(tree)
        for leftover in tree.parent.glob(f"{BUILDS}*"):
            remove(leftover)
        if any(tree.parent.glob(f"{BUILDS}*")):
            return
        self.remove(tree)
        with suppress(OSError):  # gone, or somebody put something there: then it is theirs
            tree.parent.rmdir()

    def trees(self) -> tuple[Path, ...]:
        """Return the scratch trees there are, also those whose directory is gone."""
        if not (self.git.directory / "worktrees").is_dir():  # git removes it with the last one
            return ()
        lines = self.git.process.run("worktree", "list", "--porcelain").text.split("\n")
        paths = (Path(line.removeprefix("worktree ")) for line in lines if line[:9] == "worktree ")
        return tuple(
            path
            for path in paths
            if path.name == _TREE
            and path.parent.name.startswith(_DIRECTORY)
            and path != self.git.root
        )

    def add(self, path: Path, commit: str) -> G:
        """
        Check *commit* out, detached, at *path*, which must not exist, and return the view from it.

        All files are checked out, also where the user's own tree is sparse;
        filters such as LFS apply, hooks are not run, submodules stay empty
        (`Submodules` fills them).
        """
        self.git.process.run(*_WHOLE, "worktree", "add", "--quiet", "--detach", str(path), commit)
        return self.git.at(path)

    def remove(self, path: Path) -> None:
        """Remove the work tree at *path* with all that is in it; gone already is fine."""
        # unless it is gone git refuses to remove a tree that was killed half-way, or is on its own
        remove(path)
        if self.git.process.ask("worktree", "remove", "--force", "--force", str(path)).status:
            self.git.process.run("worktree", "prune")


def _new_directory(name: str) -> Path:
    import tempfile  # 3 ms, and a preview opens no tree

    if name:
        directory = Path(tempfile.gettempdir(), f"{_DIRECTORY}{name}")
        with suppress(OSError):
            directory.rmdir()  # of a run that was killed before git knew of it
        with suppress(OSError):
            directory.mkdir(0o700)
            return directory
    return Path(tempfile.mkdtemp(prefix=_DIRECTORY))
