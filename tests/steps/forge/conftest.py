"""A repository that is on a GitHub on loopback, and files to attach to its release."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from releasio.rules.forge.place import ForgePlace
from releasio.rules.forge.release import ReleaseText
from releasio.steps.forge.attachments import Attachments
from releasio.steps.forge.page import Page
from releasio.world.build.dist_folder import built_file, dist_folder_of
from releasio.world.run import Run
from tests.fakes.wheels import sdist, wheel
from tests.forges.github import FaultyGitHub
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.standins.forge.github.state import Release
    from releasio.world.world import World
    from tests.fakes.repository import Repository
    from tests.fakes.screen import Quiet
    from tests.fakes.templates import Templates

TAG = "v1.0"
TEXT = ReleaseText(TAG, "demo v1.0", "### Fixed\n\n- a mistake", latest=True)


@dataclass
class ForgeScene:
    """demo 1.0, tagged, built, and the GitHub it is on."""

    repo: Repository
    github: FaultyGitHub
    screen: Quiet
    run: Run
    folder: Path
    page: Page

    @property
    def world(self) -> World:
        """What the steps see and touch."""
        return self.run.world

    def attachments(self, *patterns: str, sums: bool = True) -> Attachments:
        """Return the built files and what *patterns* name."""
        files = tuple(built_file(path) for path in sorted(self.folder.iterdir()))
        return Attachments(TAG, files, self.folder, (), patterns, sums)

    def release(self) -> Release:
        """Return the release as GitHub has it."""
        return self.github.release(TAG)

    def assets(self) -> dict[str, bytes]:
        """Return the files of the release, by name."""
        return {asset.name: asset.data for asset in self.release().assets}

    def changes(self) -> list[str]:
        """Return what GitHub was asked for that changed something."""
        made = [e for e in self.github.log if e.method != "GET" and (e.status or 0) < 400]
        return [exchange.operation for exchange in made if exchange.operation != "graphql"]


@pytest.fixture
def forge(repo: Repository, templates: Templates) -> Iterator[ForgeScene]:
    """A tag on the remote, which no release has yet."""
    templates.fill(repo, _tagged)
    with FaultyGitHub(repo.path.with_name("remote.git")) as github:
        host = github.site.partition("://")[2]
        world, screen = world_of(repo.path, GH_ENTERPRISE_TOKEN=github.token())
        folder = dist_folder_of(world.state, TAG)
        folder.mkdir(parents=True)
        wheel(folder)
        sdist(folder)
        place = ForgePlace("github", host, "acme", "demo", github.url, github.site)
        scene = ForgeScene(repo, github, screen, Run(world), folder, Page(place, TEXT))
        yield scene
        scene.run.close()
        world.close()


def _tagged(repo: Repository) -> None:
    repo.commit("feat: begin")
    repo.tag(TAG)
    repo.add_remote(repo.path.with_name("remote.git"))
