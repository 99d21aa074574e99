"""The branch that a pull request would be merged to, as far as this clone knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.world.ci.ci import ci_name, read_event
from releasio.world.git.place import BRANCHES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.config.tables.model import Config
    from releasio.world.git.git import Git
    from releasio.world.world import World

_SHALLOW = "this clone lacks older commits (fetch-depth: 0 gets them)"
_NO_TAGS = "this clone has no tags (fetch-depth: 0, or fetch-tags: true, gets them)"


@frozen
class Base:
    """
    Where a pull request goes.

    Attributes:
        branch: The branch's name.
        commit: Its newest commit.
    """

    branch: str
    commit: str


def find_base(world: World, config: Config) -> Base | str:
    """
    Return the branch that the pull request would be merged to.

    The job says it, else it is the default branch. Where this clone lacks what the version
    depends on, the reason is returned: nothing is guessed from half a history.
    """
    git = world.git
    if git.history.is_shallow():
        return _SHALLOW
    if ci_name(world.env) and not git.refs.tags():
        return _NO_TAGS
    head, current = git.work_tree.position()
    if head is None:
        return "there is no commit yet"
    branch, commits = _of_event(git, world.env, head)
    branch = branch or _default_branch(git, config)
    if branch == current:
        return Base(branch, head)
    for name in (*commits, *_refs(git, branch)):
        if commit := git.objects.peel(name):
            return Base(branch, commit)
    return f"this clone does not have {branch}, to which it would be merged"


def _of_event(git: Git, env: Mapping[str, str], head: str) -> tuple[str, list[str]]:
    """Return the branch that the job names, and what may be its newest commit."""
    commits = []
    parents = git.history.commit(head).parents
    if len(parents) > 1 and env.get("GITHUB_REF", "").endswith("/merge"):
        commits.append(parents[0])  # GitHub has merged it for the job
    match read_event(env):
        case {"pull_request": {"base": {"ref": str(branch), "sha": str(commit)}}}:
            return branch, [*commits, commit] if commit.isalnum() else commits
    names = ("GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME")
    return next(filter(None, map(env.get, names)), ""), commits


def _default_branch(git: Git, config: Config) -> str:
    if config.is_set("default_branch"):
        return config.default_branch
    remote = git.remotes.chosen()
    usual = (config.default_branch, "main", "master")
    here = (name for name in usual if git.refs.read(f"{BRANCHES}{name}"))
    return (git.remotes.known_head(remote) if remote else None) or next(here, config.default_branch)


def _refs(git: Git, branch: str) -> Iterator[str]:
    remote = git.remotes.chosen()
    if remote:
        yield f"refs/remotes/{remote.name}/{branch}"
    yield f"{BRANCHES}{branch}"
