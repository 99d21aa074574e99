"""A source of credentials that another package brings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from releasio.credentials import Question, Token
from releasio.frozen import frozen
from releasio.rules.credentials.credential import Credential, NotHere
from releasio.rules.credentials.policy import ORDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry
    from releasio.world.tokens.plugins import Plugin


@frozen
class PluginSource:
    """One entry point of `releasio.credentials`; *kind* is what the settings place it by."""

    plugin: Plugin
    kind: str

    @property
    def name(self) -> str:
        """What people call it."""
        return self.plugin.name

    def offer(self, _env: Mapping[str, str], _registry: Registry) -> str | NotHere:
        """Nobody knows before it is loaded."""
        if self.plugin.name in ORDER:
            return NotHere(f"{self.plugin.package} gives it a name that is taken")
        return f"brought by {self.plugin.package}"

    def foresee(self, _asking: Asking) -> NotHere | None:
        """Nobody knows before it is asked."""
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Load it, and put the question."""
        registry = asking.registry
        token = self.plugin.ask(
            Question(registry.name, registry.upload, asking.project, registry.user, asking.env)
        )
        if not isinstance(token, Token):
            return NotHere(token.reason)
        credential = asking.accept(token.user or registry.user, token.secret, self.name)
        return replace(credential, expires=token.expires or credential.expires)
