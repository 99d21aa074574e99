"""Answers that end: a limit in size, unpacked, and in total time for each of them."""

from __future__ import annotations

import time
import zlib
from contextlib import closing
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple

import httpx

from releasio.world.processes.deadline import until

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 300.0  # seconds for a whole answer, from the end of the request
_SLOWEST = 16 << 10  # bytes a second that a file comes with, all in all
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_PACKED = {b"content-encoding", b"content-length", b"transfer-encoding"}


class Limits(NamedTuple):
    """
    How much of an answer that is read as a whole is taken, and for how long.

    Attributes:
        size: Bytes of it, unpacked; the longest pages of PyPI have some ten million.
        error_size: The same for one that tells of an error: what goes beyond is dropped.
        seconds: From the end of the request to the end of the answer.
    """

    size: int = 64 << 20
    error_size: int = 1 << 20
    seconds: float = _LONGEST


LIMITS = Limits()


class EndlessAnswer(httpx.RequestError):
    """An answer that is longer, or takes longer, than any that makes sense."""


class BoundedClient(httpx.Client):
    """
    A client of httpx whose answers end.

    The time-outs of httpx are for the next byte, and it unpacks whatever comes. Here an answer
    that is read as a whole keeps to *limits*, or `EndlessAnswer` is raised; of one that tells
    of an error the beginning is enough, and is kept. One that is streamed has to begin in
    time, and is read with `pieces`. Redirects are not followed.
    """

    def __init__(self, *, limits: Limits = LIMITS, **options: Any) -> None:  # noqa: ANN401 -- httpx's
        super().__init__(**options)
        self.limits = limits
        self.headers["Accept-Encoding"] = "gzip"

    def send(self, request: httpx.Request, *, stream: bool = False, **_: Any) -> httpx.Response:  # noqa: ANN401 -- httpx's
        """Do what httpx does, within the limits."""
        watch = _Watch(request, _seconds(request, self.limits))
        request.stream = _Watched(request.stream, watch)
        response = until(
            watch.left,
            lambda: httpx.Client.send(self, request, stream=True, follow_redirects=False),
            watch.late,
        )
        if stream:
            return response
        with closing(response):
            return _whole(response, watch, self.limits)


class _Watch:
    """Since when the answer to *request* is waited for, and how long that is done."""

    def __init__(self, request: httpx.Request, seconds: float) -> None:
        self.request, self.seconds = request, seconds
        self.restart()

    def restart(self) -> None:
        self._began = time.monotonic()

    def left(self) -> float:
        return self._began + self.seconds - time.monotonic()

    def late(self) -> EndlessAnswer:
        message = f"its answer did not end within {self.seconds:g} s"
        return EndlessAnswer(message, request=self.request)


class _Watched(httpx.SyncByteStream):
    """The body of a request; while it is sent, nobody waits for the answer."""

    def __init__(self, stream: Any, watch: _Watch) -> None:  # noqa: ANN401 -- of either kind
        self._stream, self._watch = stream, watch

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._watch.restart()
            yield chunk
        self._watch.restart()


def pieces(response: httpx.Response, limit: int) -> Iterator[bytes]:
    """
    Yield the bytes of a streamed *response* as they come, packed as they are.

    Raises:
        EndlessAnswer: There are more than *limit*, or they come more slowly than anybody waits.
    """
    watch, size = _Watch(response.request, _seconds(response.request, LIMITS)), 0
    for chunk in response.iter_raw():
        size += len(chunk)
        if size > limit:
            raise _too_long(response, limit)
        if watch.left() + size / _SLOWEST < 0:
            raise watch.late()
        yield chunk


def _seconds(request: httpx.Request, limits: Limits) -> float:
    """Return how long the answer to *request* may take; who has less time says so there."""
    read = request.extensions.get("timeout", {}).get("read") or 0.0
    return float(request.extensions.get("total") or max(limits.seconds, read))


def _whole(response: httpx.Response, watch: _Watch, limits: Limits) -> httpx.Response:
    """Return *response* with all of its body, or as much of an error's as is of use."""
    if response.is_stream_consumed:
        return response
    is_error = response.status_code >= HTTPStatus.BAD_REQUEST
    limit = limits.error_size if is_error else limits.size
    body = bytearray()
    try:
        for piece in _unpacked(response, limit):
            body += piece
            if len(body) > limit:
                raise _too_long(response, limit)
            if watch.left() < 0:
                raise watch.late()
    except EndlessAnswer:
        if not is_error:
            raise
    return httpx.Response(
        response.status_code,
        headers=[
            (name, text) for name, text in response.headers.raw if name.lower() not in _PACKED
        ],
        content=bytes(body[:limit]),
        request=response.request,
        extensions=response.extensions,
    )


def _unpacked(response: httpx.Response, limit: int) -> Iterator[bytes]:
    """Yield the body of *response* in pieces of no more than *limit* bytes and one."""
    packing = response.headers.get("Content-Encoding", "").strip().lower()
    if packing in {"", "identity"}:
        yield from response.iter_raw()
        return
    if packing not in _WINDOWS:
        message = f"nobody asked for {packing[:20]!r}"
        raise httpx.DecodingError(message, request=response.request)
    unpacking = zlib.decompressobj(_WINDOWS[packing])
    for chunk in response.iter_raw():
        try:
            yield unpacking.decompress(chunk, limit + 1)
        except zlib.error as error:
            raise httpx.DecodingError(str(error), request=response.request) from error


def _too_long(response: httpx.Response, limit: int) -> EndlessAnswer:
    message = f"its answer has more than {limit:,} bytes"
    return EndlessAnswer(message, request=response.request)
