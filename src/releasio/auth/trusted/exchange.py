"""Trusted publishing, from whichever CI: trade the job's identity for an upload token."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.auth.trusted.prospects import refuse_hopeless, say_what_to_expect
from releasio.errors.auth.publisher import TrustedPublishingUnsupported
from releasio.errors.index.answers import GarbledAnswer, IndexUnreachable
from releasio.rules.credentials.credential import TOKEN_USER, Credential, NotHere
from releasio.rules.credentials.token import read_token
from releasio.rules.identity.claims import read_claims
from releasio.rules.index.registry import AUDIENCES

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.auth.asking import Asking
    from releasio.rules.credentials.secret import Secret


def exchange(
    asking: Asking, source: str, fetcher: Callable[[str], Callable[[], Secret]]
) -> Credential | NotHere:
    """Trade identities, which *fetcher* gets for an audience, for an upload token."""
    try:
        audience = asking.index.audience()
    except TrustedPublishingUnsupported as error:
        return NotHere(str(error), error)
    claims: dict[str, object] = {}
    minted = asking.index.mint(_looked_at(asking, fetcher(audience), claims), asking.project)
    facts = read_token(minted.token)
    expires = minted.expires or (facts.expires if facts else None)
    return Credential(
        TOKEN_USER, minted.token, source, expires, trusted=True, claims=MappingProxyType(claims)
    )


def wanted_audience(asking: Asking) -> str | NotHere | None:
    """
    Return whom an identity for the index has to be made for, before there is any.

    `NotHere`: it takes none. `None`: it does not tell just now.

    Raises:
        CredentialRefused: It is switched off, or the index names somebody else.
    """
    if audience := AUDIENCES.get(asking.registry.site):
        return audience
    try:
        return asking.index.audience()
    except TrustedPublishingUnsupported as error:
        return NotHere(str(error), error)
    except (GarbledAnswer, IndexUnreachable):
        return None


def _looked_at(
    asking: Asking, fetch: Callable[[], Secret], claims: dict[str, object]
) -> Callable[[], Secret]:
    """Return *fetch* with a look at each identity before anybody gets it; fill in its *claims*."""
    first = [True]

    def take() -> Secret:
        identity = fetch()
        claims.clear()
        claims.update(read_claims(identity))
        refuse_hopeless(asking, claims)
        if first:
            first.clear()
            say_what_to_expect(asking, claims)
        return identity

    return take
