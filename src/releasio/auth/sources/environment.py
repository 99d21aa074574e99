"""Tokens and passwords from environment variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import PYPI, TESTPYPI

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry

# variables that belong to one index, whatever the registry is called
_OWNERS = {"PYPI_TOKEN": PYPI, "TESTPYPI_TOKEN": TESTPYPI}


def variables(registry: Registry) -> tuple[str, ...]:
    """Return the variables that may hold the secret for *registry*, first choice first."""
    own = re.sub(r"[^A-Z0-9]", "_", registry.name.upper())
    return (
        f"RELEASIO_TOKEN_{own}",
        "RELEASIO_TOKEN",
        *_OWNERS,
        "UV_PUBLISH_TOKEN",
        "TWINE_PASSWORD",
    )


@frozen
class VariableSource:
    """One environment variable."""

    name: str
    kind: str = "environment"

    def offer(self, env: Mapping[str, str], registry: Registry) -> str | NotHere:
        """It applies where the variable has a value, and belongs to no other index."""
        if self.name not in env:
            return NotHere("not set")
        if not env[self.name].strip():
            # a secret that the CI does not give to this job arrives like this
            return NotHere("set, but empty")
        owner = _OWNERS.get(self.name)
        if owner is not None and owner.site != registry.site:
            return NotHere(f"set, but only used for {owner.name}")
        return "set"

    def foresee(self, asking: Asking) -> NotHere | None:
        """Read it: a token says itself which index and project it is for, and until when."""
        self.ask(asking)
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Take its value, without the line break that often comes along."""
        user = asking.registry.user
        if self.name == "TWINE_PASSWORD":
            user = asking.env.get("TWINE_USERNAME", "").strip() or user
        return asking.accept(user, Secret(asking.env[self.name].strip()), self.name)
