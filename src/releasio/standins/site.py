"""The embedded index as one WSGI application: its answers, and the faults it was asked for."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from releasio.standins.responses import NOT_PYPI, Refused, refusal
from releasio.standins.routes import Call, Request
from releasio.standins.server import reset
from releasio.standins.trouble import outages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from werkzeug.wrappers import Response

    from releasio.standins.record import Log
    from releasio.standins.routes import Handler, Routes
    from releasio.standins.store import Store
    from releasio.standins.trouble.faults import Fault, Faults


@dataclass(frozen=True, kw_only=True)
class Site:
    """
    Routes, log and faults put together.

    Attributes:
        clock: Tells the time, aware.
        reason_phrases: Whether status lines say more than a number; HTTP/2 has no such thing.
        stopping: Set when slow answers need not be waited for any longer.
    """

    routes: Routes
    store: Store
    faults: Faults
    log: Log
    clock: Callable[[], datetime]
    reason_phrases: bool
    stopping: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        with closing(Request(environ)) as request:
            kind, handler = self.routes.find(request)
            record = self.log.open(kind, request)
            fault = self.faults.take(kind, self.store.records.serial, self.clock().timestamp())
            record.fault = fault.how if fault else None
            stale = fault if fault and fault.how.startswith("stale") else None
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
                outages.read_half(call.request)
                reset(call.request.environ)
            case ["timeout", "before"]:
                self._never(call)
            case ["slow"]:
                self.stopping.wait(fault.seconds)
        return outages.instead(fault)

    def _after(self, call: Call, fault: Fault, answer: Response) -> Response:
        """Let it go wrong after everything was done."""
        outages.take_in(answer)
        match fault.how.split("-"):
            case ["reset", "after"]:
                reset(call.request.environ)
            case ["timeout", "after"]:
                self._never(call)
        return outages.spoilt(fault, answer)

    def _never(self, call: Call) -> None:
        """Leave *call* without an answer until the index ends."""
        self.stopping.wait()
        reset(call.request.environ)


def _bare(start_response: StartResponse) -> StartResponse:
    """Return *start_response* without the words of the status line."""

    def start(
        status: str, headers: list[tuple[str, str]], error: OptExcInfo | None = None, /
    ) -> Callable[[bytes], object]:
        return start_response(status.partition(" ")[0], headers, error)

    return start
