"""A project on a GitHub on loopback, which can end the program in the middle of a request."""

from __future__ import annotations

import os
import re
import signal
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from releasio.standins.forge.bare import BareRepository
from tests.forges.github import FaultyGitHub
from tests.forges.whole_github.state import WholeState
from tests.journeys.stage import Stage

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.state import Release
    from releasio.standins.forge.served import Call
    from tests.cli.program import Run
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

NUMBERED = Path(__file__).with_name("numbered.py")
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)


class KillingGitHub(FaultyGitHub):
    """`FaultyGitHub` that ends who asks, at a change: before it is made, or before the answer."""

    pid_file: Path
    point = 0  # counted from 1: odd ones are before a change, even ones after it; 0: never
    counted = 0

    def move_to(self, remote: Repository) -> None:
        """Be a new repository, at the same address: it is in links, and so in commit ids."""
        self.state = WholeState(created_at=self.now(), accounts=self.state.accounts)
        self.git = BareRepository(remote.path)
        self.hub = replace(self.hub, git=self.git, state=self.state)

    def answer(self, call: Call) -> Response:
        is_query = (
            call.exchange.operation == "graphql" and b"mutation" not in call.request.get_data()
        )
        if call.request.method == "GET" or is_query:
            return super().answer(call)
        self.counted += 1
        if self.point == 2 * self.counted - 1:
            self._kill()
        answer = super().answer(call)
        if self.point == 2 * self.counted:
            self._kill()
        return answer

    def _kill(self) -> None:
        os.kill(int(self.pid_file.read_text(encoding="utf-8")), KILL)


@dataclass(kw_only=True)
class GitHubStage(Stage):
    """Everything a release needs, and the GitHub that its remote is on."""

    github: KillingGitHub

    def release(self, *options: str, **env: str) -> Run:
        """Run `releasio release --execute`."""
        return self.run("release", "--execute", *options, **env)

    def killed_at(self, point: int, **env: str) -> Run:
        """Release, and be ended at that point of the talk with GitHub."""
        self.github.pid_file = self.repo.path.with_name("pid")
        self.github.point, self.github.counted = point, 0
        try:
            driver = (str(NUMBERED),)
            pid_file = str(self.github.pid_file)
            return self.run("release", "--execute", driver=driver, PID_FILE=pid_file, **env)
        finally:
            self.github.point = 0

    def page(self, tag: str = "v0.1.1") -> Release:
        """Return the release on GitHub."""
        return self.github.release(tag)

    @staticmethod
    def _settled(body: str) -> str:
        """Return *body* without what is another in each run: the index's port, and the digest."""
        return re.sub(r"127\.0\.0\.1:\d+|<!-- .* -->", "", body)

    def state(self) -> dict[str, object]:
        """Return what a release may change, on GitHub, too."""
        pages = [
            {
                "tag": release.tag,
                "title": release.name,
                "body": self._settled(release.body or ""),
                "draft": release.draft,
                "latest": release.latest,
                "assets": {asset.name: asset.digest for asset in release.assets},
                "whole": {asset.state for asset in release.assets},
            }
            for release in self.github.state.releases
        ]
        return {**super().state(), "github": pages}


def stage_on(
    repo: Repository,
    remote: Repository,
    index: EmbeddedIndex,
    github: KillingGitHub,
    env: dict[str, str],
) -> GitHubStage:
    """Let the project be on *github*, with a token for it."""
    on_github = {
        "RELEASIO_GITHUB_KIND": "github",
        "RELEASIO_GITHUB_API_URL": github.url,
        "RELEASIO_GITHUB_OWNER": "acme",
        "RELEASIO_GITHUB_REPO": "demo",
        "GH_ENTERPRISE_TOKEN": github.token(),
    }
    return GitHubStage(repo, remote, index, {**env, **on_github}, github=github)
