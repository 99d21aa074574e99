"""A token from the system's keyring."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from releasio.rules.credentials.credential import Credential, NotHere
from releasio.world.ci.ci import ci_name
from releasio.world.tokens.keyring import NAME, Keyring, SystemKeyring

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry


@dataclass(frozen=True)
class KeyringSource:
    """What is kept for the upload URL, as twine keeps it."""

    keyring: Keyring = field(default_factory=SystemKeyring)
    name: str = "keyring"
    kind: str = "keyring"

    def offer(self, _env: Mapping[str, str], registry: Registry) -> str | NotHere:
        """Nobody knows before it is opened."""
        return f"it may keep a token for {registry.upload}"

    def foresee(self, asking: Asking) -> NotHere | None:
        """In a CI there mostly is none; elsewhere it might ask somebody to unlock it."""
        if ci_name(asking.env) and not self.keyring.takes():
            return NotHere("there is none")
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Open it."""
        url = asking.registry.upload
        login = self.keyring.find(url, asking.registry.user)
        if login is None:
            return NotHere(f"nothing is kept for {url}", empty=True)
        return asking.accept(*login, NAME)
