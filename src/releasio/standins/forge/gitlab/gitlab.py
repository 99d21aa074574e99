"""GitLab on loopback: `FakeGitLab`."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from releasio.standins.forge.gitlab import merge_requests, packages, releases, repository, users
from releasio.standins.forge.gitlab.answers import Refused, not_found, refuse
from releasio.standins.forge.gitlab.routes import Asked, Route, admit
from releasio.standins.forge.gitlab.state import (
    MAINTAINER,
    Settings,
    State,
    Token,
    User,
)
from releasio.standins.forge.instance import Instance

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from werkzeug.wrappers import Request, Response

    from releasio.standins.forge.served import Call
ROUTES: Mapping[str, Route] = {
    **users.ROUTES,
    **releases.ROUTES,
    **packages.ROUTES,
    **repository.ROUTES,
    **merge_requests.ROUTES,
}


class FakeGitLab(Instance[Route]):
    """
    A project on GitLab, served as an instance of one's own: `.url` is its interface.

    What is pushed to *bare_repository* is there, and what the interface changes can be fetched::

        with FakeGitLab(bare, "acme/tools/demo") as gitlab:
            env = {"GITLAB_TOKEN": gitlab.token()}
            ...  # github.kind = "gitlab", github.api_url = gitlab.url
            assert ["v1.0"] == [release.tag for release in gitlab.state.releases]

    It answers what a release and its merge request ask. `settings` can be changed at any
    time, and `state` has everything.

    Args:
        bare_repository: A bare git repository that is there; pushes to it are seen.
        slug: Groups and name of the project.
        root: The path that the instance is at on its host, with a slash before and none behind.
    """

    api = "/api/v4"
    routes = ROUTES

    def __init__(
        self,
        bare_repository: Path,
        slug: str = "acme/demo",
        *,
        root: str = "",
    ) -> None:
        super().__init__(bare_repository, slug, root=root)
        self.state = State()
        self.ada = self.user("ada", name="Ada Tester", level=MAINTAINER)

    @property
    def settings(self) -> Settings:
        """What the owner of the project has set."""
        return self.state.settings

    def user(
        self,
        username: str,
        *,
        name: str = "",
        level: int = 0,
        public_email: str = "",
        bot: bool = False,
        is_admin: bool = False,
    ) -> User:
        """Open an account."""
        user = User(
            id=next(self.state.ids),
            username=username,
            name=name or username,
            level=level,
            public_email=public_email,
            bot=bot,
            is_admin=is_admin,
        )
        self.state.users.append(user)
        return user

    def token(self, *, user: User | None = None, scopes: tuple[str, ...] = ("api",)) -> str:
        """Return a new personal token, of *user* or of `ada`, who is a maintainer."""
        return self._keep(Token(text="", kind="personal", user=user or self.ada, scopes=scopes))

    # what is served

    def answer(self, call: Call) -> Response:
        """Return the answer of the interface."""
        request = call.request
        try:
            match = self._route(request)
            if match is None:
                raise not_found()
            _, route, parts = match
            asked = Asked(
                request=request,
                parts=parts,
                token=self._sent(request, route),
                state=self.state,
                git=self.git,
                site=self.web,
                slug=self.slug,
                now=self.now(),
                body=call.exchange.body if isinstance(call.exchange.body, dict) else {},
            )
            admit(asked, route)
            return route.handler(asked)
        except Refused as error:
            return error.answer()

    def _sent(self, request: Request, route: Route) -> Token | None:
        """
        Return the token that came with *request*; that of a job counts for few addresses.

        Raises:
            Refused: Nobody has given out such a token.
        """
        text = request.headers.get("JOB-TOKEN")
        if text is None:
            bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
            text = request.headers.get("PRIVATE-TOKEN", bearer) or None
        elif not route.job:
            return None
        if text is None:
            return None
        token = self.state.tokens.get(text)
        if token is None:
            raise refuse(401, "401 Unauthorized")
        return token

    def _keep(self, token: Token) -> str:
        kinds = {"personal": "glpat-", "job": "glcbt-64_"}
        digest = hashlib.sha256(str(len(self.state.tokens)).encode()).hexdigest()
        text = kinds[token.kind] + digest[:24]
        self.state.tokens[text] = Token(
            text=text, kind=token.kind, user=token.user, scopes=token.scopes
        )
        return text
