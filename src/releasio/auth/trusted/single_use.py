"""An identity that the CI handed over in a variable: there is one, and it can be used once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.auth.asking import whole
from releasio.errors.auth.identity import IdentityExpired, IdentityForAnother, IdentityRefused
from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.claims import read_claims

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.auth.asking import Asking


def identity_in(asking: Asking, variable: str) -> Secret:
    """
    Return the identity that *variable* holds, hidden from now on.

    Raises:
        SecretGarbled: There is something in it that cannot be part of it.
    """
    identity = Secret(asking.env[variable].strip())
    asking.index.requester.screen.mask(identity)
    return whole(identity, variable)


def once(asking: Asking, variable: str, identity: Secret, audience: str) -> Callable[[], Secret]:
    """
    Return what gives *identity*, the first time it is called.

    Raises:
        IdentityForAnother: The index would refuse it, for its audience.
        IdentityExpired: It would refuse it, for its age.
    """
    claims = read_claims(identity)
    registry, claimed_audience, end = asking.registry.name, claims.get("aud"), claims.get("exp")
    if claimed_audience != audience:
        raise IdentityForAnother(variable, registry, found=claimed_audience, wanted=audience)
    if isinstance(end, int) and 0 < end <= asking.index.requester.clock().timestamp():
        raise IdentityExpired(variable, datetime.fromtimestamp(end, UTC))
    unused = [identity]

    def take() -> Secret:
        if not unused:
            problem = f"the one in {variable} may have been used up by a try that got no answer"
            raise IdentityRefused(registry, problem)
        return unused.pop()

    return take
