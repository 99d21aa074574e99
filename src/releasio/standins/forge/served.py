"""What forges on loopback have in common: a server, a log, a clock and one repository."""

from __future__ import annotations

import threading
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from releasio.standins.clock import machine_clock
from releasio.standins.forge.bare import BareRepository
from releasio.standins.forge.exchange import Exchange, ExchangeLog
from releasio.standins.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

NOT_THE_REAL_ONE = "releasio's stand-in for a forge; this is not the real one"


@dataclass(frozen=True)
class Call:
    """A request on its way to its answer, and the record of it."""

    request: Request
    exchange: Exchange

    @property
    def environ(self) -> WSGIEnvironment:
        """What the server knows of the request."""
        return self.request.environ


class ServedForge:
    """
    A forge that is served on loopback inside `with`; its address is known from the start.

    Subclasses say in `operation_of` what a request asks for, and in `answer` what comes of it.

    Args:
        bare_repository: A bare git repository that is there; pushes to it are seen.
        slug: Owner and name of the repository.
        clock: Tells the time, aware.
    """

    def __init__(
        self,
        bare_repository: Path,
        slug: str,
        *,
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        self.git = BareRepository(bare_repository)
        self.owner, _, self.repo = slug.rpartition("/")
        self.clock = clock
        self.lock = threading.RLock()  # one request after the other changes what there is
        self._log = ExchangeLog()
        self._server = Server(self._app)

    def __enter__(self) -> Self:
        self._server.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.stop()

    @property
    def site(self) -> str:
        """The address of the server, without a slash at the end."""
        return self._server.url

    @property
    def slug(self) -> str:
        """Owner and name of the repository."""
        return f"{self.owner}/{self.repo}"

    @property
    def page(self) -> str:
        """The repository's web page."""
        return f"{self.site}/{self.slug}"

    @property
    def log(self) -> list[Exchange]:
        """What was asked, and what was answered, in order."""
        return self._log.exchanges()

    def now(self) -> str:
        """Return the moment as interfaces write it."""
        return f"{self.clock().astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def operation_of(self, request: Request) -> str:
        """Return the name of what *request* asks for; empty: nothing that is known."""
        raise NotImplementedError

    def answer(self, call: Call) -> Response:
        """Return the answer to *call*, refusals included."""
        raise NotImplementedError

    def respond(self, call: Call) -> Response:
        """Return what is sent in the end: the answer, where nothing goes wrong on the way."""
        with self.lock:
            return self.answer(call)

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        with closing(Request(environ)) as request:
            request.max_content_length = None
            call = Call(request, self._log.open(self.operation_of(request), request))
            if request.is_json:
                call.exchange.body = request.get_json(silent=True)
            response = self.respond(call)
            call.exchange.close(response)
            response.headers.pop("Date", None)  # the server adds it
            response.headers["X-Stand-In"] = NOT_THE_REAL_ONE
            return response(environ, start_response)
