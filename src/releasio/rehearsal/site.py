"""The embedded index as one WSGI application: its answers, and the faults it was asked for."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from releasio.rehearsal.answers import NOT_PYPI, Refused, as_json, refusal
from releasio.rehearsal.routes import Call, Request
from releasio.rehearsal.server import reset

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from releasio.rehearsal.faults import Fault, Faults
    from releasio.rehearsal.record import Log
    from releasio.rehearsal.routes import Handler, Routes
    from releasio.rehearsal.store import Store

_PROXY_PAGE = (
    "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n"
    "<center><h1>502 Bad Gateway</h1></center>\n<hr><center>proxy</center>\n</body>\n</html>\n"
)


@dataclass(frozen=True, kw_only=True)
class Site:
    """
    Routes, log and faults put together.

    Attributes:
        reason_phrases: Whether status lines say more than a number; HTTP/2 has no such thing.
        stopping: Set when slow answers need not be waited for any longer.
    """

    routes: Routes
    store: Store
    faults: Faults
    log: Log
    reason_phrases: bool
    stopping: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        with closing(Request(environ)) as request:
            kind, handler = self.routes.find(request)
            record = self.log.open(kind, request)
            fault = self.faults.take(kind, self.store.records.serial)
            record.fault = fault.how if fault else None
            stale = fault if fault and fault.how == "stale" else None
            modes = frozenset({fault.how}) if fault else frozenset()
            call = Call(request, record, modes, stale.serial if stale else None)
            answer = self._answer(call, handler, fault)
            record.status, record.reason = answer.status_code, answer.status.partition(" ")[2]
            answer.headers.pop("Date", None)  # the server adds it
            answer.headers["X-Stand-In"] = NOT_PYPI
            return answer(environ, start_response if self.reason_phrases else _bare(start_response))

    def _answer(self, call: Call, handler: Handler, fault: Fault | None) -> Response:
        if fault and (early := self._before(call, fault)):
            return early
        try:
            answer = handler(call)
        except Refused as refused:
            answer = refusal(call.request, refused, self.routes.url)
        return self._after(call, fault, answer) if fault else answer

    def _before(self, call: Call, fault: Fault) -> Response | None:
        """Let it go wrong before anything was done; None: it goes on."""
        match fault.how.split("-"):
            case ["reset", "before"]:
                reset(call.request.environ)
            case ["reset", "middle"]:
                _read_half(call.request)
                reset(call.request.environ)
            case ["slow"]:
                self.stopping.wait(fault.seconds)
            case ["429"]:
                return _too_many()
            case ["html"]:
                return Response(_PROXY_PAGE, status=502, mimetype="text/html")
            case [_, "before"]:
                return _broken(fault)
        return None

    @staticmethod
    def _after(call: Call, fault: Fault, answer: Response) -> Response:
        """Let it go wrong after everything was done."""
        match fault.how.split("-"):
            case ["reset", "after"]:
                reset(call.request.environ)
            case ["truncated"]:
                whole = answer.get_data()
                answer.set_data(whole[: len(whole) // 2])
            case [_, "after"]:
                return _broken(fault)
        return answer


def _bare(start_response: StartResponse) -> StartResponse:
    """Return *start_response* without the words of the status line."""

    def start(
        status: str, headers: list[tuple[str, str]], error: OptExcInfo | None = None, /
    ) -> Callable[[bytes], object]:
        return start_response(status.partition(" ")[0], headers, error)

    return start


def _read_half(request: Request) -> None:
    """Take half of what the client sends, and leave the rest unread."""
    left = (request.content_length or 0) // 2
    while left and (chunk := request.environ["wsgi.input"].read(min(left, 65536))):
        left -= len(chunk)


def _too_many() -> Response:
    answer = as_json({"message": "Too many requests"}, 429)
    answer.headers["RateLimit"] = '"default";r=0;t=1'
    answer.headers["RateLimit-Policy"] = '"default";q=20;w=3600'
    return answer


def _broken(fault: Fault) -> Response:
    return Response("Backend is unhealthy", status=fault.status, mimetype="text/plain")
