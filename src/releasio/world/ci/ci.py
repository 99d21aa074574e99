"""The CI this process runs in, from its environment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.running.job import job_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.running.job import Job

# variable that only this CI sets, and what the CI is called
_OTHERS = {
    "GITLAB_CI": "GitLab CI",
    "BUILDKITE": "Buildkite",
    "CIRCLECI": "CircleCI",
    "TF_BUILD": "Azure Pipelines",
    "JENKINS_URL": "Jenkins",
    "CI": "a CI",
}
REQUEST_URL = "ACTIONS_ID_TOKEN_REQUEST_URL"
REQUEST_TOKEN = "ACTIONS_ID_TOKEN_REQUEST_TOKEN"  # noqa: S105 -- the variable's name


@frozen
class GitHubActions:
    """
    A job of GitHub Actions.

    Attributes:
        repository: `OWNER/NAME`.
        ref: Full name of what started it, such as `refs/heads/main`.
        sha: The commit it was started for.
        event: What started it: `push`, `pull_request` …
        workflow: `OWNER/REPO/.github/workflows/FILE@REF` of the top-level workflow.
        grants_identity: The job may ask for an identity token.
        from_fork: It runs for a pull request from a fork.
    """

    repository: str
    ref: str
    sha: str
    event: str
    workflow: str
    grants_identity: bool
    from_fork: bool


def read_actions(env: Mapping[str, str]) -> GitHubActions | None:
    """Return the GitHub Actions job described by *env*, if it is one."""
    if env.get("GITHUB_ACTIONS") != "true":
        return None
    return GitHubActions(
        repository=env.get("GITHUB_REPOSITORY", ""),
        ref=env.get("GITHUB_REF", ""),
        sha=env.get("GITHUB_SHA", ""),
        event=env.get("GITHUB_EVENT_NAME", ""),
        workflow=env.get("GITHUB_WORKFLOW_REF", ""),
        grants_identity=all(env.get(name, "").strip() for name in (REQUEST_URL, REQUEST_TOKEN)),
        from_fork=_from_fork(env),
    )


def in_gitlab(env: Mapping[str, str]) -> bool:
    """Tell whether this is a job of GitLab's."""
    return bool(env.get("GITLAB_CI", "").strip())


def token_variable(audience: str) -> str:
    """
    Return the variable that by custom holds a GitLab job's identity for *audience*.

    Source: the `id` library, which twine and others look with.
    """
    name = re.sub(r"[^A-Z0-9_]|^[^A-Z_]", "_", audience.upper())
    return f"{name}_ID_TOKEN"


def ci_name(env: Mapping[str, str]) -> str | None:
    """Return what the CI is called; `None` outside any."""
    if env.get("GITHUB_ACTIONS") == "true":
        return "GitHub Actions"
    for variable, name in _OTHERS.items():
        if env.get(variable, "").lower() not in {"", "false", "0"}:
            return name
    return None


def read_job(env: Mapping[str, str]) -> Job:
    """Return what started this CI job."""
    return job_of(env, read_event(env))


def read_event(env: Mapping[str, str]) -> object:
    """Read the event's own description; it is JSON that GitHub writes for the job."""
    path = env.get("GITHUB_EVENT_PATH")
    if not path:
        return None
    import json

    try:
        return json.loads(Path(path).read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def _from_fork(env: Mapping[str, str]) -> bool:
    if env.get("GITHUB_EVENT_NAME") != "pull_request":
        return False
    match read_event(env):
        case {"pull_request": {"head": {"repo": {"fork": bool(fork)}}}}:
            return fork
        case {"pull_request": {"head": {"repo": None}}}:
            return True  # the fork was deleted since
    return False
