"""Trusted publishing with an identity token that the CI hands over in a variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.trusted.exchange import exchange, wanted_audience
from releasio.auth.trusted.prospects import refuse_hopeless
from releasio.auth.trusted.single_use import identity_in, once
from releasio.frozen import frozen
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.policy import TRUSTED
from releasio.rules.identity.claims import read_claims

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry

VARIABLE = "RELEASIO_OIDC_TOKEN"


@frozen
class OidcVariableSource:
    """An identity from any CI; there is one, and it can be used once."""

    name: str = f"trusted publishing ({VARIABLE})"
    kind: str = TRUSTED

    def offer(self, env: Mapping[str, str], _registry: Registry) -> str | NotHere:
        """It applies where the variable has a value."""
        return f"{VARIABLE} is set" if env.get(VARIABLE, "").strip() else NotHere("not set")

    def foresee(self, asking: Asking) -> NotHere | None:
        """Read it: an identity says whom it is for, until when, and which job it is of."""
        identity = identity_in(asking, VARIABLE)
        audience = wanted_audience(asking)
        if not isinstance(audience, str):
            return audience
        refuse_hopeless(asking, read_claims(once(asking, VARIABLE, identity, audience)()))
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Mint with it."""
        identity = identity_in(asking, VARIABLE)
        return exchange(
            asking, self.name, lambda audience: once(asking, VARIABLE, identity, audience)
        )
