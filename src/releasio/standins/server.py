"""A WSGI server on loopback that starts at once, says nothing, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
_POLL = 0.01  # seconds until a server that shall stop notices


class _Handler(WSGIRequestHandler):
    """Answers one request per connection."""

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 -- as in werkzeug
        """Say nothing: the index keeps its own record."""

    def connection_dropped(
        self,
        error: BaseException,  # noqa: ARG002 -- as in werkzeug
        environ: WSGIEnvironment | None = None,  # noqa: ARG002 -- as in werkzeug
    ) -> None:
        """Do not wait for another request."""
        self.close_connection = True


class _Threaded(ThreadedWSGIServer):
    """Ends only after every answer has ended, and knows the connections to end them by."""

    daemon_threads = False

    def __init__(self, app: WSGIApplication) -> None:
        super().__init__(HOST, 0, app, _Handler)
        # a connection that is gone again before it is accepted must not be waited for
        self.socket.settimeout(_POLL)
        self._open: set[socket.socket] = set()

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 -- as in socketserver
        """Remember the connection."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 -- as in socketserver
        """Forget the connection."""
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every connection: a client that says nothing would be waited for otherwise."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Server:
    """Serves on a port of the kernel's choice, which is taken from the beginning."""

    def __init__(self, app: WSGIApplication) -> None:
        self._server = _Threaded(app)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(_POLL,), name="embedded index"
        )

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://{HOST}:{self._server.port}"

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def stop(self) -> None:
        """Stop, and wait until nothing is left."""
        self._server.shutdown()  # no new connections
        self._server.hang_up()
        self._thread.join()
