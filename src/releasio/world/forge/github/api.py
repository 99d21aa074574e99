"""Ask GitHub: addresses, refusals and the right they are about, and GraphQL."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from releasio.errors.forge.answers import ForgeForbids, ForgeLimited, ForgeRefused, ForgeUnreachable
from releasio.rules.credentials.secret import redact
from releasio.rules.forge.github_hint import github_hint
from releasio.rules.forge.limit import limit_of
from releasio.world.forge.api import Api
from releasio.world.forge.exchange import Exchange

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    import httpx

    from releasio.errors.base import ReleasioError
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.means import Means

    T = TypeVar("T")

VERSION = "2022-11-28"  # the newest that every supported Enterprise Server knows
_HEADERS = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": VERSION}
_NOT_ALLOWED = {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}
_LONGEST = 500  # characters of a sentence
_MOST_LOOKS = 3  # for what was sent and not answered


class GitHubApi(Api):
    """The interface of GitHub, about one repository; paths begin after `/repos/OWNER/NAME`."""

    def __init__(self, place: ForgePlace, token: ForgeToken, means: Means) -> None:
        self.place, self.token = place, token
        self.requester = means.requester()
        exchange = Exchange(
            place,
            self.requester,
            _HEADERS,
            ("Authorization", "Bearer "),
            token.secret,
            also=[uploads_of(place)],
        )
        super().__init__(exchange, lambda _status, _sentence: "")

    def path(self, path: str) -> str:
        """Return where *path* of the repository is."""
        return f"/repos/{self.place.slug}{path}"

    def address(self, path: str) -> str:
        """Return the whole address of *path* of the repository."""
        return str(self._exchange.url(self.path(path)))

    def once(self, change: Callable[[], T], look: Callable[[], T | None]) -> T:
        """
        Do what must not be done twice, and return what came of it.

        Where the answer gets lost nobody knows whether it was done: *look* tells, and only if it
        finds nothing it is sent again.

        Raises:
            ForgeUnreachable: Even then nobody answers.
        """
        for attempt in range(1, _MOST_LOOKS):
            try:
                return change()
            except ForgeUnreachable as error:
                self.requester.pause(self.place.name, error.problem, attempt)
                result = look()
                if result is not None:
                    return result
        return change()

    def may(self, path: str) -> bool | None:
        """
        Tell whether the token may POST to *path*, by a request that says nothing, so does nothing.

        Rights are looked at before what is asked for: without them it is forbidden, with them it
        is not understood. None: it is neither.
        """
        response = self._exchange.change(
            "POST", self._exchange.url(self.path(path)), harmless=True, json={}
        )
        if response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY:
            return True
        return False if response.status_code in _NOT_ALLOWED else None

    def headers(self) -> tuple[Mapping[str, str], Any]:
        """Return what GitHub says of the repository, and of the token in headers besides."""
        response = self._exchange.read(self._exchange.url(self.path("")))
        self._check(response, "read the repository")
        return response.headers, self._value(response, dict)

    def graphql(
        self, query: str, variables: Mapping[str, object], deed: str, *, asks: bool = False
    ) -> dict[str, Any]:
        """
        Return the `data` that answers *query*.

        Args:
            query: With names for all that varies.
            variables: Their values.
            deed: What is done, as it follows "does not let this token".
            asks: It changes nothing: it may arrive twice, and an answer with gaps is one, too.

        Raises:
            ForgeRefused: It has errors, in GitHub's words.
            ForgeForbids: They are about a missing right.
        """
        body = {"query": query, "variables": dict(variables)}
        url = self._exchange.url(graphql_of(self.place))
        response = self._exchange.change("POST", url, harmless=asks, json=body)
        self._check(response, deed)
        document = self._value(response, dict)
        errors, data = document.get("errors") or [], document.get("data")
        if not errors or (asks and data):
            return data or {}
        raise self._failure(response, errors[0], deed)

    def _failure(self, response: httpx.Response, error: object, deed: str) -> ReleasioError:
        said = error.get("message", "") if isinstance(error, dict) else ""
        kind = error.get("type", "") if isinstance(error, dict) else ""
        sentence = redact(" ".join(str(said).split()), [self.token.secret])[:_LONGEST]
        if kind == "RATE_LIMITED":
            return ForgeLimited(self.place.name, self._exchange.moment(self._used_up(response)))
        is_forbidden = kind in {"FORBIDDEN", "INSUFFICIENT_SCOPES"}
        status = HTTPStatus.FORBIDDEN if is_forbidden else response.status_code
        hint = self._advice(response, status, sentence)
        if is_forbidden:
            return ForgeForbids(self.place.name, deed, sentence, hint=hint)
        return ForgeRefused(self.place.name, deed, status, sentence, hint=hint)

    def _used_up(self, response: httpx.Response) -> float | None:
        """Return the seconds until there are requests again; GraphQL has them in headers only."""
        now = self.requester.clock().timestamp()
        limit = limit_of(HTTPStatus.TOO_MANY_REQUESTS, response.headers, "", wait=None, now=now)
        return limit.seconds if limit else None

    def _refusal(self, response: httpx.Response, deed: str) -> ReleasioError:
        """Name the missing right where the answer tells; a 404 may mean one, too."""
        status = response.status_code
        sentence = self._sentence(response)
        hint = self._advice(response, status, sentence)
        forbids = {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}
        is_hidden = status == HTTPStatus.NOT_FOUND and response.request.method != "GET" and hint
        if status in forbids or is_hidden:
            return ForgeForbids(self.place.name, deed, sentence, hint=hint)
        if status == HTTPStatus.UNPROCESSABLE_ENTITY:
            return ForgeRefused(self.place.name, deed, status, sentence, hint=hint)
        return super()._refusal(response, deed)

    def _advice(self, response: httpx.Response, status: int, sentence: str) -> str:
        kind, source = self.token.kind, self.token.source
        return github_hint(status, sentence, response.headers, kind, source)


def uploads_of(place: ForgePlace) -> str:
    """
    Return where files are sent to, without a slash at the end.

    Source: https://docs.github.com/en/rest/releases/assets (upload_url)
    """
    scheme, _, rest = place.api.partition("://")
    if rest == "api.github.com" or (rest.startswith("api.") and rest.endswith(".ghe.com")):
        return f"{scheme}://uploads.{rest.removeprefix('api.')}"
    # anything else is a server of one's own, which sees the token anyway
    return f"{place.api.removesuffix('/v3')}/uploads" if rest.endswith("/api/v3") else place.api


def graphql_of(place: ForgePlace) -> str:
    """Return where GraphQL is asked; on a server of one's own it is beside the interface."""
    return f"{place.api.removesuffix('/v3')}/graphql"
