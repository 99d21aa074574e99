"""Repositories that live in a temporary directory for one rehearsal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.running.plain_file import folders_of
from releasio.world.git.git import Git
from releasio.world.git_python import git_python
from releasio.world.plain_file import own_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.world.screen import Screen

REMOTE = "origin"
FIRST_COMMIT = "feat: begin"


def clone(source: Git, path: Path, env: Mapping[str, str], branch: str, screen: Screen) -> Git:
    """
    Clone what is committed in *source* to *path*: the commit that is checked out, and all tags.

    A detached HEAD becomes the branch *branch*. Local settings of *source* do
    not come along; its objects are shared read-only where the disk allows.
    """
    head = source.work_tree.head()
    with git_python(env) as repositories:
        from releasio.world.git_progress import GitProgress  # imports GitPython

        with repositories.clone_from(
            source.root,
            path,
            GitProgress(screen),  # type: ignore[arg-type]  # which GitPython says, and takes
            origin=REMOTE,
        ) as repo:
            if head is not None:
                repo.git.checkout("-B", source.work_tree.branch() or branch, head)
    clone = Git.open(path, env)
    if head is not None:
        _bring_submodules(source, clone, head)
    return clone


def _bring_submodules(source: Git, clone: Git, commit: str) -> None:
    """Give *clone* the submodules of *commit* that *source* has, at the commits they must have."""
    for path, submodule, linked_commit in source.submodules.of(commit):
        for part in (*folders_of(path), path):
            own_folder(clone.root / part)
        target = clone.root / path
        # with git itself: a path of a submodule may be anything
        clone.process.run(
            "clone", "--quiet", "--no-checkout", "--shared", str(submodule.root), str(target)
        )
        copy = Git.open(target, clone.process.env)
        copy.process.run("update-ref", "--no-deref", "HEAD", linked_commit)
        _bring_submodules(submodule, copy, linked_commit)


def add_bare_remote(git: Git, path: Path, screen: Screen) -> None:
    """Give *git* a bare remote at *path* that has the branch and all tags; no other remote."""
    with git_python(git.process.env) as repositories:
        from releasio.world.git_progress import GitProgress  # imports GitPython

        with repositories(git.root) as repo:
            kind = repo.git.rev_parse("--show-object-format")
            bare = repositories.init(path, bare=True, object_format=kind)
            with bare, bare.config_writer() as settings:
                settings.set_value("receive", "shallowUpdate", "true")  # the clone may be shallow
            for remote in repo.remotes:
                repo.delete_remote(remote)
            origin = repo.create_remote(REMOTE, str(path))
            pushed = origin.push("HEAD", GitProgress(screen), set_upstream=True, tags=True)
            pushed.raise_if_error()


def of_work_tree(root: Path, path: Path, env: Mapping[str, str], branch: str) -> Git:
    """
    Make a repository at *path* whose one commit, on *branch*, has what is in *root*.

    That is what `git add --all` would take there: *root* may be the work tree of a repository
    without a commit, or no repository yet. Nothing is written in it.
    """
    with git_python(env) as repositories:
        repositories.init(path, initial_branch=branch).close()
    git = Git.open(path, env)
    git.process.run(f"--git-dir={git.directory}", f"--work-tree={root}", "add", "--all")
    git.process.run("commit", "--quiet", "--allow-empty", "--message", FIRST_COMMIT)
    git.process.run("reset", "--quiet", "--hard")
    return git
