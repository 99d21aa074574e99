"""How Gitea words its answers: documents, pages of lists, refusals."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Request

_MOST, _USUAL = 50, 30  # entries of a page


class Refused(Exception):
    """Gitea does not do what was asked; *message* tells why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message

    def answer(self, site: str) -> Response:
        """Return the answer that says so, from the server at *site*."""
        body: dict[str, object] = {"message": self.message, "url": f"{site}/api/swagger"}
        if self.status == HTTPStatus.NOT_FOUND:
            body = {"errors": [], **body}
        return as_json(body, self.status)


def not_found(*, what: str = "") -> Refused:
    """Return the refusal of what is not there."""
    return Refused(404, what or "The target couldn't be found.")


def as_json(data: object, status: int = 200) -> Response:
    """Render *data* as a document."""
    response = Response(json.dumps(data), status=status, mimetype="application/json")
    response.headers["Content-Type"] = "application/json;charset=utf-8"
    return response


def nothing(status: int = 204) -> Response:
    """Return the answer that has no document."""
    return Response(status=status)


def paged(request: Request, items: Sequence[object], address: str) -> Response:
    """
    Return one page of *items*, and where the others are.

    Args:
        request: Says which page, and how many entries on one: 30, or up to 50.
        items: All of them.
        address: Where the list is, without a query.
    """
    size = min(request.args.get("limit", _USUAL, type=int) or _USUAL, _MOST)
    number = max(request.args.get("page", 1, type=int), 1)
    last = max((len(items) + size - 1) // size, 1)
    response = as_json(items[(number - 1) * size : number * size])
    links = {"next": number + 1, "last": last, "first": 1, "prev": number - 1}
    query = request.args.to_dict()
    response.headers["Link"] = ",".join(
        f'<{address}?{urlencode({**query, "limit": size, "page": page})}>; rel="{name}"'
        for name, page in links.items()
        if 1 <= page <= last and page != number
    )
    response.headers["X-Total-Count"] = str(len(items))
    if not response.headers["Link"]:
        del response.headers["Link"]
    return response
