"""What a job's token may do, and should."""

from __future__ import annotations

from releasio.setup.finding import Finding


class IdentityNotAllowed(Finding):
    """
    A job publishes without a token and may not ask for an identity.

    Trusted publishing trades the identity of a job for an upload token. GitHub gives a job its
    identity only where its `permissions` say `id-token: write`. Permissions of a job replace those
    of the workflow as a whole, so a job with its own needs the line among them.
    """

    code = "identity-not-allowed"
    severity = "error"
    message = "job {job} publishes to {target} without a token, but has no `id-token: write`"
    why = """
    GitHub gives the job no identity, so trusted publishing ends with "OIDC token request failed" or
    falls back to a token that is not there."""
    fix = "Add `id-token: write` to the permissions of the job."
    job: str
    target: str
