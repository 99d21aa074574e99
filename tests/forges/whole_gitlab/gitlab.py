"""GitLab as a whole: `WholeGitLab`, with its rules, jobs, and people who merge."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitlab.gitlab import ROUTES, FakeGitLab
from releasio.standins.forge.gitlab.state import DEVELOPER, Token
from tests.forges.whole_gitlab import files, history, jobs, merge_requests, rules
from tests.forges.whole_gitlab.merging import Merging
from tests.forges.whole_gitlab.state import WholeState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.standins.forge.gitlab.routes import Route
    from releasio.standins.forge.gitlab.state import MergeRequest, Release, User


class WholeGitLab(FakeGitLab):
    """`FakeGitLab` with all that people and other programs do on GitLab."""

    routes: ClassVar[Mapping[str, Route]] = {
        **ROUTES,
        **files.ROUTES,
        **history.ROUTES,
        **jobs.ROUTES,
        **merge_requests.ROUTES,
        **rules.ROUTES,
    }
    state: WholeState

    def __init__(self, bare_repository: Path, slug: str = "acme/demo", *, root: str = "") -> None:
        super().__init__(bare_repository, slug, root=root)
        del self.state.settings
        self.state = WholeState(**vars(self.state))

    def project_token(self, *, level: int = DEVELOPER) -> str:
        """Return a new project access token, which is that of a bot."""
        number = len(self.state.users)
        bot = self.user(f"project_7_bot_{number}", level=level, bot=True)
        return self._keep(Token(text="", kind="personal", user=bot, scopes=("api",)))

    def job_token(self, *, user: User | None = None) -> str:
        """Return a new token of a job that *user*, or `ada`, started."""
        return self._keep(Token(text="", kind="job", user=user or self.ada))

    def release(self, tag: str) -> Release:
        """
        Return the release of *tag*.

        Raises:
            KeyError: There is none.
        """
        for release in self.state.releases:
            if release.tag == tag:
                return release
        raise KeyError(tag)

    def merge_request(self, iid: int) -> MergeRequest:
        """
        Return the merge request of that number.

        Raises:
            KeyError: There is none.
        """
        for request in self.state.merge_requests:
            if request.iid == iid:
                return request
        raise KeyError(iid)

    def merge(self, iid: int, *, squash: bool = False) -> MergeRequest:
        """Merge a merge request, as `ada` does by the button."""
        with self.lock:
            request = self.merge_request(iid)
            who = Person(self.ada.name, "ada@example.org")
            Merging(self.git, self.settings, self.slug, who, self.now()).merge(
                request, squash=squash
            )
            return request

    def pipeline_succeeds(self) -> None:
        """Let all pipelines end, so that what waits for them is merged."""
        self.settings.pipeline_running = False
        for request in self.state.merge_requests:
            if request.auto_merge is not None:
                self.merge(request.iid, squash=request.auto_merge == "squash")
