"""Gitea on loopback: `FakeGitea`; Forgejo answers as it does."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING
from urllib.parse import unquote

from werkzeug.wrappers import Response

from releasio.standins.clock import machine_clock
from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitea import people, pulls, releases, repository
from releasio.standins.forge.gitea.answers import Refused, not_found
from releasio.standins.forge.gitea.merging import Merging
from releasio.standins.forge.gitea.routes import Asked, Route, admit
from releasio.standins.forge.gitea.state import (
    MergeStyle,
    Pull,
    Release,
    Role,
    Settings,
    State,
    Token,
    User,
)
from releasio.standins.forge.instance import Instance
from releasio.standins.forge.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from werkzeug.wrappers import Request

    from releasio.standins.forge.served import Call

JOB = "gitea-actions"  # who a job's own token belongs to
SCOPES = ("write:repository", "write:issue", "read:user", "read:organization")


class FakeGitea(Instance[Route]):
    """
    A repository on Gitea, served as an instance of one's own: `.url` is its interface.

    What is pushed to *bare_repository* is there, and what the interface changes can be fetched::

        with FakeGitea(bare, "acme/demo") as gitea:
            env = {"GITEA_TOKEN": gitea.token()}
            ...  # github.kind = "gitea", github.api_url = gitea.url
            assert not gitea.release("v1.0").draft

    `settings` can be changed at any time, and `state` has everything.

    Args:
        bare_repository: A bare git repository that is there; pushes to it are seen.
        slug: Owner and name of the repository.
        root: The path that the instance is at on its host, with a slash before and none behind.
        clock: Tells the time, aware.
    """

    api = "/api/v1"

    def __init__(
        self,
        bare_repository: Path,
        slug: str = "acme/demo",
        *,
        root: str = "",
        clock: Callable[[], datetime] = machine_clock,
    ) -> None:
        super().__init__(bare_repository, slug, root=root, clock=clock)
        self.state = State()
        self._table = Table(people.ROUTES, releases.ROUTES, repository.ROUTES, pulls.ROUTES)
        self.ada = self.user("ada", role="admin", emails=("ada@example.org",))
        self.job = self.user(JOB, role="write")

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

    def job_token(self) -> str:
        """Return a new token of a job."""
        return self.token(user=self.job, scopes=("all",))

    def release(self, tag: str) -> Release:
        """
        Return the release of *tag*, draft or published.

        Raises:
            KeyError: There is none.
        """
        for release in self.state.releases:
            if release.tag == tag:
                return release
        raise KeyError(tag)

    def pull(self, number: int) -> Pull:
        """
        Return the pull request of that number.

        Raises:
            KeyError: There is none.
        """
        for pull in self.state.pulls:
            if pull.number == number:
                return pull
        raise KeyError(number)

    def merge(self, number: int, style: MergeStyle = "merge") -> Pull:
        """Merge a pull request, as `ada` does by the button."""
        with self.lock:
            pull = self.pull(number)
            Merging(self.git, Person("ada", "ada@example.org"), self.now()).merge(pull, style)
            return pull

    def checks_succeed(self) -> None:
        """Let all checks end, so that what waits for them is merged."""
        self.settings.checks_pending = False
        for pull in self.state.pulls:
            if pull.auto_merge is not None:
                self.merge(pull.number, pull.auto_merge)

    # what is served

    def answer(self, call: Call) -> Response:
        """Return the answer of the interface, or a file."""
        request = call.request
        try:
            token = self._sent(request)
            match = self._route(request)
            if match is None:
                return self._file(request, token)
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

    def _file(self, request: Request, token: Token | None) -> Response:
        """Return a file of a release, as its page offers it."""
        path = str(request.environ["REQUEST_URI"]).partition("?")[0]
        prefix = f"{self.root}/{self.slug}/releases/download/"
        tag, _, name = unquote(path.removeprefix(prefix)).rpartition("/")
        if self.settings.private and (token is None or token.user.role == "none"):
            raise not_found()
        for release in self.state.releases:
            for attachment in release.attachments:
                if path.startswith(prefix) and (release.tag, attachment.name) == (tag, name):
                    return Response(attachment.data, mimetype="application/octet-stream")
        raise not_found()

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
