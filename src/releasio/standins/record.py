"""The record of what was asked of the index, with every secret left out."""

from __future__ import annotations

import threading
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from werkzeug.wrappers import Request as Incoming

    from releasio.standins.store import Fields

_HIDDEN = "***"
_SECRET_HEADERS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "private-token", "job-token"}
)


@dataclass(kw_only=True)
class Request:
    """One request, and what became of it."""

    number: int
    kind: str
    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]  # by lower-case name
    form: Fields = field(default_factory=dict)  # the text fields of an upload
    filename: str | None = None  # of the distribution in an upload
    status: int | None = None  # None: the connection was reset
    reason: str = ""
    fault: str | None = None  # what was made to go wrong

    def as_data(self) -> dict[str, Any]:
        """Return it as JSON has it."""
        return asdict(self)


class Log:
    """The requests in the order they came."""

    def __init__(self) -> None:
        self._requests: list[Request] = []
        self._lock = threading.Lock()

    def open(self, kind: str, request: Incoming) -> Request:
        """Note that *request* has come."""
        with self._lock:
            record = Request(
                number=len(self._requests) + 1,
                kind=kind,
                method=request.method,
                path=request.path,
                query=request.args.to_dict(flat=False),
                headers={name.lower(): shown(name, value) for name, value in request.headers},
            )
            self._requests.append(record)
        return record

    def requests(self) -> list[Request]:
        """Return them all."""
        with self._lock:
            return list(self._requests)


def shown(name: str, value: str) -> str:
    """Return the *value* of a header, without the secret in it."""
    if name.lower() not in _SECRET_HEADERS:
        return value
    scheme, separator, _ = value.partition(" ")
    return f"{scheme} {_HIDDEN}" if separator else _HIDDEN
