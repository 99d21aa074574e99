"""The embedded index as one WSGI application."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.standins.responses import NOT_PYPI, Refused, refusal
from releasio.standins.routes import Call, Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _typeshed.wsgi import StartResponse, WSGIEnvironment
    from werkzeug.wrappers import Response

    from releasio.standins.record import Log
    from releasio.standins.routes import Handler, Routes


@dataclass(frozen=True, kw_only=True)
class Site:
    """Routes and log put together."""

    routes: Routes
    log: Log

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        with closing(Request(environ)) as request:
            kind, handler = self.routes.find(request)
            record = self.log.open(kind, request)
            answer = self.answer(Call(request, record), handler)
            record.status, record.reason = answer.status_code, answer.status.partition(" ")[2]
            answer.headers.pop("Date", None)  # the server adds it
            answer.headers["X-Stand-In"] = NOT_PYPI
            return answer(environ, start_response)

    def answer(self, call: Call, handler: Handler) -> Response:
        """Return the answer of *handler*, or its refusal."""
        try:
            return handler(call)
        except Refused as error:
            return refusal(call.request, error, self.routes.url)
