"""Projects whose build makes the version from tags: which tag counts, and what is without one."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import INLINE
from tests.fakes.repository import Repository
from tests.journeys.stage import WHO

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.templates import Templates

MANIFEST = """\
[build-system]
requires = []
build-backend = "tag_backend"
backend-path = ["inline"]

[project]
name = "demo"
dynamic = ["version"]
license = "MIT"
requires-python = ">=3.11"

[tool.releasio]
config_version = 3

[tool.releasio.version]
source = "tag"

[tool.releasio.publish]
validate_before_publish = false
"""
# the version is that of the tag, as `git describe` has it; in an sdist PKG-INFO says it
BACKEND = """\
import pathlib
import subprocess

import inline_backend

project = inline_backend.project


def version():
    kept = pathlib.Path("PKG-INFO")
    if kept.is_file():
        lines = kept.read_text(encoding="utf-8").splitlines()
        return next(line[9:] for line in lines if line.startswith("Version: "))
    return subprocess.check_output(["git", "describe", "--always"], text=True).strip().lstrip("v")


inline_backend.project = lambda: {**project(), "version": version()}
from inline_backend import build_sdist, build_wheel
"""

WITHOUT_CHANGELOG = f"{MANIFEST}\n[tool.releasio.changelog]\nenabled = false\n"
UNTIDY = (
    "A tool added what is behind + because files of the work tree are changed, or new and not "
    "ignored: have git ignore what the build writes (*.egg-info/, build/), "
)
FILES = {"demo-1.3.0-py3-none-any.whl", "demo-1.3.0.tar.gz"}


@pytest.fixture
def killer(request: pytest.FixtureRequest) -> str:
    return str(request.config.rootpath / "tests/journeys/killer.py")


@pytest.fixture
def repo(tmp_path: Path, templates: Templates) -> Repository:
    """demo, released as 1.2.0, with a feature since; its build asks git for the version."""
    return templates.fill(Repository(tmp_path / "repo"), _tagged)


def _tagged(repo: Repository) -> None:
    repo.write("inline/inline_backend.py", INLINE)
    repo.write("inline/tag_backend.py", BACKEND)
    repo.write("LICENSE", "MIT License\n")
    repo.write("src/demo/__init__.py", "")
    repo.write("pyproject.toml", MANIFEST)
    repo.commit("feat: begin")
    repo.tag("v1.2.0")
    repo.commit("feat: more", **{"src/demo/more.py": ""})
    repo.add_remote(repo.path.with_name("remote.git"))


def program(repo: Repository, index: EmbeddedIndex | None = None) -> Program:
    env = dict(WHO)
    if index:
        env["RELEASIO_PUBLISH_REGISTRY"] = index.upload_url
        env["RELEASIO_TOKEN"] = index.user_token()
    return Program(repo.path, env)


class TestBuild:
    def test_of_a_commit_without_a_tag_is_refused(self, repo: Repository) -> None:
        run = program(repo)("build", "--execute", "--json")
        (error,) = json.loads(run.out)["errors"]

        assert (4, "head-untagged") == (run.code, error["code"])
        assert (
            'HEAD has no tag that is a version, and by version.source = "tag" the build makes the '
            "version from it; the last release is v1.2.0" == error["message"]
        )
        assert (
            "To build that release: git checkout v1.2.0. To make a new one: releasio release "
            "--execute. For a development build: python -m build" == error["hint"]
        )
        assert not (repo.path / "dist").exists()

    @pytest.mark.parametrize("words", [("build",), ("build", "--check-reproducible", "--execute")])
    def test_nor_is_it_foreseen_or_compared(self, repo: Repository, words: tuple[str, ...]) -> None:
        run = program(repo)(*words)

        assert 4 == run.code
        assert "HEAD has no tag that is a version" in run.err

    def test_of_a_project_without_any_tag_names_no_release(self, repo: Repository) -> None:
        repo.git("tag", "--delete", "v1.2.0")
        run = program(repo)("build", "--execute", "--json")
        (error,) = json.loads(run.out)["errors"]

        assert error["message"].endswith("the build makes the version from it")
        assert error["hint"].startswith("To make a release: releasio release --execute. ")

    def test_of_a_tag_has_its_version(self, repo: Repository) -> None:
        repo.git("checkout", "--quiet", "v1.2.0")
        run = program(repo)("build", "--execute")

        assert 0 == run.code, run.err
        assert {
            "demo-1.2.0-py3-none-any.whl",
            "demo-1.2.0.tar.gz",
            "releasio.json",
        } == {path.name for path in (repo.path / "dist").iterdir()}

    def test_does_not_mind_a_tag_beside_it_that_is_no_version(self, repo: Repository) -> None:
        repo.git("checkout", "--quiet", "v1.2.0")
        repo.tag("nightly")
        run = program(repo)("build", "--execute")

        assert 0 == run.code, run.err
        assert (repo.path / "dist/demo-1.2.0.tar.gz").is_file()


def remote_refs(repo: Repository) -> dict[str, str]:
    """Return what the remote names: ref to commit."""
    lines = repo.git("ls-remote", "origin", "refs/heads/*", "refs/tags/*").splitlines()
    refs = (line.split() for line in lines)
    return {ref.removesuffix("^{}"): commit for commit, ref in refs}


class TestRelease:
    def test_builds_the_planned_version_and_runs_once(
        self, repo: Repository, index: EmbeddedIndex
    ) -> None:
        releasio = program(repo, index)
        first = releasio("release", "--execute")
        refs, files = remote_refs(repo), index.files("demo")
        second = releasio("release", "--execute")

        assert (0, 0) == (first.code, second.code), first.err + second.err
        assert FILES == {*files}
        assert "CHANGELOG.md" == repo.git("diff", "--name-only", "v1.2.0", "v1.3.0", "--", "*.md")
        assert refs["refs/tags/v1.3.0"] == refs["refs/heads/main"] == repo.head
        assert (refs, files) == (remote_refs(repo), index.files("demo"))

    def test_without_a_changelog_pushes_the_tag_alone(
        self, repo: Repository, index: EmbeddedIndex
    ) -> None:
        head = repo.commit("feat: no changelog", **{"pyproject.toml": WITHOUT_CHANGELOG})
        releasio = program(repo, index)
        first = releasio("release", "--execute")
        refs, files = remote_refs(repo), index.files("demo")
        second = releasio("release", "--execute")

        assert (0, 0) == (first.code, second.code), first.err + second.err
        assert FILES == {*files}
        assert head == repo.head == refs["refs/tags/v1.3.0"]
        assert (refs, files) == (remote_refs(repo), index.files("demo"))

    @pytest.mark.journey
    def test_the_first_is_the_initial_version(self, repo: Repository, index: EmbeddedIndex) -> None:
        repo.git("tag", "--delete", "v1.2.0")
        repo.git("push", "--quiet", "--delete", "origin", "v1.2.0")
        run = program(repo, index)("release", "--execute")

        assert 0 == run.code, run.err
        assert {"demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"} == {*index.files("demo")}
        assert repo.head == remote_refs(repo)["refs/tags/v0.1.0"]

    @pytest.mark.journey
    def test_a_tag_of_the_commit_that_is_no_version_does_not_count(
        self, repo: Repository, index: EmbeddedIndex
    ) -> None:
        repo.tag("nightly-2026-01-01")
        repo.git("push", "--quiet", "--tags")
        run = program(repo, index)("release", "--execute")

        assert 0 == run.code, run.err
        assert FILES == {*index.files("demo")}

    @pytest.mark.journey
    @pytest.mark.parametrize(
        ("version", "hint"),
        [
            ("1.3.9", "Look where the build backend takes the version from: "),
            ("1.3.0+g12.dirty", UNTIDY),
            ("0.0.0", "setuptools takes 0.0.0 where nothing says a version: "),
        ],
    )
    def test_a_build_of_another_version_is_not_pushed(
        self, version: str, hint: str, repo: Repository, index: EmbeddedIndex
    ) -> None:
        backend = f'{BACKEND}\nversion = lambda: "{version}"\n'
        repo.commit("feat: a mistake", **{"inline/tag_backend.py": backend})
        refs = remote_refs(repo)
        run = program(repo, index)("release", "--execute", "--json")
        (error,) = json.loads(run.out)["errors"]

        assert (4, "metadata-disagrees") == (run.code, error["code"])
        assert error["message"].endswith(f"say {version}")
        assert error["hint"].startswith(hint)
        assert (refs, {}) == (remote_refs(repo), index.files("demo"))
        assert "v1.3.0" not in repo.git("tag")

    @pytest.mark.journey
    @pytest.mark.parametrize("tenth", [5, 7, 8, 9])
    def test_that_is_killed_is_finished_by_the_next(
        self, tenth: int, repo: Repository, index: EmbeddedIndex, tmp_path: Path, killer: str
    ) -> None:
        repo.commit("feat: no changelog", **{"pyproject.toml": WITHOUT_CHANGELOG})
        shutil.copytree(repo.path, tmp_path / "undisturbed" / "repo")
        shutil.copytree(tmp_path / "remote.git", tmp_path / "undisturbed" / "remote.git")
        undisturbed = Repository(tmp_path / "undisturbed" / "repo")
        undisturbed.git("remote", "set-url", "origin", str(tmp_path / "undisturbed/remote.git"))
        with EmbeddedIndex() as another_index:
            counting = program(undisturbed, another_index)
            counting.driver = (killer, "0", str(tmp_path / "log"))
            counting("release", "--execute")
        points = (tmp_path / "log").read_text(encoding="utf-8").count("\n")
        releasio = program(repo, index)
        releasio.driver = (killer, str(points * tenth // 10), str(tmp_path / "log"))
        killed = releasio("release", "--execute")
        again = program(repo, index)("release", "--execute")

        assert (True, 0) == (killed.code in {-9, 137}, again.code), again.err
        assert FILES == {*index.files("demo")}
        assert remote_refs(undisturbed) == remote_refs(repo)


class TestCheck:
    @pytest.fixture
    def shallow(self, repo: Repository, tmp_path: Path) -> Program:
        """The program in a clone of the newest commit alone."""
        repo.git("push", "--quiet", "--all")
        return program(Repository(tmp_path / "remote.git").clone(tmp_path / "clone", "--depth=1"))

    def test_of_a_shallow_clone_fetches_what_it_lacks(self, shallow: Program) -> None:
        run = shallow("check")

        assert "1.2.0 -> 1.3.0" in run.out, run.err

    def test_of_a_shallow_clone_guesses_nothing_offline(self, shallow: Program) -> None:
        run = shallow("check", "--offline", "--json")
        (error,) = json.loads(run.out)["errors"]

        assert (4, "shallow-clone") == (run.code, error["code"])


@pytest.mark.journey
def test_a_rehearsal_says_that_the_tag_is_all_that_says_the_version(repo: Repository) -> None:
    repo.commit("chore: no changelog", **{"pyproject.toml": WITHOUT_CHANGELOG})
    run = program(repo)("rehearse")

    assert 0 == run.code, run.err
    assert "[x] commits read, version chosen: the tag says it, so no file was edited" in run.out
