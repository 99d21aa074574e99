"""How GitLab words its answers: documents, pages of lists, refusals."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Request

_MOST, _USUAL = 100, 20  # entries of a page


class Refused(Exception):
    """GitLab does not do what was asked; *body* tells why."""

    def __init__(self, status: int, body: Mapping[str, Any]) -> None:
        super().__init__(str(body))
        self.status = status
        self.body = body

    def answer(self) -> Response:
        """Return the answer that says so."""
        return as_json(self.body, self.status)


def refuse(status: int, message: object) -> Refused:
    """Return a refusal with *message*: a text, a list, or lists by field."""
    return Refused(status, {"message": message})


def no_project() -> Refused:
    """Return what those hear who may not know of the project."""
    return refuse(404, "404 Project Not Found")


def not_found(*, what: str = "") -> Refused:
    """Return the refusal of what is not there."""
    return refuse(404, f"404 {what} Not Found" if what else "404 Not found")


def as_json(data: object, status: int = 200) -> Response:
    """Render *data* as a document."""
    return Response(json.dumps(data), status=status, mimetype="application/json")


def paged(request: Request, items: Sequence[object], address: str) -> Response:
    """
    Return one page of *items*, and where the others are.

    Args:
        request: Says which page, and how many entries on one: 20, or up to 100.
        items: All of them.
        address: Where the list is, without a query.
    """
    size = min(request.args.get("per_page", _USUAL, type=int) or _USUAL, _MOST)
    number = max(request.args.get("page", 1, type=int), 1)
    last = max((len(items) + size - 1) // size, 1)
    response = as_json(items[(number - 1) * size : number * size])
    links = {"prev": number - 1, "next": number + 1, "first": 1, "last": last}
    query = request.args.to_dict()
    response.headers["Link"] = ", ".join(
        f'<{address}?{urlencode({**query, "page": page, "per_page": size})}>; rel="{name}"'
        for name, page in links.items()
        if 1 <= page <= last
    )
    response.headers |= {
        "X-Page": str(number),
        "X-Per-Page": str(size),
        "X-Total": str(len(items)),
        "X-Total-Pages": str(last),
        "X-Next-Page": str(number + 1) if number < last else "",
        "X-Prev-Page": str(number - 1) if number > 1 else "",
    }
    return response
