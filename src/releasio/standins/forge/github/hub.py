"""What every part of GitHub works with: the objects, the state, the addresses, the clock."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from releasio.standins.forge.github import pages
from releasio.standins.forge.github.answers import refuse
from releasio.standins.forge.github.tokens import JOB

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Request

    from releasio.standins.forge.bare import BareRepository
    from releasio.standins.forge.github.pages import JSON, Addresses
    from releasio.standins.forge.github.state import State
    from releasio.standins.forge.github.tokens import Token

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Hub:
    """The repository and everything about it."""

    git: BareRepository
    state: State
    addresses: Addresses
    clock: Callable[[], datetime]
    now: Callable[[], str]

    def number(self) -> int:
        """Return an id that nothing has yet."""
        return next(self.state.ids)

    def user(self, login: str) -> JSON:
        """Show the account of *login*."""
        return pages.user(self.addresses, self.state.account(login))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """
    A request that may be answered.

    Attributes:
        hub: What there is.
        request: How it came.
        token: What it came with; None: nothing.
        place: The parts of its path, by name.
        body: Its document; empty: there is none; one that is no object is its member ``.
    """

    hub: Hub
    request: Request
    token: Token | None
    place: dict[str, Any]
    body: dict[str, Any]

    @property
    def login(self) -> str:
        """Whose token it is."""
        return self.token.login if self.token else ""

    @property
    def is_job(self) -> bool:
        """Whether it comes from a job with the job's own token."""
        return self.login == JOB

    def has(self, name: str) -> bool:
        """Tell whether the body names *name*, be it as null."""
        return name in self.body

    def text(self, name: str, default: str = "") -> str:
        """
        Return the text that the body has as *name*.

        Raises:
            Refused: It is no text.
        """
        return self._value(name, "string", default)

    def flag(self, name: str, *, default: bool = False) -> bool:
        """
        Return whether the body says *name*.

        Raises:
            Refused: It says neither yes nor no.
        """
        return self._value(name, "boolean", default)

    def _value(self, name: str, kind: str, default: T) -> T:
        value = self.body.get(name)
        if value is None:
            return default
        if not isinstance(value, type(default)):
            words = f"For 'properties/{name}', {value!r} is not a {kind}."
            raise refuse(422, f"Invalid request.\n\n{words}")
        return value

    def texts(self, name: str) -> list[str]:
        """Return the texts that the body lists as *name*."""
        return [one for one in self.body.get(name) or () if isinstance(one, str)]
