"""A token that somebody types."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from releasio.errors.auth.credential import CredentialRefused
from releasio.rules.credentials.credential import TOKEN_USER, Credential, NotHere
from releasio.world.ci.ci import ci_name
from releasio.world.tokens.terminal import TYPED, SystemTerminal, Terminal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry

_TRIES = 3
NOTHING = "nothing was typed"
SEEN = "this terminal would show what is typed"


@dataclass(frozen=True)
class PromptSource:
    """The last resort of a person at a terminal."""

    terminal: Terminal = field(default_factory=SystemTerminal)
    name: str = "prompt"
    kind: str = "prompt"

    def offer(self, env: Mapping[str, str], _registry: Registry) -> str | NotHere:
        """It applies where somebody can answer."""
        if ci_name(env) or not self.terminal.present():
            return NotHere("nobody is at a terminal")
        return "you are asked for it"

    def foresee(self, _asking: Asking) -> NotHere | None:
        """Nobody knows what will be typed."""
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Ask, hidden; once more after what cannot be a secret of the index."""
        for _ in range(_TRIES - 1):
            try:
                return self._ask(asking)
            except CredentialRefused as error:
                asking.index.requester.screen.note(f"{error}. {error.hint}")
        return self._ask(asking)

    def _ask(self, asking: Asking) -> Credential | NotHere:
        registry = asking.registry
        prompt = "API token" if registry.user == TOKEN_USER else f"Password of {registry.user}"
        at = "" if registry.name == registry.host else f" ({registry.host})"
        asking.index.requester.screen.clear()
        typed = self.terminal.ask(f"{prompt} for {registry.name}{at}: ")
        if typed is None:
            return NotHere(SEEN)
        if not typed:
            return NotHere(NOTHING)
        return asking.accept(registry.user, typed, TYPED)
