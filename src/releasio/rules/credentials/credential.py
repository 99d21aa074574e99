"""What is sent with an upload, and how each source of it answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import datetime

    from releasio.errors.base import ReleasioError
    from releasio.rules.credentials.secret import Secret

TOKEN_USER = "__token__"  # noqa: S105 -- the fixed user name that goes with every API token
MARGIN = timedelta(minutes=2)  # one large file must still fit into what is left


@dataclass(frozen=True)
class Credential:
    """
    A user name and its secret.

    Attributes:
        user: `__token__` for tokens.
        secret: The token or password.
        source: Where it comes from, for people: `RELEASIO_TOKEN`, `keyring` …
        expires: When the index stops taking it (aware); `None`: not known, or never.
        trusted: It was minted by trusted publishing.
        claims: Of the identity that it was minted for.
    """

    user: str
    secret: Secret
    source: str
    expires: datetime | None = None
    trusted: bool = False
    claims: Mapping[str, object] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False
    )

    def is_alive(self, now: datetime) -> bool:
        """Tell whether the index takes it at *now*, as far as is known."""
        return self.expires is None or now < self.expires

    def ended(self, now: datetime) -> Credential:
        """Return it with no life left after *now*."""
        return replace(self, expires=now)

    def lasts(self, now: datetime) -> bool:
        """Tell whether an upload begun at *now* can still finish with it."""
        return self.expires is None or now + MARGIN < self.expires


# Gives a credential that lasts for an upload begun now; told which one the index just called
# expired, it gives another. Asked from several threads.
Authority = Callable[[Credential | None], Credential]


Outcome = Literal["used", "possible", "not-applicable", "refused"]


@dataclass(frozen=True)
class Answer:
    """
    What one source said.

    Attributes:
        source: The source's name.
        outcome: `possible` only in forecasts: nobody was asked yet.
        reason: One sentence without a full stop.
        error: What stood behind a refusal, or behind "does not apply" if it can be fixed.
        empty: It was looked into, and keeps nothing for the index so far.
    """

    source: str
    outcome: Outcome
    reason: str
    error: ReleasioError | None = field(default=None, compare=False)
    empty: bool = False

    def __str__(self) -> str:
        words = {"not-applicable": "does not apply", "possible": "would be asked"}
        code = f" [{self.error.code}]" if self.outcome == "refused" and self.error else ""
        return f"{self.source}: {words.get(self.outcome, self.outcome)}: {self.reason}{code}"


@dataclass(frozen=True)
class NotHere:
    """A source's answer when it does not apply, and why; *error* and *empty* as in `Answer`."""

    reason: str
    error: ReleasioError | None = None
    empty: bool = False
