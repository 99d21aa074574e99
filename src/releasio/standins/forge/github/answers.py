"""How GitHub words its answers: documents, pages of lists, refusals."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Request

DOCS = "https://docs.github.com/rest"
_MOST, _USUAL = 100, 30  # entries of a page


class Refused(Exception):
    """GitHub does not do what was asked; *body* tells why."""

    def __init__(
        self, status: int, body: Mapping[str, Any], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(body.get("message", ""))
        self.status = status
        self.body = body
        self.headers = headers or {}

    def answer(self) -> Response:
        """Return the answer that says so."""
        body = {**self.body, "documentation_url": DOCS, "status": str(self.status)}
        response = as_json(body, self.status)
        response.headers.update(self.headers)
        return response


def refuse(status: int, message: str) -> Refused:
    """Return a refusal of one sentence."""
    return Refused(status, {"message": message})


def invalid(*, resource: str, field: str, code: str, message: str = "") -> Refused:
    """Return the refusal of a value; *message* only where *code* is `custom`."""
    error = {"resource": resource, "code": code, "field": field}
    return invalid_all([{**error, **({"message": message} if message else {})}])


def invalid_all(errors: Sequence[Mapping[str, str]]) -> Refused:
    """Return the refusal of several values."""
    return Refused(422, {"message": "Validation Failed", "errors": [*errors]})


def as_json(data: object, status: int = 200) -> Response:
    """Render *data* as a document."""
    response = Response(json.dumps(data), status=status, mimetype="application/json")
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    return response


def nothing() -> Response:
    """Return the answer that has no document."""
    return Response(status=204)


def paged(request: Request, items: Sequence[object], address: str) -> Response:
    """
    Return one page of *items*, and where the others are.

    Args:
        request: Says which page, and how many entries on one: 30, or up to 100.
        items: All of them.
        address: Where the list is, without a query.
    """
    size = min(request.args.get("per_page", _USUAL, type=int) or _USUAL, _MOST)
    number = max(request.args.get("page", 1, type=int), 1)
    last = max((len(items) + size - 1) // size, 1)
    response = as_json(items[(number - 1) * size : number * size])
    links = {"prev": number - 1, "next": number + 1, "last": last, "first": 1}
    wanted = {
        name: page
        for name, page in links.items()
        if (1 <= page <= last and page != number)
        and (name in {"prev", "next"} or (name == "last") == (number < last))
    }
    if number > 1:
        wanted["first"] = 1
    query = request.args.to_dict()
    shown = [
        f'<{address}?{urlencode({**query, "per_page": size, "page": page})}>; rel="{name}"'
        for name, page in wanted.items()
    ]
    if shown:
        response.headers["Link"] = ", ".join(shown)
    return response


def etag_of(response: Response) -> str:
    """Return what GitHub knows this answer by."""
    return f'W/"{hashlib.sha256(response.get_data()).hexdigest()}"'
