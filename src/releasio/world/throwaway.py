"""Repositories that live in a temporary directory for one rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.running.plain_file import folders_of
from releasio.world.git.git import Git
from releasio.world.git.process import GitProcess, clean_environment
from releasio.world.plain_file import own_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

REMOTE = "origin"


def create(path: Path, env: Mapping[str, str], branch: str = "main") -> Git:
    """Make an empty repository at *path*."""
    path.mkdir(parents=True)
    process = GitProcess(path, clean_environment(env))
    process.run("init", "--quiet", f"--initial-branch={branch}")
    process.run("commit", "--quiet", "--allow-empty", "--message=chore: begin")
    return Git.open(path, env)


def clone(source: Git, path: Path, env: Mapping[str, str], branch: str) -> Git:
    """
    Clone what is committed in *source* to *path*: the commit that is checked out, and all tags.

    A detached HEAD becomes the branch *branch*. Local settings of *source* do
    not come along; its objects are shared read-only where the disk allows.
    """
    process = GitProcess(path.parent, clean_environment(env))
    process.run(
        "clone", "--quiet", "--no-checkout", "--origin", REMOTE, str(source.root), str(path)
    )
    made = Git.open(path, env)
    head = source.head()
    if head is not None:
        made.process.run("checkout", "--quiet", "-B", source.branch() or branch, head)
        _bring_submodules(source, made, head)
    return made


def _bring_submodules(source: Git, made: Git, commit: str) -> None:
    """Give *made* the submodules of *commit* that *source* has, at the commits they must have."""
    for path, inner, wanted in source.submodules(commit):
        for part in (*folders_of(path), path):
            own_folder(made.root / part)
        target = made.root / path
        made.process.run(
            "clone", "--quiet", "--no-checkout", "--shared", str(inner.root), str(target)
        )
        copy = Git.open(target, made.process.env)
        copy.process.run("update-ref", "--no-deref", "HEAD", wanted)
        _bring_submodules(inner, copy, wanted)


def add_bare_remote(git: Git, path: Path) -> None:
    """Give *git* a bare remote at *path* that has the branch and all tags; no other remote."""
    process = GitProcess(path.parent, git.process.env)
    process.run("init", "--quiet", "--bare", str(path))
    git.process.ask("remote", "remove", REMOTE)
    git.process.run("remote", "add", REMOTE, str(path))
    git.process.run("push", "--quiet", "--set-upstream", REMOTE, "HEAD", "--tags")
