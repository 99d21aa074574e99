"""Answers that are none: what stands in the way of an index, and what is left of its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from releasio.standins.responses import as_json

if TYPE_CHECKING:
    from releasio.standins.routes import Request
    from tests.embedded.faults import Fault

TOO_MANY = {  # with a 429, which never says when to come back
    "RateLimit": '"default";r=0;t=1',
    "RateLimit-Policy": '"default";q=20;w=3600',
}
_PROXY_PAGE = (
    "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>\n"
    "<center><h1>502 Bad Gateway</h1></center>\n<hr><center>proxy</center>\n</body>\n</html>\n"
)
_LOGIN_PAGE = (
    "<!DOCTYPE html>\n<html>\n<head><title>Welcome to this network</title></head>\n<body>\n"
    "<form action='/login'>Accept the terms of use to go on.</form>\n</body>\n</html>\n"
)
_NOISE = bytes(range(0x80, 0x100)) * 2  # no text in UTF-8, no document of any kind


def instead(fault: Fault) -> Response | None:
    """Return what is answered in place of the index, which hears nothing; None: it is asked."""
    match fault.how.split("-"):
        case ["429"]:
            return _too_many()
        case ["429", "wait"]:
            answer = _too_many()
            answer.headers["Retry-After"] = f"{fault.seconds:.0f}"
            return answer
        case ["html"]:
            return Response(_PROXY_PAGE, status=502, mimetype="text/html")
        case ["html", "200"]:
            return Response(_LOGIN_PAGE, mimetype="text/html")
        case [_, "before"]:
            return _broken(fault)
    return None


def take_in(answer: Response) -> None:
    """Read all of *answer* into memory: a file would be passed on as it is, or be left open."""
    answer.direct_passthrough = False
    answer.make_sequence()
    answer.close()


def spoilt(fault: Fault, answer: Response) -> Response:
    """Return what arrives of the index's *answer*, which was taken in."""
    match fault.how.split("-"):
        case ["garbage"]:
            answer.set_data(_NOISE)
        case ["truncated"]:
            answer.set_data(_half(answer))
        case ["cut"]:
            # of a known length, and shorter: the server ends the connection after it
            headers = answer.headers.copy()
            headers["Content-Length"] = str(len(answer.get_data()))
            return Response(iter([_half(answer)]), answer.status, headers)
        case [_, "after"]:
            return _broken(fault)
    return answer


def read_half(request: Request) -> None:
    """Take half of what the client sends, and leave the rest unread."""
    left = (request.content_length or 0) // 2
    while left and (chunk := request.environ["wsgi.input"].read(min(left, 65536))):
        left -= len(chunk)


def _half(answer: Response) -> bytes:
    whole = answer.get_data()
    return whole[: len(whole) // 2]


def _too_many() -> Response:
    answer = as_json({"message": "Too many requests"}, 429)
    answer.headers.update(TOO_MANY)
    return answer


def _broken(fault: Fault) -> Response:
    return Response("Backend is unhealthy", status=fault.status, mimetype="text/plain")
