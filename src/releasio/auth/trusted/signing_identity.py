"""The identity a job signs with: like the one for the index, but made for Sigstore."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.auth.asking import whole
from releasio.errors.auth.attestation import SigningIdentityMissing, SigningIdentityUnusable
from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.attestation import AUDIENCE
from releasio.rules.identity.claims import read_claims
from releasio.world.ci.ci import (
    REQUEST_TOKEN,
    REQUEST_URL,
    ci_name,
    in_gitlab,
    read_actions,
    token_variable,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.world.http.requester import Requester

VARIABLE = "RELEASIO_SIGSTORE_ID_TOKEN"
_GITHUB = (
    "Add to the job that publishes:\n    permissions:\n      id-token: write\n      contents: write"
)
_GITLAB = (
    "Declare it in the job that publishes:\n"
    "    id_tokens:\n"
    f"      {token_variable(AUDIENCE)}:\n"
    f"        aud: {AUDIENCE}"
)
_OTHER = f"Put an identity token made for {AUDIENCE} into {VARIABLE}."


def why_none(env: Mapping[str, str]) -> SigningIdentityMissing | None:
    """Return why a job in *env* has no identity to sign with; `None`: it has. No secret is read."""
    if _held_in(env):
        return None
    job = read_actions(env)
    if job is not None:
        if job.grants_identity:
            return None
        if job.from_fork:
            return SigningIdentityMissing("the job runs for a pull request from a fork", "")
        return SigningIdentityMissing("the job lacks the permission id-token: write", _GITHUB)
    if in_gitlab(env):
        problem = f"the job declares no identity for {AUDIENCE}"
        return SigningIdentityMissing(problem, _GITLAB)
    ci = ci_name(env)
    problem = f"{ci} gives none that we know of" if ci else "this is no CI"
    return SigningIdentityMissing(problem, _OTHER)


def fetcher(env: Mapping[str, str], requester: Requester) -> Callable[[], Secret]:
    """
    Return what fetches the identity; where the job has none, see `why_none`.

    Calling it raises SigningIdentityUnusable for one that cannot be used, and
    what fetching an identity from GitHub raises.
    """
    if variable := _held_in(env):
        return lambda: _held(env, variable, requester)
    from releasio.world.ci.identity import GitHubIdentity

    request_token = whole(Secret(env[REQUEST_TOKEN]), REQUEST_TOKEN)
    requester.screen.mask(request_token)
    return GitHubIdentity(env[REQUEST_URL].strip(), request_token, AUDIENCE, requester).fetch


def _held_in(env: Mapping[str, str]) -> str | None:
    """Return the variable that holds an identity, if one does."""
    names = (VARIABLE, *((token_variable(AUDIENCE),) if in_gitlab(env) else ()))
    return next((name for name in names if env.get(name, "").strip()), None)


def _held(env: Mapping[str, str], variable: str, requester: Requester) -> Secret:
    identity = Secret(env[variable].strip())
    requester.screen.mask(identity)
    identity = whole(identity, variable)
    claims = read_claims(identity)
    audience, end = claims.get("aud"), claims.get("exp")
    if audience != AUDIENCE:
        raise SigningIdentityUnusable(
            variable, f"it is made for {audience!r}, not for {AUDIENCE!r}"
        )
    if isinstance(end, int) and 0 < end <= requester.clock().timestamp():
        end_text = f"{datetime.fromtimestamp(end, UTC):%Y-%m-%d %H:%M} UTC"
        raise SigningIdentityUnusable(variable, f"it expired at {end_text}")
    return identity
