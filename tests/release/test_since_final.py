"""A final release after pre-releases: its notes tell what users of the last final one get."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.errors.git.checkout import ShallowClone
from releasio.frozen import replace
from releasio.release.reading.gather import gather
from releasio.release.stages import preview_release
from releasio.rules.bump.request import Request, read_request
from tests.release.notes_text import notes_of
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.release.preview import Preview
    from releasio.release.release import Release
    from tests.fakes.repository import Repository

MANIFEST = '[project]\nname = "demo"\nversion = "{}"\n'
EARLY, LATE = "- brought in early", "- made right late"


def prepared(repo: Repository, version: str) -> None:
    text = MANIFEST.format(version)
    repo.commit(f"chore(release): prepare v{version}", **{"pyproject.toml": text})
    repo.tag(f"v{version}")


@pytest.fixture
def candidate(repo: Repository) -> Repository:
    """demo 1.3.0rc2: a feature before rc1, a fix between rc1 and rc2."""
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST.format("1.2.0")})
    repo.tag("v1.2.0")
    repo.commit("feat: brought in early")
    prepared(repo, "1.3.0rc1")
    repo.commit("fix: made right late")
    prepared(repo, "1.3.0rc2")
    return repo


def look(path: Path, request: Request) -> Preview:
    world, _ = world_of(path)
    world = replace(world, offline=True)
    try:
        return preview_release(world, load(path, os.environ), request)
    finally:
        world.close()


def released(path: Path, request: Request) -> Release:
    (release,) = look(path, request).releases
    return release


class TestNotes:
    @pytest.mark.parametrize(
        "request_", [read_request(version="1.3.0"), read_request(bump="minor")]
    )
    def test_of_the_final_release_begin_at_the_last_final_one(
        self, candidate: Repository, request_: Request
    ) -> None:
        release = released(candidate.path, request_)

        assert "1.3.0" == str(release.version)
        assert EARLY in release.notes
        assert LATE in release.notes

    def test_of_the_next_candidate_begin_at_the_one_before(self, candidate: Repository) -> None:
        candidate.commit("fix: later still")
        release = released(candidate.path, read_request(prerelease="rc"))

        assert "1.3.0rc3" == str(release.version)
        assert "- later still" in release.notes
        assert LATE not in release.notes

    def test_of_the_first_final_release_begin_with_the_project(self, repo: Repository) -> None:
        repo.commit("feat: brought in early", **{"pyproject.toml": MANIFEST.format("0.1.0a1")})
        repo.tag("v0.1.0a1")
        repo.commit("fix: made right late")
        release = released(repo.path, Request())

        assert "0.1.0" == str(release.version)
        assert EARLY in release.notes
        assert LATE in release.notes

    def test_link_to_what_changed_since_the_last_final_release(self, candidate: Repository) -> None:
        candidate.git("remote", "add", "origin", "https://github.com/acme/demo")
        release = released(candidate.path, read_request(version="1.3.0"))
        section = next(e for e in release.edits if e.path == "CHANGELOG.md").after.decode()

        assert "[1.3.0]: https://github.com/acme/demo/compare/v1.2.0...v1.3.0\n" in section

    def test_are_the_same_when_they_are_asked_for_by_the_tag(self, candidate: Repository) -> None:
        prepared(candidate, "1.3.0")
        world, _ = world_of(candidate.path)
        final, second = (
            "".join(notes_of(world, load(candidate.path, os.environ).config, tag))
            for tag in ("v1.3.0", "v1.3.0rc2")
        )
        world.close()

        assert EARLY in final
        assert LATE in final
        assert EARLY not in second
        assert LATE in second


class TestShallowClone:
    """A clone that has the last candidate, and not the last final release."""

    @pytest.fixture
    def shallow(self, candidate: Repository, tmp_path: Path) -> Path:
        candidate.commit("fix: later still")
        remote = candidate.add_remote(tmp_path / "remote.git")
        remote.clone(tmp_path / "clone", "--depth=2")
        return tmp_path / "clone"

    def test_is_enough_for_the_next_candidate(self, shallow: Path) -> None:
        release = released(shallow, read_request(prerelease="rc"))

        assert "1.3.0rc3" == str(release.version)

    def test_is_not_enough_to_foresee_the_final_release(self, shallow: Path) -> None:
        with pytest.raises(ShallowClone):
            look(shallow, read_request(version="1.3.0"))

    @pytest.mark.parametrize("acting", [True, False], ids=["run", "preview"])
    def test_is_deepened_for_the_final_release(self, shallow: Path, *, acting: bool) -> None:
        world, _ = world_of(shallow)
        asked = read_request(version="1.3.0", publish=False)
        env = {**os.environ, "RELEASIO_PUBLISH_ENABLED": "false"}
        package = gather(world, load(shallow, env), asked, acting=acting).package()
        world.close()

        assert "v1.2.0" == (package.since_final and package.since_final.last.name)


class TestNothing:
    def test_says_how_to_make_the_candidate_final(self, candidate: Repository) -> None:
        seen = look(candidate.path, Request())

        assert () == seen.releases
        assert "no commits since 1.3.0rc2; to make it final: --version 1.3.0" == seen.reason
