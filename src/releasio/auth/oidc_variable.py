"""Trusted publishing with an identity token that the CI hands over in a variable."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.auth.github_actions import exchange
from releasio.errors.credential import IdentityNotGiven, IdentityRefused
from releasio.rules.claims import read_claims
from releasio.rules.credential import Credential, NotHere
from releasio.rules.secret import Secret

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.registry import Registry

VARIABLE = "RELEASIO_OIDC_TOKEN"


@dataclass(frozen=True)
class OidcVariableSource:
    """An identity from any CI; there is one, and it can be used once."""

    name: str = f"trusted publishing ({VARIABLE})"
    trusted: bool = True

    def offer(self, env: Mapping[str, str], registry: Registry) -> str | NotHere:  # noqa: ARG002
        """It applies where the variable has a value."""
        return f"{VARIABLE} is set" if env.get(VARIABLE, "").strip() else NotHere("not set")

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Mint with it."""
        identity = Secret(asking.env[VARIABLE].strip())
        asking.index.wire.screen.mask(identity)
        return exchange(asking, self.name, lambda audience: _once(asking, identity, audience))


def _once(asking: Asking, identity: Secret, audience: str) -> Callable[[], Secret]:
    found = read_claims(identity).get("aud")
    if found != audience:
        problem = f"its audience is {found!r}, and {asking.registry.name} wants {audience!r}"
        raise IdentityNotGiven(VARIABLE, problem)
    unused = [identity]

    def take() -> Secret:
        if not unused:
            problem = f"the one in {VARIABLE} may have been used up by a try that got no answer"
            raise IdentityRefused(asking.registry.name, problem)
        return unused.pop()

    return take
