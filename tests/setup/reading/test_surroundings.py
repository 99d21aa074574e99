"""What jobs find on the forge, as doctor asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.forge.place import ForgePlace
from releasio.rules.workflow.environments.rules import EnvironmentRules, JobSurroundings
from releasio.setup.reading.surroundings import read_surroundings
from releasio.world.git.git import Git
from releasio.world.world import World
from tests.fakes.screen import Quiet
from tests.forges.github import FaultyGitHub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def github(project: Repository) -> Iterator[FaultyGitHub]:
    with FaultyGitHub(project.path.with_name("remote.git")) as github:
        github.environment("pypi", wait=5)
        yield github


def asked(
    project: Repository, github: FaultyGitHub, token: str, *, offline: bool = False
) -> tuple[JobSurroundings | None, Quiet]:
    """Return the answer, and the screen that heard of it; the remote is spelt in another case."""
    host = github.site.partition("://")[2]
    place = ForgePlace("github", host, "ACME", "Demo", github.url, github.site)
    env = {"GITHUB_TOKEN": token, "GITHUB_API_URL": github.url} if token else {}
    screen = Quiet()
    world = World(
        git=Git.open(project.path, env),
        project=project.path,
        env=env,
        screen=screen,
        offline=offline,
        sleep=lambda _: None,
    )
    try:
        return read_surroundings(world, place), screen
    finally:
        world.close()


def test_the_forge_has_the_last_word_on_the_spelling(
    project: Repository, github: FaultyGitHub
) -> None:
    surroundings, _ = asked(project, github, github.token())

    environments = (EnvironmentRules("pypi", wait=5),)
    assert JobSurroundings("acme/demo", environments=environments) == surroundings


def test_without_a_token_nobody_is_asked(project: Repository, github: FaultyGitHub) -> None:
    assert asked(project, github, "")[0] is None
    assert asked(project, github, github.token(), offline=True)[0] is None
    assert [] == github.log


def test_a_forge_that_does_not_answer_is_told_and_no_more(
    project: Repository, github: FaultyGitHub
) -> None:
    surroundings, screen = asked(project, github, "ghp_unknown")

    assert surroundings is None
    assert ["the environments of the repository are not known"] == [
        note.partition(":")[0] for note in screen.notes
    ]
