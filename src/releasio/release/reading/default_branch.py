"""The remote's default branch: by the job's event, by this clone, or by asking the remote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.rules.forge.forge_url import parse_forge_url
from releasio.world.ci.ci import read_event

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.running.remote import Remote
    from releasio.world.world import World


def default_branch(
    world: World, remote: Remote | None, branch: str | None, usual: str, *, acting: bool
) -> str | None:
    """
    Return the default branch of *remote*; `None`: there is none, or it is not known.

    A preview (not *acting*) that gets no answer says so and goes on without.

    Args:
        world: Environment and repository.
        remote: Where releases are pushed to.
        branch: The one that is checked out.
        usual: What is taken for the default branch where it is not known.
        acting: Whether something is released by what this says.

    Raises:
        RemoteUnreachable: It did not answer; RemoteNotFound and RemoteAuthFailed likewise.
    """
    if remote is None:
        return None
    known_branch = _job_default_branch(world.env, remote) or world.git.remotes.known_head(remote)
    if known_branch is not None:
        return known_branch
    if world.offline:
        if branch not in {None, usual}:
            world.screen.note(
                f"the remote was not asked: {usual} or master is taken for its default branch "
                "(default_branch)"
            )
        return None
    try:
        return world.git.remotes.ask_head(remote)
    except ReleasioError as error:
        if acting:
            raise
        world.screen.note(f"{error}; which branch is the default one is not known")
        return None


def _job_default_branch(env: Mapping[str, str], remote: Remote) -> str | None:
    """Return what a job of GitHub Actions or GitLab CI knows of its own repository."""
    address = parse_forge_url(remote.url)
    remote_repository = f"{address.owner}/{address.repo}".lower() if address else ""
    for flag, variable in (
        ("GITHUB_ACTIONS", "GITHUB_REPOSITORY"),
        ("GITLAB_CI", "CI_PROJECT_PATH"),
    ):
        job_repository = env.get(variable, "").lower()
        if env.get(flag, "").lower() != "true":
            continue
        if remote_repository and job_repository and remote_repository != job_repository:
            continue  # a job may have checked out another repository than its own
        branch = _by_event(env) if flag == "GITHUB_ACTIONS" else env.get("CI_DEFAULT_BRANCH")
        if branch:
            return branch
    return None


def _by_event(env: Mapping[str, str]) -> str | None:
    match read_event(env):
        case {"repository": {"default_branch": str(branch)}}:
            return branch
    return None
