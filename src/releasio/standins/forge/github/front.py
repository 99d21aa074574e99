"""What of GitHub is served: its interface, pages of files, and the host that has their bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from werkzeug.wrappers import Request, Response

from releasio.standins.forge.exchange import ExchangeLog
from releasio.standins.forge.github.answers import Refused, etag_of, refuse
from releasio.standins.forge.github.graphql.answering import limited
from releasio.standins.forge.github.hub import Asked, Hub
from releasio.standins.forge.github.limits import Limits, OutOfRequests
from releasio.standins.forge.github.pages import Addresses
from releasio.standins.forge.github.routes import Route, Table
from releasio.standins.forge.github.state import State
from releasio.standins.forge.github.tokens import Token, sent_token
from releasio.standins.forge.served import ServedForge
from releasio.standins.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from releasio.standins.forge.exchange import Exchange
    from releasio.standins.forge.served import Call

VERSIONS = ("2022-11-28", "2026-03-10")  # of the interface
_DOWNLOADS = "releases/download/"


class Front(ServedForge):
    """The addresses of GitHub, and what is behind them."""

    def __init__(self, bare_repository: Path, slug: str, *, clock: Callable[[], datetime]) -> None:
        super().__init__(bare_repository, slug, clock=clock)
        self.state = State(created_at=self.now())
        self.limits = Limits(clock)
        self._tokens: dict[str, Token] = {}
        self._table = Table()
        self._storage = Server(self._serve_bytes)
        self._storage_log = ExchangeLog()
        self.hub = Hub(
            git=self.git,
            state=self.state,
            addresses=Addresses(site=self.site, slug=slug),
            storage=self._storage.url,
            clock=clock,
            now=self.now,
        )

    def __enter__(self) -> Self:
        self._storage.start()
        return super().__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        super().__exit__(kind, error, trace)
        self._storage.stop()

    @property
    def storage_log(self) -> list[Exchange]:
        """What was asked of the other host, which keeps the bytes of files."""
        return self._storage_log.exchanges()

    def operation_of(self, request: Request) -> str:
        """Return the name that GitHub's OpenAPI document has for it."""
        match = self._table.find(request)
        return match[0].operation if match else ""

    def answer(self, call: Call) -> Response:
        """Return the answer of the interface, or of the web page of a file."""
        request = call.request
        if not request.path.startswith("/api/"):
            return self._web(request)
        text = request.headers.get("Authorization", "").partition(" ")[2]
        counted = call.exchange.operation != "rate-limit/get"
        try:
            if counted:
                self.limits.count(text)
            response = self._answered(request, sent_token(request, self._tokens))
        except OutOfRequests as error:
            is_graphql = call.exchange.operation == "graphql"
            response = limited(str(error)) if is_graphql else error.answer()
        except Refused as error:
            response = error.answer()
        if request.method == "GET" and response.status_code == 200:  # noqa: PLR2004 -- OK
            response.headers["ETag"] = etag_of(response)
            if request.headers.get("If-None-Match") == response.headers["ETag"]:
                response.status_code = 304
                response.set_data(b"")
                self.limits.give_back(text)
        self._tell(response, text)
        return response

    def _answered(self, request: Request, token: Token | None) -> Response:
        version = request.headers.get("X-GitHub-Api-Version", VERSIONS[0])
        if version not in VERSIONS:
            raise refuse(400, f"API version {version} is not supported")
        if not request.headers.get("User-Agent"):
            raise refuse(403, "Request forbidden by administrative rules.")
        match = self._table.find(request)
        if match is None:
            raise refuse(404, "Not Found")
        route, place = match
        if "owner" in place and f"{place['owner']}/{place['repo']}".lower() != self.slug.lower():
            raise refuse(404, "Not Found")
        return route.answer(self._asked(request, token, route, place))

    def _asked(
        self, request: Request, token: Token | None, route: Route, place: dict[str, Any]
    ) -> Asked:
        body: Any = {}
        if request.method in {"POST", "PATCH", "PUT", "DELETE"} and "upload" not in route.operation:
            body = request.get_json(force=True, silent=True) if request.get_data() else {}
            if body is None:
                raise refuse(400, "Problems parsing JSON")
        return Asked(
            hub=self.hub,
            request=request,
            token=token,
            place=place,
            body=body if isinstance(body, dict) else {"": body},
            limit=self.limits.of(token.text if token else ""),
        )

    def _tell(self, response: Response, text: str) -> None:
        """Say in headers what every answer says."""
        token = self._tokens.get(text)
        response.headers["X-GitHub-Media-Type"] = "github.v3; format=json"
        response.headers["X-GitHub-Request-Id"] = f"CAFE:{len(self.log):04X}"
        response.headers.update(self.limits.headers(text))
        if token and token.has_scopes:
            response.headers["X-OAuth-Scopes"] = ", ".join(token.scopes)

    def _web(self, request: Request) -> Response:
        """Answer what a browser asks for: only files, which everybody may download."""
        folder, _, name = request.path.removeprefix(f"/{self.slug}/{_DOWNLOADS}").rpartition("/")
        for release in self.state.releases:
            for asset in release.assets:
                if (release.tag, asset.name, release.draft) == (folder, name, False):
                    response = Response(status=302)
                    response.headers["Location"] = f"{self._storage.url}/{asset.id}/{name}"
                    return response
        return Response("Not Found", status=404, mimetype="text/plain")

    def _serve_bytes(
        self, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Be the host that keeps the bytes: it knows no tokens, and wants to see none."""
        request = Request(environ)
        exchange = self._storage_log.open("", request)
        number = request.path.split("/")[1]
        assets = {str(asset.id): asset for one in self.state.releases for asset in one.assets}
        if "Authorization" in request.headers:
            response = Response("Only one auth mechanism allowed", status=400)
        elif number in assets:
            response = Response(assets[number].data, mimetype="application/octet-stream")
        else:
            response = Response("Not Found", status=404)
        exchange.close(response)
        return response(environ, start_response)
