"""Send requests to one forge: its token stays there, and only what may arrive twice does."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Any, BinaryIO, NoReturn

import httpx

from releasio.errors.forge.answers import ForgeLimited, ForgeUnreachable
from releasio.rules.forge.limit import limit_of
from releasio.world.http.bounded import pieces
from releasio.world.http.requester import (
    TRIES,
    Requester,
    begin_of,
    describe,
    may_pass,
    passing,
    with_wait,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from releasio.rules.credentials.secret import Secret
    from releasio.rules.forge.limit import Limit
    from releasio.rules.forge.place import ForgePlace

_HOPS = 5
_LARGEST = 2 << 30  # bytes of a file that is downloaded to be hashed
# it is hashed as it is; GitHub gives the file itself to nobody who would have something else, too
_FILE = {"Accept": "application/octet-stream", "Accept-Encoding": "identity"}
_MOST_KEPT = 64  # answers
_MOVED = frozenset({301, 302, 303, 307, 308})


class Exchange:
    """
    Requests to the interface of one forge, and the answers that mean something.

    Args:
        place: Whose interface it is.
        requester: Sends, waits, and says so.
        headers: What every request says.
        login: The header that the token is in, and what is written before it.
        secret: The token; it goes to the scheme, host and port of the interface and nowhere else.
        also: Addresses whose scheme, host and port belong to the interface, too.
    """

    def __init__(
        self,
        place: ForgePlace,
        requester: Requester,
        headers: Mapping[str, str],
        login: tuple[str, str],
        secret: Secret,
        also: Sequence[str] = (),
    ) -> None:
        self.place = place
        self.requester = requester
        self.secret = secret
        self._headers = dict(headers)
        self._login = login
        self._homes = {_origin(httpx.URL(address)) for address in (place.api, *also)}
        self._known: dict[httpx.URL, httpx.Response] = {}
        self._is_down = False

    def url(self, path: str) -> httpx.URL:
        """Return the address of *path*, which begins with `/` and is encoded; or is a whole one."""
        return httpx.URL(f"{self.place.api}{path}" if path.startswith("/") else path)

    def read(self, url: httpx.URL, params: Mapping[str, str | int] | None = None) -> httpx.Response:
        """
        Return the answer to a GET, asked again while that may help.

        What is as it was when it was asked for before is not sent again, and counts as no request
        where the forge says by an ETag what it knows an answer by.

        Raises:
            ForgeUnreachable: Nobody answers, or not with an answer of a forge.
            ForgeLimited: The token's requests are used up.
        """
        address = url.copy_merge_params(dict(params or {}))
        for _ in range(_HOPS):
            known = self._known.get(address)
            headers = {"If-None-Match": known.headers["ETag"]} if known is not None else {}
            make = partial(self._request, "GET", address, headers=headers)
            response = self._send(make, may_repeat=True)
            if known is not None and response.status_code == httpx.codes.NOT_MODIFIED:
                return known
            if response.status_code not in _MOVED:
                self._keep(address, response)
                return response
            address = self._next(response)
        return self.give_up("it redirects without end")

    def _keep(self, address: httpx.URL, response: httpx.Response) -> None:
        self._known.pop(address, None)
        if response.is_success and "ETag" in response.headers:
            self._known[address] = response
            while len(self._known) > _MOST_KEPT:
                del self._known[next(iter(self._known))]

    def change(
        self,
        method: str,
        url: httpx.URL,
        *,
        stream: BinaryIO | None = None,
        harmless: bool = False,
        **body: Any,  # noqa: ANN401 -- httpx's
    ) -> httpx.Response:
        """
        Return the answer to a request that changes something, which arrives once.

        It is sent again only where it was not taken: no connection, or too many requests.

        Args:
            method: POST, PUT, PATCH or DELETE.
            url: Where it goes.
            stream: What of *body* is read while it is sent, each time from its beginning.
            harmless: It only asks, and may arrive as often as it likes.
            body: As httpx takes it.

        Raises:
            ForgeUnreachable: Nobody answers, so that nobody knows what became of it.
            ForgeLimited: The token's requests are used up.
        """

        def make() -> httpx.Request:
            if stream is not None:
                stream.seek(0)
            return self._request(method, url, **body)

        return self._send(make, may_repeat=harmless)

    def sha256(self, url: str) -> str:
        """
        Return the digest of the file at *url*, wherever that sends on to.

        Raises:
            ForgeUnreachable: It cannot be had.
        """
        address, digests = httpx.URL(url), []

        def take(response: httpx.Response) -> None:
            digest = sha256()  # a new one for each try
            for chunk in pieces(response, _LARGEST):
                digest.update(chunk)
            digests.append(digest.hexdigest())

        for _ in range(_HOPS):
            response = self._send(
                partial(self._request, "GET", address, headers=_FILE), may_repeat=True, take=take
            )
            if response.is_success:
                return digests[-1]
            if response.status_code not in _MOVED:
                self.give_up(f"it answered {response.status_code} to a download")
            address = self._next(response)
        return self.give_up("it redirects without end")

    def give_up(self, problem: str, *, tries: int = 1) -> NoReturn:
        """
        Say that there is no usable answer.

        Raises:
            ForgeUnreachable: Always.
        """
        raise ForgeUnreachable(self.place.name, problem, tries=tries) from None

    def close(self) -> None:
        """Close the connections."""
        self.requester.client.close()

    def _request(self, method: str, url: httpx.URL, **options: Any) -> httpx.Request:  # noqa: ANN401 -- httpx's
        headers = self._headers | options.pop("headers", {})
        if _origin(url) in self._homes:
            name, before = self._login
            headers[name] = f"{before}{self.secret.reveal()}"
        return self.requester.client.build_request(method, url, headers=headers, **options)

    def _next(self, response: httpx.Response) -> httpx.URL:
        url = response.request.url.join(response.headers.get("Location", ""))
        if response.request.url.scheme == "https" != url.scheme:
            self.give_up("it sends on from https to http")
        return url

    def _send(
        self,
        make: Callable[[], httpx.Request],
        *,
        may_repeat: bool,
        take: Callable[[httpx.Response], None] | None = None,
    ) -> httpx.Response:
        tries = 1 if self._is_down else TRIES
        for attempt in range(1, tries + 1):
            try:
                response = self._once(make(), take)
            except httpx.InvalidURL as error:
                self.give_up(f"an address of it is none ({error})")
            except httpx.RequestError as error:
                problem, delay = describe(error), None
                if not (may_repeat or _was_not_sent(error)) or not may_pass(error):
                    self.give_up(problem, tries=attempt)
            else:
                limit = self._limit(response)
                delay = limit.seconds if limit else self.requester.wanted(response)
                if limit is None and not (may_repeat and passing(response.status_code)):
                    self._is_down = False
                    return response
                problem = f"it answered {response.status_code}"
                if limit and (attempt == tries or self.requester.late(attempt, delay)):
                    raise ForgeLimited(self.place.name, self.moment(delay))
            if attempt == tries or self.requester.late(attempt, delay):
                self._is_down = True
                self.give_up(with_wait(problem, delay), tries=attempt)
            self.requester.pause(self.place.name, problem, attempt, delay)
        msg = "the last try returns or raises"
        raise AssertionError(msg)

    def _once(
        self, request: httpx.Request, take: Callable[[httpx.Response], None] | None
    ) -> httpx.Response:
        if take is None:
            return self.requester.client.send(request)
        with closing(self.requester.client.send(request, stream=True)) as response:
            if response.is_success:
                take(response)
            return response

    def _limit(self, response: httpx.Response) -> Limit | None:
        return limit_of(
            response.status_code,
            response.headers,
            begin_of(response) if response.status_code == httpx.codes.FORBIDDEN else "",
            wait=self.requester.wanted(response),
            now=self.requester.clock().timestamp(),
        )

    def moment(self, delay: float | None) -> str:
        """Return the time of day that *delay* ends at, for people; empty: nobody knows."""
        if delay is None:
            return ""
        try:
            moment = datetime.fromtimestamp(self.requester.clock().timestamp() + delay, UTC)
        except (OverflowError, ValueError, OSError):
            return ""
        return f"{moment:%Y-%m-%d %H:%M:%S} UTC"


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    port = url.port or {"https": 443, "http": 80}.get(url.scheme)
    return url.scheme, url.host, port


def _was_not_sent(error: httpx.RequestError) -> bool:
    return isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
