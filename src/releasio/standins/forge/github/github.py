"""GitHub on loopback: `FakeGitHub`."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from releasio.standins.clock import machine_clock
from releasio.standins.forge.github.answers import Refused, etag_of, refuse
from releasio.standins.forge.github.hub import Asked, Hub
from releasio.standins.forge.github.pages import Addresses
from releasio.standins.forge.github.routes import API, Route, Table
from releasio.standins.forge.github.state import Account, State
from releasio.standins.forge.github.tokens import JOB, Token, new_text, sent_token
from releasio.standins.forge.served import ServedForge

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime
    from pathlib import Path

    from werkzeug.wrappers import Request, Response

    from releasio.standins.forge.github.state import Role, Settings
    from releasio.standins.forge.github.tokens import Kind
    from releasio.standins.forge.served import Call

VERSIONS = ("2022-11-28", "2026-03-10")  # of the interface


class FakeGitHub(ServedForge):
    """
    A repository on GitHub, served as a server of one's own: `.url` is its interface.

    What is pushed to *bare_repository* is there, and what the interface changes can be fetched::

        with FakeGitHub(bare, "acme/demo") as github:
            env = {"GITHUB_TOKEN": github.token(), "GITHUB_API_URL": github.url}
            ...  # github.kind = "github", github.api_url = github.url
            assert "repos/create-release" in [exchange.operation for exchange in github.log]

    It answers what a release and its pull request ask. `settings` can be changed at any time
    (`github.settings.immutable_releases = True`), `state` has everything.

    Args:
        bare_repository: A bare git repository that is there; pushes to it are seen.
        slug: Owner and name of the repository.
        clock: Tells the time, aware.
    """

    def __init__(
        self,
        bare_repository: Path,
        slug: str = "acme/demo",
        *,
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        super().__init__(bare_repository, slug, clock=clock)
        self.state = State(created_at=self.now())
        self.hub = Hub(
            git=self.git,
            state=self.state,
            addresses=Addresses(site=self.site, slug=slug),
            clock=clock,
            now=self.now,
        )
        self._tokens: dict[str, Token] = {}
        self._table = Table()
        self.account(self.owner, kind="Organization")
        self.account("ada", emails=("ada@example.org",), name="Ada Tester", role="admin")
        self.account(JOB, kind="Bot")

    @property
    def url(self) -> str:
        """The address of the interface, without a slash at the end."""
        return self.site + API

    @property
    def settings(self) -> Settings:
        """What the repository's owner has set."""
        return self.state.settings

    def account(
        self,
        login: str,
        *,
        emails: tuple[str, ...] = (),
        name: str = "",
        kind: str = "User",
        role: Role = "none",
    ) -> Account:
        """Open an account, or change it; *kind* is `User`, `Organization` or `Bot`."""
        known = self.state.accounts.get(login.lower())
        number = known.id if known else len(self.state.accounts) + 101
        of_kind = cast("Any", kind)
        account = Account(login=login, id=number, emails=emails, name=name, kind=of_kind, role=role)
        self.state.accounts[login.lower()] = account
        return account

    def token(
        self,
        kind: Kind = "classic",
        *,
        login: str = "ada",
        scopes: tuple[str, ...] = ("repo", "workflow"),
        permissions: Mapping[str, str] | None = None,
    ) -> str:
        """
        Return a new token.

        Args:
            kind: `classic` and `oauth` (of `gh auth login`) have *scopes*, the others
                *permissions*; `job` is a job's own.
            login: Whose it is; a job's belongs to `github-actions[bot]`.
            scopes: `repo`, `public_repo`, `workflow`.
            permissions: `contents`, `pull_requests`, `issues`, `workflows`, `actions`,
                `administration` to `read` or `write`; None: writing for the first five.
        """
        usual = ("contents", "pull_requests", "issues", "workflows", "actions")
        text = new_text(kind, len(self._tokens))
        has_scopes = kind in {"classic", "oauth"}
        self._tokens[text] = Token(
            text,
            kind,
            JOB if kind == "job" else login,
            scopes if has_scopes else (),
            None
            if has_scopes
            else dict.fromkeys(usual, "write")
            if permissions is None
            else permissions,
        )
        return text

    def operation_of(self, request: Request) -> str:
        """Return the name that GitHub's OpenAPI document has for it."""
        match = self._table.find(request)
        return match[0].operation if match else ""

    def answer(self, call: Call) -> Response:
        """Return the answer of the interface."""
        request = call.request
        try:
            response = self._answered(request, sent_token(request, self._tokens))
        except Refused as error:
            response = error.answer()
        if request.method == "GET" and response.status_code == HTTPStatus.OK:
            response.headers["ETag"] = etag_of(response)
            if request.headers.get("If-None-Match") == response.headers["ETag"]:
                response.status_code = HTTPStatus.NOT_MODIFIED
                response.set_data(b"")
        self._tell(response, request.headers.get("Authorization", "").partition(" ")[2])
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
        )

    def _tell(self, response: Response, text: str) -> None:
        """Say in headers what every answer says."""
        token = self._tokens.get(text)
        response.headers["X-GitHub-Media-Type"] = "github.v3; format=json"
        response.headers["X-GitHub-Request-Id"] = f"CAFE:{len(self.log):04X}"
        if token and token.has_scopes:
            response.headers["X-OAuth-Scopes"] = ", ".join(token.scopes)
