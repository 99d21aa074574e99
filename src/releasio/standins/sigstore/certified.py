"""
What Fulcio writes into a certificate of what an identity token says of its job.

The embedded issuer plays GitHub; whoever checks a certificate asks for its names.

Source: https://github.com/sigstore/fulcio/blob/main/docs/oid-info.md
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

_FULCIO = "1.3.6.1.4.1.57264.1"
WORKFLOW = f"{_FULCIO}.9"  # that the job belongs to: whom the certificate is made out to
_GITHUB = "https://github.com"
_SAME = {  # last part of the extension's number -> the claim it repeats, with every provider
    10: "job_workflow_sha",
    11: "runner_environment",
    13: "sha",
    15: "repository_id",
    17: "repository_owner_id",
    19: "workflow_sha",
    22: "repository_visibility",
}


def extensions_of_github(claims: Mapping[str, Any]) -> dict[str, str]:
    """Return what the certificate of a job with these *claims* says, by the extension's number."""
    repository = f"{_GITHUB}/{claims['repository']}"
    run = f"{claims.get('run_id', 1)}/attempts/{claims.get('run_attempt', 1)}"
    addresses = {
        8: "https://token.actions.githubusercontent.com",
        9: f"{_GITHUB}/{claims['job_workflow_ref']}",
        12: repository,
        16: f"{_GITHUB}/{claims['repository_owner']}",
        18: f"{_GITHUB}/{claims['workflow_ref']}",
        21: f"{repository}/actions/runs/{run}",
    }
    return numbered(claims, addresses, {14: "ref", 20: "event_name"})


def numbered(
    claims: Mapping[str, Any], addresses: Mapping[int, str], repeated: Mapping[int, str]
) -> dict[str, str]:
    """
    Return the extensions of a certificate, in the order of their numbers.

    Args:
        claims: Those of the job's identity.
        addresses: What is made of them, by the last part of the extension's number.
        repeated: Which further claims are written as they are, likewise.
    """
    names = {**_SAME, **repeated}
    copied = {number: str(claims[name]) for number, name in names.items() if name in claims}
    values = {**addresses, **copied}
    return {f"{_FULCIO}.{number}": values[number] for number in sorted(values)}
