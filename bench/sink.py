"""An index that keeps nothing: it hashes what is uploaded and lists it, after a latency."""

from __future__ import annotations

import hashlib
import json
import re
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 256 * 1024
_NAME = re.compile(rb'filename="([^"]+)"')
_SHA256 = re.compile(rb'name="sha256_digest"\r\n(?:[^\r\n]+\r\n)*\r\n([0-9a-f]{64})')
_SIMPLE = "application/vnd.pypi.simple.v1+json"


class Sink(ThreadingHTTPServer):
    """
    A package index on loopback, for one project.

    Attributes:
        latency: Seconds each answer comes late.
        files: Name to sha256 as the uploader said; of the body, every byte was hashed.
    """

    daemon_threads = True
    request_queue_size = 64
    latency = 0.0

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Where uploads go."""
        return f"http://127.0.0.1:{self.server_port}/legacy/"


class _Handler(BaseHTTPRequestHandler):
    server: Sink
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Show the project's page; nothing else is here."""
        if not self.path.startswith("/simple/") or not self.server.files:
            self._answer(404, b"404 Not Found", "text/plain")
            return
        files = [
            {"filename": name, "url": f"/files/{name}", "hashes": {"sha256": digest}}
            for name, digest in list(self.server.files.items())
        ]
        page = {"meta": {"api-version": "1.0"}, "name": "payload", "files": files}
        self._answer(200, json.dumps(page).encode(), _SIMPLE)

    def do_POST(self) -> None:
        """Hash the whole body, and remember what its head says."""
        digest, head = hashlib.sha256(), b""
        for chunk in self._body():
            digest.update(chunk)
            if len(head) < _CHUNK:
                head += chunk
        # the fields may stand behind the file, as some clients have it
        tail = chunk[-_CHUNK:]
        name, said = _NAME.search(head), _SHA256.search(head) or _SHA256.search(tail)
        if name and said:
            self.server.files[name[1].decode()] = said[1].decode()
        self._answer(200 if name and said else 400, b"", "text/plain")

    def _body(self) -> Iterator[bytes]:
        if self.headers.get("Transfer-Encoding") == "chunked":
            while size := int(self.rfile.readline(), 16):
                yield self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return
        left = int(self.headers["Content-Length"])
        while left and (chunk := self.rfile.read(min(left, _CHUNK))):
            left -= len(chunk)
            yield chunk

    def _answer(self, status: int, body: bytes, kind: str) -> None:
        time.sleep(self.server.latency)
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in http.server
        """Say nothing."""


@contextmanager
def sink() -> Iterator[Sink]:
    """Serve until the end of the block."""
    with Sink() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
