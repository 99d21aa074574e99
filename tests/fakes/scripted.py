"""A server that gives the answers it was told, one after the other, and remembers the requests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from werkzeug.wrappers import Request, Response

from releasio.standins.server import Server
from tests.embedded.site import reset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

RESET = "the connection breaks"


@dataclass
class Asked:
    """A request; header names in lower case."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: bytes


@dataclass
class Scripted:
    """What will be answered: a response, or `RESET`; the last one counts for all that follow."""

    answers: list[Response | str] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    url: str = ""

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        headers = {name.lower(): value for name, value in request.headers}
        self.asked.append(
            Asked(request.method, request.path, request.args.to_dict(), headers, request.get_data())
        )
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, str):
            reset(environ)
        body = answer.get_data()  # type: ignore[union-attr] # reset raises
        # not by werkzeug, which mends what is wrong
        start(answer.status, [*{"Content-Length": str(len(body)), **answer.headers}.items()])  # type: ignore[union-attr] # as above
        return [body]


@contextmanager
def scripted(*answers: Response | str) -> Iterator[Scripted]:
    """Serve *answers* until the end of the block."""
    script = Scripted(list(answers))
    server = Server(script)
    script.url = server.url
    server.start()
    try:
        yield script
    finally:
        server.stop()


def document(text: str = "{}", status: int = 200, **headers: str) -> Response:
    """Return an answer of JSON."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(text, status=status, headers=named, mimetype="application/json")
