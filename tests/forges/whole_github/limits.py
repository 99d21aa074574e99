"""How many requests a token has left in this hour."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import Refused, as_json
from releasio.standins.forge.github.routes import API, Route

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked

_HOURLY = 5000
_DOCS = "https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api"


class OutOfRequests(Refused):
    """A token has no requests left in this hour."""


@dataclass
class Limits:
    """The requests that tokens have left; each is counted by itself, and what has none, too."""

    clock: Callable[[], datetime]
    hourly: int = _HOURLY
    _used: dict[str, int] = field(default_factory=dict)
    _until: dict[str, datetime] = field(default_factory=dict)

    def leave(self, token: str, remaining: int, seconds: float = 3600.0) -> None:
        """Let *token* have *remaining* requests, until as many *seconds* are over."""
        self._used[token] = self.hourly - remaining
        self._until[token] = self.clock() + timedelta(seconds=seconds)

    def of(self, token: str) -> dict[str, int]:
        """Return what is left of *token*'s requests, as the interface tells it."""
        now = self.clock()
        if token not in self._until or self._until[token] <= now:
            self._used[token], self._until[token] = 0, now + timedelta(hours=1)
        used = min(self._used[token], self.hourly)
        return {
            "limit": self.hourly,
            "used": used,
            "remaining": self.hourly - used,
            "reset": int(self._until[token].timestamp()),
        }

    def count(self, token: str) -> None:
        """
        Count a request.

        Raises:
            OutOfRequests: There is none left.
        """
        if self.of(token)["remaining"] <= 0:
            message = "API rate limit exceeded for user ID 1. If you reach out to GitHub Support "
            raise OutOfRequests(403, {"message": message + f"for help, see {_DOCS}."})
        self._used[token] += 1

    def give_back(self, token: str) -> None:
        """Do not count a request after all: what had not changed costs nothing."""
        self._used[token] -= 1

    def headers(self, token: str) -> dict[str, str]:
        """Return what every answer says of it."""
        told = {f"X-RateLimit-{name.title()}": str(n) for name, n in self.of(token).items()}
        return {**told, "X-RateLimit-Resource": "core"}


def limited(message: str) -> Response:
    """Say that there are no requests left; the status does not."""
    return as_json({"errors": [{"type": "RATE_LIMITED", "message": message}]})


def _rate_limit(asked: Asked) -> Response:
    """Say how many requests are left; asking costs none."""
    limit = asked.hub.limits.of(asked.token.text if asked.token else "")
    return as_json({"resources": {"core": limit, "search": limit}, "rate": limit})


ROUTES = (Route("rate-limit/get", "GET", f"{API}/rate_limit", "", "read", _rate_limit),)
