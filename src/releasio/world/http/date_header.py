"""How far this machine's clock is from that of a server, by its answers."""

from __future__ import annotations

from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    import httpx


def watch_clock(client: httpx.Client, clock: Callable[[], datetime]) -> list[float]:
    """
    Return a list that grows with each answer to *client*: seconds that *clock* is ahead; else 0.

    A cache may hand on the `Date` of the answer that it keeps, or write its own, beside the `Age`
    of what it keeps: the server's present is somewhere from the one to their sum, and a clock in
    between is right.

    Source: RFC 9110, 6.6.1; RFC 9111, 5.1.
    """
    differences: list[float] = []

    def hear(response: httpx.Response) -> None:
        try:
            date = parsedate_to_datetime(response.headers.get("Date", ""))
            age = float(response.headers.get("Age") or 0)
            ahead = (clock() - date).total_seconds()
        except (TypeError, ValueError, OverflowError):
            return  # it does not say
        differences.append(min(ahead, 0.0) or max(ahead - max(age, 0.0), 0.0))

    client.event_hooks = {"response": [hear]}
    return differences
