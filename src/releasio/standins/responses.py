"""How the embedded index words its answers: one sentence, in as many forms as clients accept."""

from __future__ import annotations

import html
import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

NOT_PYPI = "releasio's embedded index for rehearsals; this is not PyPI"
SITE = "<index>"  # stands for the index's own address until an answer is rendered
HELP = f"{SITE}/help/"

_EXPLANATIONS = {
    400: "The server could not comply with the request since it is either malformed or "
    "otherwise incorrect.",
    403: "Access was denied to this resource.",
    405: "The method is not allowed for this resource.",
    409: "There was a conflict when trying to complete your request.",
    429: "Too many requests.",
}
_AS_PAGE = frozenset({404, 410, 500})  # site templates, whatever the client accepts


class Refused(Exception):
    """The index does not do what was asked; *sentence* travels in status line and body."""

    def __init__(self, status: int, sentence: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.headers = headers or {}


def refusal(request: Request, error: Refused, site: str) -> Response:
    """Render *error* as the index does: reason phrase, and a body by `Accept`."""
    sentence = error.sentence.replace(SITE, site)
    answer = _body(request, error.status, sentence)
    answer.status = f"{error.status} {reason(sentence)}"
    answer.headers.update(error.headers)
    return answer


def success(request: Request) -> Response:
    """Render the answer to an upload that is stored."""
    return _body(request, 200, "OK")


def as_json(data: object, status: int = 200, mimetype: str = "application/json") -> Response:
    """Render *data* as a JSON document."""
    return Response(json.dumps(data), status=status, mimetype=mimetype)


def page(title: str, text: str, status: int = 200) -> Response:
    """Render a small HTML page that says whose it is."""
    body = (
        f"<!DOCTYPE html>\n<html><head><title>{html.escape(title)}</title></head>\n"
        f"<body><h1>{html.escape(title)}</h1>\n{text}\n<footer>{NOT_PYPI}</footer></body></html>\n"
    )
    return Response(body, status=status, mimetype="text/html")


def not_found() -> Response:
    """Render the page of an address that does not exist."""
    return page("404 Not Found", "<p>We looked everywhere but couldn't find this page</p>", 404)


def reason(sentence: str) -> str:
    """Return *sentence* as it fits a status line: one line of Latin-1, the rest as `?`."""
    return " ".join(sentence.split()).encode("latin-1", "replace").decode("latin-1")


def _body(request: Request, status: int, sentence: str) -> Response:
    title = HTTPStatus(status).phrase
    if status in _AS_PAGE:
        return page(f"{status} {title}", f"<p>{html.escape(sentence)}</p>", status)
    explanation = _EXPLANATIONS.get(status, "")
    match request.accept_mimetypes.best_match(["text/html", "application/json"]):
        case "application/json":
            message = f"{explanation}\n\n\n{sentence if status != HTTPStatus.OK else ''}\n\n"
            data = {"message": message, "code": f"{status} {sentence}", "title": title}
            return as_json(data, status)
        case "text/html":
            head = html.escape(f"{status} {sentence}")
            text = f"<h1>{head}</h1>\n  {explanation}<br/><br/>\n{html.escape(sentence)}\n\n"
            whole = f"<html>\n <head>\n  <title>{head}</title>\n </head>\n <body>\n  {text}"
            return Response(f"{whole} </body>\n</html>", status=status, mimetype="text/html")
        case _:
            text = f"{status} {sentence}\n\n{explanation}\n\n\n{sentence}\n\n"
            return Response(text, status=status, mimetype="text/plain")
