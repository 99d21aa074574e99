"""
What Fulcio writes into a certificate of what an identity token says of its job.

The embedded issuers play GitHub and GitLab; whoever checks a certificate asks for
the names of these.

Source: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FULCIO = "1.3.6.1.4.1.57264.1"
_GITHUB, _GITLAB = "https://github.com", "https://gitlab.com"
_ISSUERS = {"github": "https://token.actions.githubusercontent.com", "gitlab": _GITLAB}
_SAME = {  # last part of the extension's number -> the claim it repeats, with either of them
    10: "job_workflow_sha",
    11: "runner_environment",
    13: "sha",
    15: "repository_id",
    17: "repository_owner_id",
    19: "workflow_sha",
    22: "repository_visibility",
}
_OF_GITHUB = {14: "ref", 20: "event_name"}
_OF_GITLAB = {14: "ref_path", 20: "pipeline_source"}


def extensions(provider: str, claims: Mapping[str, Any]) -> dict[str, str]:
    """
    Return what the certificate says, by the extension's number.

    Args:
        provider: `github` or `gitlab`.
        claims: Those of the job's identity.
    """
    provider_claims = _OF_GITHUB if provider == "github" else _OF_GITLAB
    places = _on_github(claims) if provider == "github" else _on_gitlab(claims)
    values = {8: _ISSUERS[provider]} | places
    copied = {**_SAME, **provider_claims}
    values |= {n: str(claims[name]) for n, name in copied.items() if name in claims}
    return {f"{_FULCIO}.{number}": values[number] for number in sorted(values)}


def subject(provider: str, claims: Mapping[str, Any]) -> str:
    """Return whom the certificate is made out to: the workflow that the job belongs to."""
    return extensions(provider, claims)[f"{_FULCIO}.9"]


def _on_github(claims: Mapping[str, Any]) -> dict[int, str]:
    """Return signer, repository, owner, workflow that was started, and run, as addresses."""
    repository = f"{_GITHUB}/{claims['repository']}"
    run = f"{claims.get('run_id', 1)}/attempts/{claims.get('run_attempt', 1)}"
    return {
        9: f"{_GITHUB}/{claims['job_workflow_ref']}",
        12: repository,
        16: f"{_GITHUB}/{claims['repository_owner']}",
        18: f"{_GITHUB}/{claims['workflow_ref']}",
        21: f"{repository}/actions/runs/{run}",
    }


def _on_gitlab(claims: Mapping[str, Any]) -> dict[int, str]:
    """Likewise; what the job belongs to and what was started are one."""
    path, project = str(claims["ci_config_ref_uri"]), claims["project_path"]
    # the host is the embedded one, and stands for the real one
    configuration = f"{_GITLAB}/{project}{path[path.find('//') :]}"
    return {
        9: configuration,
        12: f"{_GITLAB}/{project}",
        16: f"{_GITLAB}/{claims['namespace_path']}",
        18: configuration,
    }
