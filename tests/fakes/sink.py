"""A server on loopback that takes a body of any size and keeps nothing but its length."""

from __future__ import annotations

from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Sink(ThreadingHTTPServer):
    """Counts the bytes of bodies; answers each with the same."""

    daemon_threads = True
    received = 0
    answer = b""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/legacy/"


class _Handler(BaseHTTPRequestHandler):
    server: Sink

    def do_POST(self) -> None:
        left = int(self.headers["Content-Length"])
        while left > 0:
            size = len(self.rfile.read(min(left, 65536)))
            if not size:
                return
            left -= size
            self.server.received += size
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.server.answer)))
        self.end_headers()
        self.wfile.write(self.server.answer)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def sink() -> Iterator[Sink]:
    """Serve until the end of the block."""
    with Sink(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
