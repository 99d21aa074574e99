"""GitHub's client, and GitHub on loopback at the other end of the wire."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from releasio.frozen import replace
from releasio.rules.credentials.forge_token import token_kind
from releasio.rules.credentials.secret import Secret
from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.token import ForgeToken
from releasio.world.forge.github.client import GitHub
from releasio.world.forge.means import Means
from tests.fakes.screen import Quiet
from tests.forges.github import FaultyGitHub
from tests.forges.octokit.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.repository import Repository


@dataclass
class Clock:
    """Moves by what is slept, and remembers it."""

    moment: datetime = datetime(2026, 11, 29, 12, tzinfo=UTC)
    naps: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        return self.moment

    def sleep(self, seconds: float) -> None:
        self.naps.append(seconds)
        self.moment += timedelta(seconds=seconds)


@dataclass
class Desk:
    """A GitHub, and clients to talk to it with."""

    github: FaultyGitHub
    clock: Clock
    screen: Quiet = field(default_factory=Quiet)
    clients: list[GitHub] = field(default_factory=list)

    @property
    def place(self) -> ForgePlace:
        owner, _, repo = self.github.slug.partition("/")
        host = self.github.site.partition("://")[2]
        return ForgePlace("github", host, owner, repo, self.github.url, self.github.site)

    def client(
        self,
        token: str | None = None,
        *,
        env: dict[str, str] | None = None,
        timeout: float = 20.0,
        api: str = "",
    ) -> GitHub:
        """Return a client with *token*, by default a classic one that may do all."""
        text = self.github.token() if token is None else token
        means = Means(env or {}, self.clock.now, self.clock.sleep, self.screen, timeout)
        kind = token_kind(Secret(text), "GITHUB_TOKEN", "github", env or {})
        with_token = ForgeToken(Secret(text), "GITHUB_TOKEN", kind)
        place = replace(self.place, api=api or self.github.url)
        self.clients.append(GitHub(place, with_token, means))
        return self.clients[-1]

    @property
    def operations(self) -> list[str]:
        """What was asked, without what only was there to look."""
        return [one.operation for one in self.github.log if one.method != "GET"]


@pytest.fixture
def desk(project: Repository) -> Iterator[Desk]:
    clock = Clock()
    with FaultyGitHub(project.path.with_name("remote.git"), clock=clock.now) as github:
        desk = Desk(github, clock)
        yield desk
        for client in desk.clients:
            client.close()
    judge(github.log)


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A file to attach."""
    path = tmp_path / "demo-1.2.0-py3-none-any.whl"
    path.write_bytes(b"wheel" * 1000)
    return path
