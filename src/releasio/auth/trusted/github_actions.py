"""Trusted publishing from a GitHub Actions job."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.asking import whole
from releasio.auth.trusted.elsewhere import elsewhere
from releasio.auth.trusted.exchange import exchange, wanted_audience
from releasio.auth.trusted.prospects import refuse_hopeless
from releasio.errors.auth.identity import (
    ForkHasNoIdentity,
    IdentityNotGiven,
    IdentityPermissionMissing,
)
from releasio.errors.auth.publisher import EventNotTaken
from releasio.errors.index.answers import GarbledAnswer, IndexUnreachable
from releasio.frozen import frozen
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.policy import TRUSTED
from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.claims import read_claims
from releasio.world.ci.ci import REQUEST_TOKEN, REQUEST_URL, read_actions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry


@frozen
class GitHubActionsSource:
    """Ask the runner for an identity, and the index for a token in exchange."""

    name: str = "trusted publishing (GitHub Actions)"
    kind: str = TRUSTED

    def offer(self, env: Mapping[str, str], registry: Registry) -> str | NotHere:
        """It applies in a job with `id-token: write` that is not a fork's."""
        job = read_actions(env)
        if job is None:
            return NotHere(elsewhere(env, registry, "GitHub Actions"))
        if job.event == "pull_request_target" and registry.site is not None:
            return NotHere(
                "the job was started by pull_request_target", EventNotTaken(registry.name)
            )
        if job.grants_identity:
            return "the job may ask for an identity"
        if job.from_fork:
            return NotHere("the job runs for a pull request from a fork", ForkHasNoIdentity())
        return NotHere("the job lacks the permission id-token: write", IdentityPermissionMissing())

    def foresee(self, asking: Asking) -> NotHere | None:
        """
        Fetch an identity and read which workflow the job is of; the index does not get it.

        That the job's service gives none now does not say that it will give none later.
        """
        service, audience = _service(asking), wanted_audience(asking)
        if not isinstance(audience, str):
            return audience
        if asking.registry.site is None:  # what other indexes never trade is not known
            return None
        try:
            identity = service(audience)()
        except (IdentityNotGiven, IndexUnreachable, GarbledAnswer):
            return None
        refuse_hopeless(asking, read_claims(identity))
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Learn the audience, fetch an identity for it, and mint."""
        return exchange(asking, self.name, _service(asking))


def _service(asking: Asking) -> Callable[[str], Callable[[], Secret]]:
    """Return what fetches identities for an audience, each time anew."""
    # httpx is only for those who are going to publish
    from releasio.world.ci.identity import GitHubIdentity

    request_token = whole(Secret(asking.env[REQUEST_TOKEN]), REQUEST_TOKEN)
    asking.index.requester.screen.mask(request_token)
    url = asking.env[REQUEST_URL].strip()

    def fetcher(audience: str) -> Callable[[], Secret]:
        return GitHubIdentity(url, request_token, audience, asking.index.requester).fetch

    return fetcher
