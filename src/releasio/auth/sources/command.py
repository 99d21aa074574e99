"""A token that a program prints: a password manager, a vault, a company's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.auth.asking import LONGEST
from releasio.errors.auth.credential_source import CommandFailed
from releasio.frozen import frozen
from releasio.rules.credentials.credential import TOKEN_USER, Credential, NotHere
from releasio.rules.credentials.secret import stray
from releasio.text.command_line import joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.index.registry import Registry

_NAME = "publish.token_command"
_NOTHING_ELSE = (
    "It must print the token and nothing else: greetings and colours belong on standard error, or "
    "nowhere."
)


@frozen
class CommandSource:
    """The program of `publish.token_command`; empty: there is none."""

    command: tuple[str, ...]
    name: str = _NAME
    kind: str = "command"

    def offer(self, _env: Mapping[str, str], _registry: Registry) -> str | NotHere:
        """It applies where it is set."""
        return f"runs {self.command[0]}" if self.command else NotHere("not set")

    def foresee(self, _asking: Asking) -> NotHere | None:
        """Nobody knows before it has run."""
        return None

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Run it."""
        from releasio.world.tokens.command import ask_program

        printed = ask_program(self.command, asking.env)
        screen, user = asking.index.requester.screen, asking.registry.user
        if (size := len(printed.token.reveal())) > LONGEST:
            problem = f"it printed {size:,} characters, and no token is as long"
            raise CommandFailed(joined(self.command[:1]), problem, hint=_NOTHING_ELSE)
        screen.mask(printed.token)
        for line in printed.said:
            screen.line(line)
        if stray_text := stray(printed.token, token=user == TOKEN_USER):
            problem = f"what it printed has {stray_text} in it"
            raise CommandFailed(joined(self.command[:1]), problem, hint=_NOTHING_ELSE)
        return asking.accept(user, printed.token, _NAME)
