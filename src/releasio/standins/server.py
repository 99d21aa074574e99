"""A WSGI server on loopback that starts at once, says nothing, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import selectors
import socket
import threading
from typing import TYPE_CHECKING, Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
_GONE = 0.01  # seconds that are waited for a connection that was there a moment ago


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
        self.socket.settimeout(_GONE)
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
        self._stop, stopping = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, args=(stopping,), name="embedded index")

    @property
    def url(self) -> str:
        """Where it is, without a slash at the end."""
        return f"http://{HOST}:{self._server.port}"

    def start(self) -> None:
        """Answer from now on."""
        self._thread.start()

    def _serve(self, stopping: socket.socket) -> None:
        with stopping, selectors.DefaultSelector() as selector:
            selector.register(self._server, selectors.EVENT_READ)
            selector.register(stopping, selectors.EVENT_READ)
            while stopping not in {key.fileobj for key, _ in selector.select()}:
                self._server.handle_request()

    def stop(self) -> None:
        """Stop, and wait until nothing is left."""
        self._stop.close()  # no new connections
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()  # waits for every answer
