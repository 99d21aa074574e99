"""The steps of a forge release on GitLab, which has no drafts, and on Gitea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from releasio.frozen import replace
from releasio.rules.forge.place import ForgePlace
from releasio.steps.forge.ask_forge import AskForge
from releasio.steps.forge.attach import Attach
from releasio.steps.forge.attachments import Attachments
from releasio.steps.forge.dispatch import Dispatch
from releasio.steps.forge.draft import Draft
from releasio.steps.forge.page import Page
from releasio.steps.forge.publish_page import PublishPage
from releasio.steps.step import Blocked, Done, Omitted, Todo
from releasio.world.build.dist_folder import built_file, dist_folder_of
from releasio.world.run import Run
from tests.fakes.wheels import sdist, wheel
from tests.forges.gitea import FaultyGitea
from tests.forges.gitlab import FaultyGitLab
from tests.steps.forge.conftest import TAG, TEXT
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository

    Steps = tuple[Draft, Attach, PublishPage]


@dataclass
class Scene:
    """demo 1.0, tagged and built, and the forge it is on."""

    forge: FaultyGitLab | FaultyGitea
    run: Run
    steps: Steps

    def all(self) -> None:
        for step in self.steps:
            if not isinstance(step.probe(self.run.world), Omitted):
                step.apply(self.run.world, self.run)


def scene_of(
    repo: Repository, forge: FaultyGitLab | FaultyGitea, place: ForgePlace, **env: str
) -> Scene:
    world, _ = world_of(repo.path, **env)
    folder = dist_folder_of(world.state, TAG)
    folder.mkdir(parents=True)
    wheel(folder)
    sdist(folder)
    files = tuple(built_file(path) for path in sorted(folder.iterdir()))
    page = Page(place, TEXT)
    attach = Attach(page, Attachments(TAG, files, folder))
    return Scene(forge, Run(world), (Draft(page), attach, PublishPage(page)))


@pytest.fixture
def tagged(repo: Repository) -> Repository:
    repo.commit("feat: begin")
    repo.tag(TAG)
    repo.add_remote(repo.path.with_name("remote.git"))
    return repo


@pytest.fixture
def gitlab(tagged: Repository) -> Iterator[Scene]:
    with FaultyGitLab(tagged.path.with_name("remote.git")) as fake:
        place = ForgePlace("gitlab", fake.web[7:], "acme/tools", "demo", fake.url, fake.web)
        scene = scene_of(tagged, fake, place, GITLAB_TOKEN=fake.token())
        yield scene
        scene.run.close()
        scene.run.world.close()


@pytest.fixture
def gitea(tagged: Repository) -> Iterator[Scene]:
    with FaultyGitea(tagged.path.with_name("remote.git")) as fake:
        place = ForgePlace("gitea", fake.web[7:], "acme", "demo", fake.url, fake.web)
        scene = scene_of(tagged, fake, place, GITEA_TOKEN=fake.token())
        yield scene
        scene.run.close()
        scene.run.world.close()


NAMES = ["SHA256SUMS", "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"]


class TestGitLab:
    def test_the_release_is_made_when_its_files_are_there(self, gitlab: Scene) -> None:
        draft, attach, publish = gitlab.steps
        world = gitlab.run.world
        omitted, before = draft.probe(world), attach.probe(world)
        attach.apply(world, gitlab.run)
        between, releases_between = publish.probe(world), len(gitlab.forge.state.releases)
        publish.apply(world, gitlab.run)

        assert isinstance(omitted, Omitted)
        assert "has no drafts: the release is made when its files are there" in omitted.detail
        assert [Todo("3 files"), Todo()] == [before, between]
        assert 0 == releases_between
        assert isinstance(gitlab.forge, FaultyGitLab)
        assert "demo v1.0" == gitlab.forge.release(TAG).name
        assert NAMES == sorted(link.name for link in gitlab.forge.release(TAG).links)

    def test_running_twice_is_running_once(self, gitlab: Scene) -> None:
        gitlab.all()
        gitlab.all()

        assert [True, True] == [
            isinstance(step.probe(gitlab.run.world), Done) for step in gitlab.steps[1:]
        ]
        assert 1 == len(gitlab.forge.state.releases)

    def test_nothing_is_said_of_marks_that_gitlab_has_not(self, gitlab: Scene) -> None:
        publish = PublishPage(
            replace(gitlab.steps[2].page, text=replace(TEXT, prerelease=True, latest=False))
        )

        assert Todo() == publish.probe(gitlab.run.world)

    def test_who_wants_a_draft_hears_in_time_that_there_is_none(self, gitlab: Scene) -> None:
        state = AskForge(gitlab.steps[0].page.place, TAG, draft=True).probe(gitlab.run.world)

        assert isinstance(state, Blocked)
        assert "has no draft releases" in state.error.message
        assert (
            "Set github.draft_releases = false, or make the release by hand and set "
            "github.releases = false." == state.error.hint
        )

    def test_files_that_are_built_anew_take_the_place_of_the_others(self, gitlab: Scene) -> None:
        assert isinstance(gitlab.forge, FaultyGitLab)
        bot = gitlab.forge.project_token()  # a developer may not remove files of the registry
        world, run = gitlab.run.world, gitlab.run
        forge = gitlab.steps[1].page.forge(world)
        folder = dist_folder_of(world.state, TAG)
        old = folder / "demo-1.0.tar.gz"
        data = old.read_bytes()
        old.write_bytes(b"an older build")
        forge.upload_asset(forge.create_release(TEXT), old, old.name)
        old.write_bytes(data)
        gitlab.forge.state.tokens[world.env["GITLAB_TOKEN"]] = gitlab.forge.state.tokens[bot]
        gitlab.all()

        assert isinstance(gitlab.steps[1].probe(world), Done)
        assert NAMES == sorted(link.name for link in gitlab.forge.release(TAG).links)
        assert run.pages[TAG].endswith("/-/releases/v1.0")


class TestGitea:
    def test_a_draft_may_stay_one(self, gitea: Scene) -> None:
        state = AskForge(gitea.steps[0].page.place, TAG, draft=True).probe(gitea.run.world)

        assert isinstance(state, Done)

    def test_a_draft_is_filled_and_published(self, gitea: Scene) -> None:
        gitea.all()
        gitea.all()

        assert isinstance(gitea.forge, FaultyGitea)
        release = gitea.forge.release(TAG)
        assert [True] * 3 == [isinstance(step.probe(gitea.run.world), Done) for step in gitea.steps]
        assert NAMES == sorted(one.name for one in release.attachments)
        assert not release.draft
        assert 1 == len(gitea.forge.state.releases)

    def test_a_workflow_is_started_and_where_that_fails_is_said(self, gitea: Scene) -> None:
        step = Dispatch(gitea.steps[0].page.place, "docs.yml", TAG)
        omitted = step.apply(gitea.run.world, gitea.run)
        assert isinstance(gitea.forge, FaultyGitea)
        gitea.forge.settings.workflows = ("docs.yml",)
        done = step.apply(gitea.run.world, gitea.run)
        (error,) = gitea.run.postponed

        assert Todo() == step.probe(gitea.run.world)
        assert Omitted("it could not be started") == omitted
        assert "workflow 'docs.yml' not found" in str(error)
        assert f"Start it at {gitea.forge.page}/actions." == error.hint
        assert None is done
        assert [TAG] == [run.ref for run in gitea.forge.state.runs]

    def test_it_marks_pre_releases_and_no_latest(self, gitea: Scene) -> None:
        page = gitea.steps[2].page
        before = replace(page, text=replace(TEXT, prerelease=True, latest=False))

        assert Todo("as a pre-release") == PublishPage(before).probe(gitea.run.world)
        assert Todo() == PublishPage(page).probe(gitea.run.world)
