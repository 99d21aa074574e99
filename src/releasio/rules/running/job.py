"""What started the CI job this is, as its environment says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

_PULL_REQUESTS = frozenset({"pull_request", "pull_request_target"})
_TAGS, _HEADS = "refs/tags/", "refs/heads/"


@frozen
class Job:
    """
    What started the CI job this is, as its environment says.

    Attributes:
        kind: Empty outside a CI, and where it does not say.
        name: The branch or tag; of a pull request its number as the forge writes it: `#12`, `!12`.
        merged_into: The branch a pull request went into whose merge started the job.
    """

    kind: Literal["", "branch", "tag", "pull-request"] = ""
    name: str = ""
    merged_into: str = ""


NO_JOB = Job()


def job_of(env: Mapping[str, str], event: object) -> Job:
    """
    Return what started the job that *env* describes.

    Args:
        env: The process environment.
        event: What the forge wrote about it for the job, read as JSON; anything, where it
            wrote nothing.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/variables (Gitea
    and Forgejo set the same), https://docs.gitlab.com/ci/variables/predefined_variables/
    """
    if env.get("GITHUB_ACTIONS") == "true":
        return _of_github(env, event)
    return _of_gitlab(env) if env.get("GITLAB_CI") else NO_JOB


def _of_github(env: Mapping[str, str], event: object) -> Job:
    ref, payload = env.get("GITHUB_REF", ""), event if isinstance(event, dict) else {}
    if env.get("GITHUB_EVENT_NAME") in _PULL_REQUESTS or ref.startswith("refs/pull/"):
        return Job("pull-request", _number(payload, ref), _merged_into(payload))
    if ref.startswith(_TAGS):
        return Job("tag", ref[len(_TAGS) :])
    return Job("branch", ref[len(_HEADS) :]) if ref.startswith(_HEADS) else NO_JOB


def _number(event: Mapping[str, Any], ref: str) -> str:
    number = event.get("number")
    if isinstance(number, int):
        return f"#{number}"
    from_ref = ref.removeprefix("refs/pull/").partition("/")[0]
    return f"#{from_ref}" if from_ref.isdecimal() else ""


def _merged_into(event: Mapping[str, Any]) -> str:
    match event:
        case {"action": "closed", "pull_request": {"merged": True, "base": {"ref": str(branch)}}}:
            return branch
    return ""


def _of_gitlab(env: Mapping[str, str]) -> Job:
    for variable, mark in (("CI_MERGE_REQUEST_IID", "!"), ("CI_EXTERNAL_PULL_REQUEST_IID", "#")):
        if number := env.get(variable):
            return Job("pull-request", f"{mark}{number}")
    if tag := env.get("CI_COMMIT_TAG"):
        return Job("tag", tag)
    branch = env.get("CI_COMMIT_BRANCH", "")
    return Job("branch", branch) if branch else NO_JOB
