"""What was asked of a forge, and what it answered, with every secret left out."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from releasio.standins.record import shown

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response


@dataclass(kw_only=True)
class Exchange:
    """
    One request, and the answer to it.

    Attributes:
        number: In the order of all requests; the first is 1.
        operation: What was asked for, as the forge's documentation names it; empty: nothing.
        method: In capitals.
        path: Without the query, unquoted.
        query: What is after the `?`.
        headers: By lower-case name.
        body: The JSON document of the request; None: there was none.
        status: Of the answer; None: the connection was reset.
        answer: The JSON document of the answer; None: there was none.
        answer_headers: By lower-case name.
        fault: What was made to go wrong.
    """

    number: int
    operation: str
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any = None
    status: int | None = None
    answer: Any = None
    answer_headers: dict[str, str] = field(default_factory=dict)
    fault: str | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} -> {self.status}"

    def close(self, answer: Response) -> None:
        """Note the *answer*."""
        self.status = answer.status_code
        self.answer_headers = {name.lower(): value for name, value in answer.headers}
        if answer.is_json and not answer.is_streamed:
            self.answer = answer.get_json(silent=True)


class ExchangeLog:
    """The exchanges in the order they began."""

    def __init__(self) -> None:
        self._exchanges: list[Exchange] = []
        self._lock = threading.Lock()

    def open(self, operation: str, request: Request) -> Exchange:
        """Note that *request* has come."""
        with self._lock:
            exchange = Exchange(
                number=len(self._exchanges) + 1,
                operation=operation,
                method=request.method,
                path=request.path,
                query=request.args.to_dict(),
                headers={name.lower(): shown(name, value) for name, value in request.headers},
            )
            self._exchanges.append(exchange)
        return exchange

    def exchanges(self) -> list[Exchange]:
        """Return them all."""
        with self._lock:
            return list(self._exchanges)
