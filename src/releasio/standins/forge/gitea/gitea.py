"""Gitea on loopback: `FakeGitea`; Forgejo answers as it does."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from releasio.standins.forge.gitea import people, pulls, releases, repository
from releasio.standins.forge.gitea.answers import Refused, not_found
from releasio.standins.forge.gitea.routes import Asked, Route, admit
from releasio.standins.forge.gitea.state import (
    Role,
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

SCOPES = ("write:repository", "write:issue", "read:user", "read:organization")
ROUTES: Mapping[str, Route] = {
    **people.ROUTES,
    **releases.ROUTES,
    **repository.ROUTES,
    **pulls.ROUTES,
}


class FakeGitea(Instance[Route]):
    """
    A repository on Gitea, served as an instance of one's own: `.url` is its interface.

    What is pushed to *bare_repository* is there, and what the interface changes can be fetched::

        with FakeGitea(bare, "acme/demo") as gitea:
            env = {"GITEA_TOKEN": gitea.token()}
            ...  # github.kind = "gitea", github.api_url = gitea.url
            assert ["v1.0"] == [release.tag for release in gitea.state.releases]

    It answers what a release and its pull request ask. `settings` can be changed at any time,
    and `state` has everything.

    Args:
        bare_repository: A bare git repository that is there; pushes to it are seen.
        slug: Owner and name of the repository.
        root: The path that the instance is at on its host, with a slash before and none behind.
    """

    api = "/api/v1"
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
        self.ada = self.user("ada", role="admin", emails=("ada@example.org",))

    @property
    def settings(self) -> Settings:
        """What the owner of the repository has set."""
        return self.state.settings

    def user(self, login: str, *, role: Role = "none", emails: tuple[str, ...] = ()) -> User:
        """Open an account."""
        user = User(id=next(self.state.ids), login=login, role=role, emails=emails)
        self.state.users.append(user)
        return user

    def token(self, *, user: User | None = None, scopes: tuple[str, ...] = SCOPES) -> str:
        """Return a new token, of *user* or of `ada`, who is an administrator."""
        text = hashlib.sha256(str(len(self.state.tokens)).encode()).hexdigest()[:40]
        self.state.tokens[text] = Token(user=user or self.ada, scopes=scopes)
        return text

    # what is served

    def answer(self, call: Call) -> Response:
        """Return the answer of the interface, or a file."""
        request = call.request
        try:
            token = self._sent(request)
            match = self._route(request)
            if match is None:
                raise not_found()
            _, route, parts = match
            asked = Asked(
                request=request,
                parts=parts,
                token=token,
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
            return error.answer(self.web)

    def _sent(self, request: Request) -> Token | None:
        """
        Return the token that came with *request*; None: none did.

        Raises:
            Refused: Nobody has given out such a token.
        """
        scheme, _, text = request.headers.get("Authorization", "").partition(" ")
        if not text:
            return None
        token = self.state.tokens.get(text) if scheme.lower() in {"token", "bearer"} else None
        if token is None:
            raise Refused(401, "invalid username, password or token")
        return token
