"""Trusted publishing from a GitHub Actions job."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.auth.asking import whole
from releasio.errors.credential import (
    ForkHasNoIdentity,
    IdentityPermissionMissing,
    TrustedPublishingUnsupported,
)
from releasio.rules.credential import TOKEN_USER, Credential, NotHere
from releasio.rules.secret import Secret
from releasio.rules.token import read_token
from releasio.world.ci import REQUEST_TOKEN, REQUEST_URL, ci_name, read_actions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.registry import Registry


@dataclass(frozen=True)
class GitHubActionsSource:
    """Ask the runner for an identity, and the index for a token in exchange."""

    name: str = "trusted publishing (GitHub Actions)"
    trusted: bool = True

    def offer(self, env: Mapping[str, str], registry: Registry) -> str | NotHere:  # noqa: ARG002
        """It applies in a job with `id-token: write` that is not a fork's."""
        job = read_actions(env)
        if job is None:
            where = ci_name(env)
            return NotHere(f"this is {where}, not GitHub Actions" if where else "not in a CI")
        if job.grants_identity:
            return "the job may ask for an identity"
        if job.from_fork:
            return NotHere("the job runs for a pull request from a fork", ForkHasNoIdentity())
        return NotHere("the job lacks the permission id-token: write", IdentityPermissionMissing())

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Learn the audience, fetch an identity for it, and mint."""
        # httpx is only for those who are going to publish
        from releasio.world.identity import GitHubIdentity  # noqa: PLC0415

        request_token = whole(Secret(asking.env[REQUEST_TOKEN]), REQUEST_TOKEN)
        asking.index.wire.screen.mask(request_token)

        def fetcher(audience: str) -> Callable[[], Secret]:
            url = asking.env[REQUEST_URL].strip()
            return GitHubIdentity(url, request_token, audience, asking.index.wire).fetch

        return exchange(asking, self.name, fetcher)


def exchange(
    asking: Asking, source: str, fetcher: Callable[[str], Callable[[], Secret]]
) -> Credential | NotHere:
    """Trade identities, which *fetcher* gets for an audience, for an upload token."""
    try:
        audience = asking.index.audience()
    except TrustedPublishingUnsupported as error:
        return NotHere(str(error), error)
    minted = asking.index.mint(fetcher(audience), asking.project)
    facts = read_token(minted.token)
    expires = minted.expires or (facts.expires if facts else None)
    return Credential(TOKEN_USER, minted.token, source, expires)
