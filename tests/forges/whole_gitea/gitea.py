"""Gitea as a whole: `WholeGitea`, with its rules, jobs, files, and people who merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from urllib.parse import unquote

from werkzeug.wrappers import Response

from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitea.answers import Refused, not_found
from releasio.standins.forge.gitea.gitea import ROUTES, FakeGitea
from tests.forges.whole_gitea import pulls, releases, repository
from tests.forges.whole_gitea.merging import Merging
from tests.forges.whole_gitea.state import WholeState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from werkzeug.wrappers import Request

    from releasio.standins.forge.gitea.routes import Route
    from releasio.standins.forge.gitea.state import MergeStyle, Pull, Release, Token
    from releasio.standins.forge.served import Call

JOB = "gitea-actions"  # who a job's own token belongs to


class WholeGitea(FakeGitea):
    """`FakeGitea` with all that people and other programs do on Gitea."""

    routes: ClassVar[Mapping[str, Route]] = {
        **ROUTES,
        **pulls.ROUTES,
        **releases.ROUTES,
        **repository.ROUTES,
    }
    state: WholeState

    def __init__(self, bare_repository: Path, slug: str = "acme/demo", *, root: str = "") -> None:
        super().__init__(bare_repository, slug, root=root)
        del self.state.settings
        self.state = WholeState(**vars(self.state))
        self.job = self.user(JOB, role="write")

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

    def answer(self, call: Call) -> Response:
        """Return the answer of the interface, or a file."""
        if call.exchange.operation:
            return super().answer(call)
        try:
            return self._file(call.request, self._sent(call.request))
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
