"""A token that a program prints: a password manager, a vault, a company's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.rules.credential import Credential, NotHere

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.auth.asking import Asking
    from releasio.rules.registry import Registry

_NAME = "publish.token_command"


@dataclass(frozen=True)
class CommandSource:
    """The program of `publish.token_command`; empty: there is none."""

    command: tuple[str, ...]
    name: str = _NAME
    kind: str = "command"

    def offer(self, env: Mapping[str, str], registry: Registry) -> str | NotHere:  # noqa: ARG002
        """It applies where it is set."""
        return f"runs {self.command[0]}" if self.command else NotHere("not set")

    def ask(self, asking: Asking) -> Credential | NotHere:
        """Run it."""
        from releasio.world.command import ask_program  # noqa: PLC0415 -- few have one

        printed = ask_program(self.command, asking.env)
        asking.index.wire.screen.mask(printed.token)
        for line in printed.said:
            asking.index.wire.screen.line(line)
        return asking.accept(asking.registry.user, printed.token, _NAME)
