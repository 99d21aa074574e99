"""Built files, a world, and an index on loopback that they belong on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.steps.publish.delivery import Delivery
from releasio.world.build.dist_folder import built_file
from releasio.world.run import Run
from tests.fakes.wheels import sdist, wheel
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.world.world import World
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository
    from tests.fakes.screen import Quiet


@dataclass
class IndexScene:
    """demo 1.0, built, and where it goes."""

    index: EmbeddedIndex
    folder: Path
    screen: Quiet
    registry: Registry
    run: Run

    @property
    def world(self) -> World:
        """What the steps see and touch."""
        return self.run.world

    @world.setter
    def world(self, world: World) -> None:
        self.run.world = world

    def delivery(self) -> Delivery:
        """Return the files that lie in the folder, and their destination."""
        files = tuple(built_file(path) for path in sorted(self.folder.iterdir()))
        return Delivery(self.registry, "demo", "1.0", files, self.folder, tag="v1.0")

    def foreseen(self) -> Delivery:
        """Return the same before anything is built."""
        return Delivery(self.registry, "demo", "1.0")

    def token(self) -> str:
        """Return a token of the project's owner."""
        return self.index.user_token()

    def hold_token(self, token: str | None = None) -> None:
        """Let the run hold a credential, as after `Authenticate`."""
        secret = Secret(token or self.token())
        held = Credential("__token__", secret, "RELEASIO_TOKEN")
        self.run.hold(self.registry, held)

    def asked(self) -> list[str]:
        """Return method and path of what was asked of the index."""
        return [f"{request.method} {request.path}" for request in self.index.log]


def make_index_scene(repo: Repository, index: EmbeddedIndex, **env: str) -> IndexScene:
    """Write a wheel and an sdist, and let *index* have no file of theirs."""
    repo.commit("feat: begin")
    folder = repo.path.with_name("dist")
    folder.mkdir()
    wheel(folder)
    sdist(folder)
    world, screen = world_of(repo.path, **env)
    registry = Registry("rehearsal", index.upload_url, index.simple_url)
    return IndexScene(index, folder, screen, registry, Run(world))
