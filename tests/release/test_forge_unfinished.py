"""Releases that are on the index, and not in full on the forge: found by what their tag says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from releasio.rules.bump.request import Request
from releasio.rules.contents.tag_message import tag_message
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import Registry
from releasio.standins.forge.github.state import Asset, Release
from tests.fakes.foreign import client_of, upload
from tests.fakes.wheels import sdist, sha256
from tests.forges.github import FaultyGitHub
from tests.look import Look, set_version

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

TAG = "v1.3.0"
PAGE = f"https://github.example/acme/demo/releases/tag/{TAG}"


@dataclass
class Town:
    """A project whose 1.3.0 is tagged, with its file on the index, and a GitHub."""

    repo: Repository
    github: FaultyGitHub
    index: EmbeddedIndex
    path: Path

    def tag(self, *, page: str = PAGE, moves: tuple[str, ...] = ()) -> None:
        """Tag HEAD, and push the tag with what it says."""
        files = {self.path.name: sha256(self.path)}
        message = tag_message(TAG, files, page=page, moves=moves)
        self.repo.git("tag", "-a", "-F", "-", TAG, input=message)
        self.repo.git("push", "--quiet", "origin", "main", TAG)

    def look(self, **settings: str) -> Look:
        look = Look(self.repo.path, self.index.upload_url)
        look.env |= {
            "RELEASIO_GITHUB_KIND": "github",
            "RELEASIO_GITHUB_API_URL": self.github.url,
            "RELEASIO_GITHUB_OWNER": "acme",
            "RELEASIO_GITHUB_REPO": "demo",
            "GH_ENTERPRISE_TOKEN": self.github.token(),
            **settings,
        }
        return look

    def make_page(self, *names: str, draft: bool = False, immutable: bool = False) -> None:
        """Make the release on GitHub, with files of these *names*."""
        now = self.github.now()
        assets = [
            Asset(
                id=self.github.hub.number(),
                name=name,
                label="",
                content_type="application/octet-stream",
                data=b"",
                state="uploaded",
                digest="",
                uploader="ada",
                created_at=now,
            )
            for name in names
        ]
        self.github.state.releases.append(
            Release(
                id=self.github.hub.number(),
                tag=TAG,
                target="main",
                name="demo",
                body="notes",
                draft=draft,
                prerelease=False,
                author="ada",
                created_at=now,
                untagged="untagged-1",
                immutable=immutable,
                assets=assets,
            )
        )


@pytest.fixture
def town(project: Repository, index: EmbeddedIndex, tmp_path: Path) -> Iterator[Town]:
    project.commit("feat: something")
    set_version(project, "1.3.0")
    built = tmp_path / "built"
    built.mkdir()
    path = sdist(built, version="1.3.0")
    registry = Registry("rehearsal", index.upload_url, index.simple_url)
    with client_of(registry) as client:
        upload(client, path, Credential("__token__", Secret(index.user_token()), "test"))
    remote = tmp_path / "remote.git"
    with FaultyGitHub(remote) as github:
        yield Town(project, github, index, path)


def test_a_page_that_is_not_there_is_left(town: Town) -> None:
    town.tag()

    assert f"resumed {TAG}" == town.look().outcome()


def test_a_page_that_is_a_draft_is_left(town: Town) -> None:
    town.tag()
    town.make_page(town.path.name, "SHA256SUMS", draft=True)

    assert f"resumed {TAG}" == town.look().outcome()
    # unless it is to stay one
    assert "nothing" == town.look(RELEASIO_GITHUB_DRAFT_RELEASES="true").outcome()


@pytest.mark.parametrize("names", [(), ("SHA256SUMS",)])
def test_a_page_that_lacks_files_is_left(town: Town, names: tuple[str, ...]) -> None:
    town.tag()
    town.make_page(*names)

    assert f"resumed {TAG}" == town.look().outcome()


def test_a_file_that_was_cut_off_is_none(town: Town) -> None:
    town.tag()
    town.make_page(town.path.name, "SHA256SUMS")
    town.github.release(TAG).assets[0].state = "starter"

    assert f"resumed {TAG}" == town.look().outcome()


def test_a_page_that_has_all_is_finished(town: Town) -> None:
    town.tag()
    town.make_page(town.path.name, "SHA256SUMS")

    assert "nothing" == town.look().outcome()


def test_sums_that_nobody_wants_are_not_missed(town: Town) -> None:
    town.tag()
    town.make_page(town.path.name)

    assert "nothing" == town.look(RELEASIO_GITHUB_RELEASE_CHECKSUMS="false").outcome()


def test_what_cannot_be_completed_is_no_endless_failure(town: Town) -> None:
    town.tag()
    town.make_page(immutable=True)

    assert "nothing" == town.look().outcome()


def test_a_tag_that_promises_no_page_gets_none(town: Town) -> None:
    town.tag(page="")

    assert "nothing" == town.look().outcome()
    assert [] == town.github.log


@pytest.mark.parametrize(
    "settings", [{"GH_ENTERPRISE_TOKEN": ""}, {"RELEASIO_GITHUB_RELEASES": "false"}]
)
def test_who_cannot_or_would_not_finish_it_goes_on(town: Town, settings: dict[str, str]) -> None:
    town.tag()

    assert "nothing" == town.look(**settings).outcome()


@pytest.mark.parametrize(("releases", "count"), [("true", 1), ("auto", 0)])
def test_who_always_has_pages_hears_that_the_token_lacks(
    town: Town, releases: str, count: int
) -> None:
    town.tag()
    look = town.look(GH_ENTERPRISE_TOKEN="", RELEASIO_GITHUB_RELEASES=releases)
    end = f"whether the release {TAG} there is complete is not known"

    assert look.facts(acting=True).package().unfinished is None
    assert count == sum(
        note.startswith("there is no token for GitHub") and note.endswith(end)
        for note in look.screen.notes
    )


def test_a_forge_that_is_down_holds_up_nothing_and_that_is_said(town: Town) -> None:
    town.tag()
    town.github.go_down()
    look = town.look()

    assert look.facts(acting=True).package().unfinished is None
    assert look.screen.notes[-1].endswith(
        f"whether the release {TAG} there is complete is not known"
    )


def test_without_uploads_the_page_is_finished_all_the_same(town: Town) -> None:
    town.tag()

    assert f"resumed {TAG}" == town.look().outcome(Request(publish=False))


def test_the_same_job_once_more_finds_it_ahead(town: Town) -> None:
    """CI begins again at the commit before the release commit."""
    town.tag()
    town.repo.git("reset", "--quiet", "--hard", "HEAD~1")
    town.repo.git("tag", "--delete", TAG)

    assert f"resumed {TAG}" == town.look().outcome()


class TestMovingTags:
    SETTINGS = {"RELEASIO_GITHUB_FLOATING_TAGS": "major,minor"}  # noqa: RUF012 -- read only

    def test_one_that_is_behind_is_left(self, town: Town) -> None:
        town.repo.git("push", "--quiet", "origin", "v1.2.0^{commit}:refs/tags/v1")
        town.tag(moves=("v1", "v1.3"))
        town.make_page(town.path.name, "SHA256SUMS")

        assert f"resumed {TAG}" == town.look(**self.SETTINGS).outcome()

    def test_one_that_moved_along_is_done_and_no_release(self, town: Town) -> None:
        town.tag(moves=("v1", "v1.3"))
        town.make_page(town.path.name, "SHA256SUMS")
        for name in ("v1", "v1.3"):
            town.repo.git("tag", name, "HEAD")
            town.repo.git("push", "--quiet", "origin", name)

        assert "nothing" == town.look(**self.SETTINGS).outcome()

    def test_old_tags_move_nothing(self, town: Town) -> None:
        town.tag()
        town.make_page(town.path.name, "SHA256SUMS")

        assert "nothing" == town.look(**self.SETTINGS).outcome()

    def test_nor_does_a_setting_that_is_gone(self, town: Town) -> None:
        town.tag(moves=("v1",))
        town.make_page(town.path.name, "SHA256SUMS")

        assert "nothing" == town.look().outcome()

    def test_behind_them_they_are_no_release_either(self, town: Town) -> None:
        """A clone that is behind sees `v1` and `v1.3` on commits above it."""
        town.tag(moves=("v1", "v1.3"))
        town.make_page(town.path.name, "SHA256SUMS")
        for name in ("v1", "v1.3"):
            town.repo.git("tag", name, "HEAD")
            town.repo.git("push", "--quiet", "origin", name)
        town.repo.git("reset", "--quiet", "--hard", "HEAD~1")
        ahead = town.look(**self.SETTINGS).facts().package().ahead

        assert [TAG] == [tag.name for tag in ahead]
