"""Ask one forge, and make of its answers what they mean: a value, nothing, or an error."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from releasio.errors.forge.answers import ForgeForbids, ForgeNotFound, ForgeRefused
from releasio.rules.credentials.secret import redact
from releasio.rules.forge.error_answer import forge_sentence, is_of_repository
from releasio.text.json_text import read_json
from releasio.world.http.requester import begin_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    import httpx

    from releasio.errors.base import ReleasioError
    from releasio.world.forge.exchange import Exchange

T = TypeVar("T")
_READ = "read the repository"
_ENOUGH = 100  # pages; whoever has more is asked no further
ABSENT: frozenset[int] = frozenset({HTTPStatus.NOT_FOUND})
HIDDEN = ABSENT | {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}


class Api:
    """
    The interface of one forge.

    Every method raises what `Forge` says. *read* makes a value of the document that is
    answered; where it stumbles (`KeyError`, `TypeError`, `ValueError`), the answer was none.

    Args:
        exchange: Sends.
        hint: Returns what to do, of a status and the forge's sentence; empty: nobody knows.
    """

    def __init__(self, exchange: Exchange, hint: Callable[[int, str], str]) -> None:
        self._exchange = exchange
        self._hint = hint

    def get(
        self,
        path: str,
        read: Callable[[Any], T],
        params: Mapping[str, str | int] | None = None,
        *,
        deed: str = _READ,
    ) -> T:
        """Return what *read* makes of the answer to a GET."""
        response = self._exchange.read(self._exchange.url(path), params)
        self._check(response, deed)
        return self._value(response, read)

    def find(
        self,
        path: str,
        read: Callable[[Any], T],
        params: Mapping[str, str | int] | None = None,
        *,
        deed: str = _READ,
        nothing: frozenset[int] = ABSENT,
    ) -> T | None:
        """
        Return the same; None: there is no such thing.

        Args:
            path: As in `get`.
            read: As in `get`.
            params: As in `get`.
            deed: As in `get`.
            nothing: The statuses that say so; `HIDDEN`: what the token may not see is not there.
        """
        response = self._exchange.read(self._exchange.url(path), params)
        if response.status_code in nothing:
            return None
        self._check(response, deed)
        return self._value(response, read)

    def each(
        self,
        path: str,
        read: Callable[[Any], T],
        params: Mapping[str, str | int] | None = None,
        *,
        pages: int = _ENOUGH,
        nothing: frozenset[int] = frozenset(),
    ) -> Iterator[T]:
        """
        Yield what *read* makes of each item of a list, page after page.

        Args:
            path: As in `get`.
            read: As in `get`.
            params: As in `get`.
            pages: No more are asked for.
            nothing: The statuses that say that there is no list.
        """
        url, query = self._exchange.url(path), dict(params or {})
        for _ in range(pages):
            response = self._exchange.read(url, query)
            if response.status_code in nothing:
                return
            self._check(response, _READ)
            yield from self._value(response, lambda items: [read(item) for item in _list(items)])
            # only the number is taken from there: behind a proxy the address is often another one
            following = next_page(response)
            if following is None:
                return
            query |= following

    def change(
        self,
        method: str,
        path: str,
        deed: str,
        body: object = None,
        read: Callable[[Any], T] | None = None,
        **options: Any,  # noqa: ANN401 -- httpx's
    ) -> T:
        """
        Send a request that changes something, once, and return what *read* makes of the answer.

        Args:
            method: POST, PUT, PATCH or DELETE.
            path: As in `get`.
            deed: What is done, as it follows "does not let this token".
            body: Sent as JSON; None: there is none.
            read: None: the answer is not looked at.
            options: What else the request has, as httpx takes it.
        """
        if body is not None:
            options["json"] = body
        response = self._exchange.change(method, self._exchange.url(path), **options)
        self._check(response, deed)
        if read is None:
            return None  # type: ignore[return-value] # nobody asks for what is not read
        return self._value(response, read)

    def upload(
        self,
        method: str,
        path: str,
        file: Path,
        read: Callable[[Any], T],
        *,
        field: str = "",
        name: str = "",
        params: Mapping[str, str] | None = None,
    ) -> T:
        """
        Send *file*, once, and return what *read* makes of the answer.

        Args:
            method: POST or PUT.
            path: As in `get`.
            file: What is sent; it is read as it goes.
            read: As in `get`.
            field: Of a form; empty: the file is the whole body.
            name: Of the file in a form.
            params: What follows the address.
        """
        kind = "application/octet-stream"
        url = self._exchange.url(path).copy_merge_params(dict(params or {}))
        with file.open("rb") as stream:
            if field:
                body: dict[str, Any] = {"files": {field: (name, stream, kind)}}
            else:
                body = {"content": stream, "headers": {"Content-Type": kind}}
            response = self._exchange.change(method, url, stream=stream, **body)
        self._check(response, f"upload {file.name}")
        return self._value(response, read)

    def sha256(self, url: str) -> str:
        """Return the digest of a file, which is downloaded."""
        return self._exchange.sha256(url)

    def close(self) -> None:
        """Close the connections."""
        self._exchange.close()

    def _value(self, response: httpx.Response, read: Callable[[Any], T]) -> T:
        try:
            document = read_json(response.content)
        except ValueError:
            kind = "a page for people" if "html" in response.headers.get("Content-Type", "") else ""
            problem = f"it answered {kind or 'no JSON'} where a document was due"
            self._exchange.give_up(problem)
        try:
            return read(document)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            path = response.request.url.path
            problem = f"its answer to {path} is not understood ({type(error).__name__})"
            self._exchange.give_up(problem)

    def _check(self, response: httpx.Response, deed: str) -> None:
        if response.is_success:
            return
        raise self._refusal(response, deed)

    def _refusal(self, response: httpx.Response, deed: str) -> ReleasioError:
        status, forge = response.status_code, self._exchange.place.name
        sentence = self._sentence(response)
        hint = self._hint(status, sentence)
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
            return ForgeForbids(forge, deed, sentence, hint=hint)
        if status == HTTPStatus.NOT_FOUND and is_of_repository(sentence):
            return ForgeNotFound(forge, self._exchange.place.slug)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR or response.is_redirect:
            self._exchange.give_up(f"it answered {status} {sentence}")
        return ForgeRefused(forge, deed, status, sentence, hint=hint)

    def _sentence(self, response: httpx.Response) -> str:
        """Return what an error answer says, without the token, however it is written there."""
        secrets = [self._exchange.secret]
        return redact(
            forge_sentence(response.status_code, redact(begin_of(response), secrets)), secrets
        )


def next_page(response: httpx.Response) -> dict[str, str] | None:
    """Return what the address of the next page asks for; None: this is the last one."""
    url = response.links.get("next", {}).get("url")
    if url is not None:
        from httpx import InvalidURL

        try:
            return dict(response.request.url.join(url).params)
        except InvalidURL:
            return None
    number = response.headers.get("X-Next-Page", "").strip()
    return {"page": number} if number.isdigit() else None


def _list(items: object) -> list[Any]:
    if not isinstance(items, list):
        raise TypeError
    return items
