"""The embedded index with the faults it was asked for."""

from __future__ import annotations

import os
import socket
import struct
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from releasio.standins.responses import as_json
from releasio.standins.site import Site
from tests.embedded import outages
from tests.embedded.states import HORIZON, STATE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from _typeshed import OptExcInfo
    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from werkzeug.wrappers import Response

    from releasio.standins.routes import Call, Handler
    from releasio.standins.store import Store
    from tests.embedded.faults import Fault, Faults

# SO_LINGER: on, zero seconds; closing then resets
_AT_ONCE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


@dataclass(frozen=True, kw_only=True)
class FaultySite(Site):
    """
    A site on which something goes wrong.

    Attributes:
        clock: Tells the time, aware.
        reason_phrases: Whether status lines say more than a number; HTTP/2 has no such thing.
        stopping: Set when slow answers need not be waited for any longer.
    """

    store: Store
    faults: Faults
    clock: Callable[[], datetime]
    reason_phrases: bool
    stopping: threading.Event = field(default_factory=threading.Event)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        start = start_response if self.reason_phrases else _bare(start_response)
        return super().__call__(environ, start)

    def answer(self, call: Call, handler: Handler) -> Response:
        """Return the answer, or what a fault leaves of it."""
        record = call.record
        fault = self.faults.take(record.kind, self.store.records.serial, self.clock().timestamp())
        if fault is None:
            return super().answer(call, handler)
        record.fault = fault.how
        early = self._before(call, fault)
        return early or self._after(call, fault, self._answer_in_state(call, handler, fault))

    def _answer_in_state(self, call: Call, handler: Handler, fault: Fault) -> Response:
        if (call.record.kind, fault.how) == ("integrity", "attestations-off"):
            return as_json({"message": "Attestations temporarily disabled"}, 403)
        state = STATE.set(fault.how)
        horizon = HORIZON.set(fault.serial if fault.how.startswith("stale") else None)
        try:
            return super().answer(call, handler)
        finally:
            STATE.reset(state)
            HORIZON.reset(horizon)

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


def reset(environ: WSGIEnvironment) -> None:
    """
    Break the connection of the request *environ* with a TCP reset.

    Raises:
        ConnectionResetError: Always, so that nothing more is sent.
    """
    connection: socket.socket = environ["werkzeug.socket"]
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    # detached first: what still refers to the connection would keep it open
    socket.close(connection.detach())
    raise ConnectionResetError


def _bare(start_response: StartResponse) -> StartResponse:
    """Return *start_response* without the words of the status line."""

    def start(
        status: str, headers: list[tuple[str, str]], error: OptExcInfo | None = None, /
    ) -> Callable[[bytes], object]:
        return start_response(status.partition(" ")[0], headers, error)

    return start
