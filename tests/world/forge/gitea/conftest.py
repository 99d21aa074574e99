"""A repository on a Gitea, and clients of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.forge.place import ForgePlace
from releasio.world.forge.gitea.client import Gitea
from tests.forges.whole_gitea.gitea import WholeGitea
from tests.world.forge.connecting import Connecting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def fake(project: Repository) -> Iterator[WholeGitea]:
    with WholeGitea(project.path.with_name("remote.git"), "acme/demo", root="/git") as fake:
        fake.git.set_ref("refs/tags/v1.0", fake.git.ref("refs/heads/main") or "")
        yield fake


@pytest.fixture
def connecting(fake: WholeGitea) -> Iterator[Connecting]:
    place = ForgePlace("gitea", fake.web[7:], "acme", "demo", fake.url, fake.web)
    with Connecting(place) as connecting:
        yield connecting


@pytest.fixture
def connect(connecting: Connecting) -> Callable[..., Gitea]:
    """Return what makes a client of a token, in an environment."""

    def connect(token: str, **env: str) -> Gitea:
        variables = {name: text or token for name, text in env.items()}
        client = connecting(variables or {"GITEA_TOKEN": token})
        assert isinstance(client, Gitea)
        return client

    return connect


@pytest.fixture
def client(fake: WholeGitea, connect: Callable[..., Gitea]) -> Gitea:
    """Return the client of an administrator."""
    return connect(fake.token())
