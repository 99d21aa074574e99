"""A project on a GitLab below a path of its host, in groups of groups; and clients of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.forge.place import ForgePlace
from releasio.world.forge.gitlab.client import GitLab
from tests.forges.whole_gitlab.gitlab import WholeGitLab
from tests.world.forge.connecting import Connecting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def fake(project: Repository) -> Iterator[WholeGitLab]:
    with WholeGitLab(project.path.with_name("remote.git"), "acme/tools/demo", root="/gl") as fake:
        fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
        yield fake


@pytest.fixture
def connecting(fake: WholeGitLab) -> Iterator[Connecting]:
    place = ForgePlace("gitlab", fake.web[7:], "acme/tools", "demo", fake.url, fake.web)
    with Connecting(place) as connecting:
        yield connecting


@pytest.fixture
def connect(connecting: Connecting) -> Callable[[str], GitLab]:
    """Return what makes a client of a token."""

    def connect(token: str) -> GitLab:
        client = connecting(
            {"CI_JOB_TOKEN" if token.startswith("glcbt") else "GITLAB_TOKEN": token}
        )
        assert isinstance(client, GitLab)
        return client

    return connect


@pytest.fixture
def client(fake: WholeGitLab, connect: Callable[[str], GitLab]) -> GitLab:
    """Return the client of a maintainer."""
    return connect(fake.token())
