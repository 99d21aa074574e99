"""The temporary directory of a rehearsal, and the clone and remote that are made in it."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.errors.git.repository import NotARepository
from releasio.frozen import frozen
from releasio.rehearsal import demo
from releasio.release.reading.project.manifests import require_manifest
from releasio.rules.project.project_files import DESCRIBING_FILES
from releasio.rules.running.environment import without_identities
from releasio.world import throwaway
from releasio.world.git.git import Git

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.world.screen import Screen

_IDENTITY = {"NAME": "releasio rehearsal", "EMAIL": "rehearsal@localhost"}


@frozen
class Stage:
    """
    The temporary directory and what is in it.

    Attributes:
        folder: The directory.
        git: The clone.
        project: The project's directory in it.
        env: The environment of the rehearsal.
        screen: Where notes go.
        remote_url: Where the project's real remote is; `None`: it has none.
    """

    folder: Path
    git: Git
    project: Path
    env: Mapping[str, str]
    screen: Screen
    remote_url: str | None = None


@contextmanager
def temporary_folder(*, keep: bool) -> Iterator[Path]:
    """Make a temporary directory that is gone in the end, unless it is to be kept."""
    folder = Path(tempfile.mkdtemp(prefix="releasio-rehearsal-")).resolve()
    try:
        yield folder
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def set_up(folder: Path, path: Path | None, env: Mapping[str, str], screen: Screen) -> Stage:
    """Clone the project, or write the demo; either way with a bare remote of its own."""
    surroundings = _surroundings(env)
    clone, remote = folder / "clone", None
    if path is None:
        demo.write_demo(clone, surroundings)
        git = Git.open(clone, surroundings)
        inside = Path()
    else:
        source = _repository(path, env)
        root = source.root if source else path
        inside = path.resolve().relative_to(root.resolve())
        remote = source.remotes.chosen() if source else None
        if source and (head := source.work_tree.head()):
            require_manifest(source, path.absolute(), head)  # in the clone, nobody could go there
            git = throwaway.clone(source, clone, surroundings, "rehearsal", screen)
        else:
            git = _first_commit(root, clone, surroundings, screen, source)
            require_manifest(git, clone / inside, git.work_tree.head() or "")
    throwaway.add_bare_remote(git, folder / "remote.git", screen)
    remote_url = remote.url if remote else None
    return Stage(folder, git, clone / inside, surroundings, screen, remote_url)


def _repository(path: Path, env: Mapping[str, str]) -> Git | None:
    """Return the repository around *path*; `None`: there is none yet around what is a project."""
    try:
        return Git.open(path, env)
    except NotARepository:
        if not any((path / name).is_file() for name in DESCRIBING_FILES):
            raise
        return None


def _first_commit(
    root: Path, clone: Path, env: Mapping[str, str], screen: Screen, source: Git | None
) -> Git:
    """Make the clone of a project of which nothing is committed yet."""
    screen.note(
        f"{'nothing is committed yet' if source else 'this is no git repository yet'}, so the "
        f"rehearsal begins with a first commit of its own: {throwaway.FIRST_COMMIT}"
    )
    branch = source.work_tree.branch() if source else None
    return throwaway.of_work_tree(root.resolve(), clone, env, branch or "main")


def _surroundings(env: Mapping[str, str]) -> dict[str, str]:
    """
    Return the environment of the rehearsal.

    Commits and tags are made by an identity of its own and without signing: a
    rehearsal asks for no passphrase. Who the real job is does not get in.
    """
    identity = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in _IDENTITY.items()
    }
    settings = {"commit.gpgSign": "false", "tag.gpgSign": "false"}
    git_config = {"GIT_CONFIG_COUNT": str(len(settings))}
    for number, (key, value) in enumerate(settings.items()):
        git_config |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    return {**without_identities(env), **identity, **git_config}
