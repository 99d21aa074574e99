"""A git remote over HTTP, `git http-backend` behind it, and faults on demand."""

from __future__ import annotations

import os
import socket
import struct
import subprocess
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LOOK, OFFER, PUSH = "look", "offer", "push"
# SO_LINGER: on, zero seconds; closing then resets
_AT_ONCE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)
_LOGIN = b"<!DOCTYPE html>\n<html><body><form action='/login'>Who are you?</form></body></html>\n"
_STATUS = {"login": 200, "garbage": 200, "proxy": 502}


@dataclass
class Remote:
    """
    The repository, and what goes wrong with it.

    Requests are of three kinds: `look` (which refs are there; also a fetch), `offer` (the same
    before a push), and `push`. `fail` lets some of a kind go wrong: `NNN` or `NNN-after` (a
    status instead of, or after, the deed), `reset`, `reset-after`, `silent`, `silent-after`,
    `proxy` and `login` (pages), `garbage`, `cut` (half of the answer).
    """

    folder: Path
    url: str
    stopping: threading.Event = field(default_factory=threading.Event)
    asked: list[str] = field(default_factory=list)
    met: list[tuple[str, str]] = field(default_factory=list)  # kind of a request, and its fault
    words: bytes = b"Backend is unhealthy\n"  # said with a status; git shows them
    _faults: dict[str, list[str]] = field(default_factory=dict)

    def fail(self, kind: str, how: str, times: int = 1) -> None:
        self._faults.setdefault(kind, []).extend([how] * times)

    def heal(self) -> None:
        self._faults.clear()

    def take(self, kind: str) -> str:
        self.asked.append(kind)
        planned = self._faults.get(kind)
        how = planned.pop(0) if planned else ""
        self.met += [(kind, how)] if how else []
        return how


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    remote: Remote

    def handle_error(self, request: object, client_address: object) -> None:
        """A connection that broke is what was wanted."""


class _Handler(BaseHTTPRequestHandler):
    """Answers several requests per connection, as forges do: curl then repeats one on a reset."""

    protocol_version = "HTTP/1.1"
    server: _Server
    _KINDS: ClassVar = {
        "service=git-upload-pack": LOOK,
        "service=git-receive-pack": OFFER,
        "/git-upload-pack": LOOK,
        "/git-receive-pack": PUSH,
    }

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        self._answer(self._body())

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length", "0")))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def _answer(self, body: bytes) -> None:
        kind = next(kind for end, kind in self._KINDS.items() if self.path.endswith(end))
        how = self.server.remote.take(kind)
        if how and not how.endswith(("-after", "cut", "garbage")):
            self._instead(how)
            return
        status, headers, answer = self._ask_git(body)
        if how.endswith("-after"):
            self._instead(how.removesuffix("-after"))
        elif how == "cut":
            self._send(status, headers, answer[: len(answer) // 2], length=len(answer))
            self._reset()
        elif how == "garbage":
            self._send(status, headers, bytes(range(256)))
        else:
            self._send(status, headers, answer)

    def _instead(self, how: str) -> None:
        match how:
            case "reset":
                self._reset()
            case "silent":
                self.server.remote.stopping.wait()
                self._reset()
            case "login" | "proxy":
                self._send(_STATUS[how], {"Content-Type": "text/html"}, _LOGIN)
            case status:
                self._send(int(status), {"Content-Type": "text/plain"}, self.server.remote.words)

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        with suppress(OSError):
            socket.close(self.connection.detach())

    def _ask_git(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        address = urlsplit(self.path)
        env = {
            **os.environ,
            "GIT_PROJECT_ROOT": str(self.server.remote.folder.parent),
            "GIT_HTTP_EXPORT_ALL": "1",
            "REMOTE_USER": "ada",  # who is known may push
            "REMOTE_ADDR": "127.0.0.1",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": address.path,
            "QUERY_STRING": address.query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
        }
        done = subprocess.run(
            ["git", "http-backend"], env=env, input=body, capture_output=True, check=True
        )
        head, _, answer = done.stdout.partition(b"\r\n\r\n")
        headers = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        return int(headers.pop("Status", "200").split()[0]), headers, answer

    def _send(
        self, status: int, headers: dict[str, str], body: bytes, length: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- as in http.server
        """Say nothing."""


@contextmanager
def git_over_http(folder: Path) -> Iterator[Remote]:
    """Serve the bare repository in *folder* until the end of the block."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        url = f"http://127.0.0.1:{server.server_port}/{folder.name}"
        server.remote = Remote(folder, url)
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server.remote
        finally:
            server.remote.stopping.set()
            server.shutdown()
            thread.join()
