"""Which lock files may have entries of a project, and what asks whether they fit."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

PYTHON_LOCKS = ("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml")
UV_LOCK = "uv.lock"
CARGO_LOCK = "Cargo.lock"
NPM_LOCKS = ("package-lock.json", "npm-shrinkwrap.json")
_BESIDE = {"Cargo.toml": (CARGO_LOCK,), "package.json": NPM_LOCKS, "pyproject.toml": (UV_LOCK,)}
MANIFESTS = tuple(_BESIDE)
FOLLOWING = (UV_LOCK, CARGO_LOCK, *NPM_LOCKS)  # lock files that repeat what these say
_OF_WORKSPACES = (UV_LOCK, CARGO_LOCK)  # in the folder of the workspace, for all its members


@frozen
class ManifestEdit:
    """A file before and after."""

    path: str
    before: str
    after: str


@frozen
class LockCheck:
    """
    How a tool is asked whether a lock fits the project.

    Attributes:
        manifest: The file beside the lock that it has to fit.
        tool: The program.
        arguments: What it is given. It writes nothing, builds nothing and asks no server.
        refusal: What it says of a lock that does not fit, and of nothing else.
        remedy: The command line that makes it fit.
    """

    manifest: str
    tool: str
    arguments: tuple[str, ...]
    refusal: str
    remedy: str

    @property
    def command(self) -> str:
        """The command line."""
        return " ".join((self.tool, *self.arguments))


_CHECKS = {
    # https://docs.astral.sh/uv/concepts/projects/sync/#checking-the-lockfile; what would have to
    # be built to be known, a dynamic version, is not: that runs code of the project
    UV_LOCK: LockCheck(
        "pyproject.toml",
        "uv",
        ("lock", "--check", "--offline", "--no-build"),
        "needs to be updated",
        "uv lock",
    ),
    # https://doc.rust-lang.org/cargo/commands/cargo-metadata.html#manifest-options
    CARGO_LOCK: LockCheck(
        "Cargo.toml",
        "cargo",
        ("metadata", "--locked", "--offline", "--format-version=1", "--quiet"),
        "--locked was passed",
        "cargo update --workspace",
    ),
}


def lock_names() -> Sequence[str]:
    """Return the names of lock files beside a project's manifest."""
    return (*PYTHON_LOCKS, CARGO_LOCK, *NPM_LOCKS)


def locks_beside(path: str) -> Iterator[str]:
    """Yield where the lock may be that repeats what the manifest at *path* says."""
    folder, name = posixpath.split(path)
    for lock in _BESIDE.get(name, ()):
        yield posixpath.join(folder, lock)


def locks_around(folder: str) -> Iterator[str]:
    """Yield where a workspace that has *folder* as a member may have its lock files."""
    for parent in _parents(folder):
        for name in _OF_WORKSPACES:
            yield posixpath.join(parent, name)


def check_of(path: str) -> LockCheck | None:
    """Return what can tell whether the lock file at *path* fits; `None`: nothing can."""
    return _CHECKS.get(posixpath.basename(path))


def locks_to_check(present: Iterable[str], edited: Collection[str]) -> Iterator[str]:
    """
    Yield the paths of lock files that can be checked and that edits concern.

    Args:
        present: The paths of all files that are known.
        edited: Those that are written; a lock has to follow the manifest beside it.
    """
    for path in present:
        check = check_of(path)
        if check and (
            path in edited or posixpath.join(posixpath.dirname(path), check.manifest) in edited
        ):
            yield path


def nearest(folder: str, names: Sequence[str], present: Sequence[str]) -> str | None:
    """Return which of the paths *present* is a file of *names* in *folder* or closest above it."""
    for place in (folder, *_parents(folder)):
        for name in names:
            if (path := posixpath.join(place, name)) in present:
                return path
    return None


def _parents(folder: str) -> Iterator[str]:
    """Yield the folders around *folder*, the closest first; the last one is the root, empty."""
    while folder:
        folder = posixpath.dirname(folder)
        yield folder
