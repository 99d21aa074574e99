"""What a release takes away from those who import the package, in real repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.cli.show.data import package_data
from releasio.errors.project.api import ApiBreaks
from releasio.release.decision import decide
from releasio.rules.bump.request import Request
from releasio.rules.versions.version import Level
from tests.decided import refusal
from tests.look import MANIFEST, offline

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

INIT = "src/demo/__init__.py"
GONE = {INIT: "def kept(): ...\n"}


def settings(mode: str, more: str = "") -> str:
    return f'config_version = 3\n[changes]\napi = "{mode}"\n{more}'


@pytest.fixture
def demo(repo: Repository) -> Repository:
    files = {"pyproject.toml": MANIFEST, INIT: "def kept(): ...\ndef old(): ...\n"}
    repo.commit("feat: begin", **files)
    repo.tag("v1.2.0")
    return repo


class TestWarn:
    def test_names_what_breaks(self, demo: Repository) -> None:
        demo.commit("fix: tidy", **GONE, **{".releasio.toml": settings("warn")})
        (package,) = offline(demo).facts().packages

        assert (
            "the public API breaks: demo.old is gone (changes.api)",
        ) == package.reading.warnings
        assert "new v1.2.1" == offline(demo).outcome()

    def test_says_nothing_where_nothing_breaks(self, demo: Repository) -> None:
        demo.commit("fix: a", **{"src/demo/a.py": "", ".releasio.toml": settings("warn")})
        (package,) = offline(demo).facts().packages

        assert ((), ()) == (package.reading.warnings, package.reading.effects)

    def test_says_where_it_knows_no_package(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
        repo.tag("v1.2.0")
        repo.commit("fix: a", **{"a.txt": "", ".releasio.toml": settings("warn")})
        (package,) = offline(repo).facts().packages

        assert (
            "no import package of demo in the last release: its API is not known",
        ) == package.reading.warnings

    def test_is_in_json(self, demo: Repository) -> None:
        demo.commit("fix: tidy", **GONE, **{".releasio.toml": settings("warn")})
        (package,) = offline(demo).facts().packages

        assert [
            {"what": "demo.old is gone", "setting": "changes.api", "raises": "none"}
        ] == package_data(package, None, None)["effects"]


class TestRequire:
    def test_refuses_what_no_commit_says(self, demo: Repository) -> None:
        demo.commit("fix: tidy", **GONE, **{".releasio.toml": settings("require")})
        error = refusal(offline(demo).facts())

        assert isinstance(error, ApiBreaks)
        assert ("the public API breaks, and no commit says that it does: demo.old is gone") == str(
            error
        )
        assert (
            "Say it in a commit (`feat!: ...` or a footer BREAKING CHANGE), allow it in "
            "changes.api_allowed with a reason, or ask for the version: --bump major"
        ) == error.hint

    def test_takes_what_a_commit_says(self, demo: Repository) -> None:
        demo.commit("fix!: tidy", **GONE, **{".releasio.toml": settings("require")})

        assert "new v2.0.0" == offline(demo).outcome()
        assert "demo.old" not in decide(offline(demo).facts()).releases[0].notes  # type: ignore[union-attr] # it has one

    def test_takes_a_type_that_is_breaking_here(self, demo: Repository) -> None:
        more = '[commits]\ntypes_major = ["drop"]\n'
        demo.commit("drop: old", **GONE, **{".releasio.toml": settings("require", more)})

        assert "new v2.0.0" == offline(demo).outcome()

    def test_takes_what_is_asked_for(self, demo: Repository) -> None:
        demo.commit("fix: tidy", **GONE, **{".releasio.toml": settings("require")})

        assert "new v2.0.0" == offline(demo).outcome(Request(bump=Level.MAJOR))

    def test_takes_what_is_allowed(self, demo: Repository) -> None:
        allowed = '[[changes.api_allowed]]\nname = "demo.old"\nreason = "never told of"\n'
        demo.commit("fix: x", **GONE, **{".releasio.toml": settings("require", allowed)})

        assert "new v1.2.1" == offline(demo).outcome()


class TestBump:
    def test_raises_the_major_number_and_tells_it(self, demo: Repository) -> None:
        demo.commit("fix: tidy", **GONE, **{".releasio.toml": settings("bump")})
        (release,) = decide(offline(demo).facts()).releases  # type: ignore[union-attr] # it has one

        assert "2.0.0" == str(release.version)
        assert "demo.old is gone: raises the major number (changes.api)" in release.reasons
        assert "### Changed\n\n- **Breaking**: demo.old is gone\n" in release.notes

    def test_of_a_package_that_is_elsewhere_now(self, demo: Repository) -> None:
        demo.git("mv", "src/demo", "demo")
        demo.commit("build: move", **{".releasio.toml": settings("bump")})

        assert "nothing" == offline(demo).outcome()

    def test_of_a_package_that_has_another_name(self, demo: Repository) -> None:
        demo.git("mv", "src/demo", "src/other")
        demo.commit("build: rename", **{".releasio.toml": settings("bump")})

        assert "new v2.0.0" == offline(demo).outcome()
