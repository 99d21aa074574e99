"""A first release under a name that the index does not take."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from tests.fakes.projects import static_project
from tests.journeys.stage import QUICK, QUICK_BUILD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program
    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


SAME_COMMAND = "the same command finishes it"
NOTE = (
    "v0.1.0 names files of demo, and the project is called greeter now: nothing of v0.1.0 is "
    "uploaded any more. What comes next has a version of its own: releasio release --version "
    "0.1.1 --execute"
)


@pytest.fixture
def project(repo: Repository, tmp_path: Path) -> Repository:
    """demo 0.1.0, of which nothing was released yet."""
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.add_remote(tmp_path / "origin.git")
    return repo


@pytest.fixture
def taken(index: EmbeddedIndex) -> EmbeddedIndex:
    """An index that has a project of the same name, which is somebody else's."""
    index.create_user("mallory")
    index.create_project("demo", owner="mallory")
    return index


@pytest.fixture
def alike(index: EmbeddedIndex) -> EmbeddedIndex:
    """An index that has a project whose name looks the same."""
    index.create_project("dem0")
    return index


def rename(project: Repository) -> None:
    """Call the project `greeter`."""
    text = project.read("pyproject.toml").replace('name = "demo"', 'name = "greeter"')
    project.commit("chore: a name of our own", **{"pyproject.toml": text})


def command_in(text: str) -> list[str]:
    """Return the words of the command for another version that *text* tells to run."""
    found = re.search(r"releasio (release --version \S+ --execute)", text)

    assert found, text
    return shlex.split(found[1])


class TestTooSimilar:
    @pytest.fixture(autouse=True)
    def _alike(self, alike: EmbeddedIndex) -> None: ...

    def test_says_how_to_go_on_and_never_that_the_same_command_does(self, laptop: Program) -> None:
        first = laptop("release", "--execute")
        again = laptop("release", "--execute")

        assert 1 == first.code == again.code
        for run in (first, again):
            assert "too similar to an existing project" in run.err
            assert (
                "Commit that, and release a new version (releasio release --version 0.1.1 "
                "--execute).\n"
            ) in run.err
            assert run.err.endswith("v0.1.0 is public, and can never be finished.\n")
            assert SAME_COMMAND not in run.err

    def test_after_the_renaming_the_old_files_are_not_uploaded_again(
        self, laptop: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        laptop("release", "--execute")
        rename(project)
        again = laptop("release", "--execute")

        assert 0 == again.code, again.err
        assert f"note: {NOTE}\n" in again.out
        assert "Nothing to release" in again.out
        assert 1 == [request.kind for request in index.log].count("upload")

    def test_preview_and_status_say_the_same(self, laptop: Program, project: Repository) -> None:
        laptop("release", "--execute")
        rename(project)

        assert f"note: {NOTE}\n" in laptop("release").out
        assert f"note: {NOTE}\n" in laptop("status").out

    def test_the_command_that_is_told_goes_on(
        self, laptop: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        told = command_in(laptop("release", "--execute").err)
        rename(project)
        run = laptop(*told)
        after = laptop("release", "--execute")

        assert (0, 0) == (run.code, after.code), run.err + after.err
        assert {"greeter-0.1.1-py3-none-any.whl", "greeter-0.1.1.tar.gz"} == set(
            index.files("greeter")
        )
        assert NOTE not in after.out

    def test_commits_that_call_for_a_release_need_no_version(
        self, laptop: Program, project: Repository, index: EmbeddedIndex
    ) -> None:
        laptop("release", "--execute")
        rename(project)
        project.commit("fix: greet politely", **{"src/demo/more.py": '"""More."""\n'})
        run = laptop("release", "--execute")

        assert 0 == run.code, run.err
        assert 2 == len(index.files("greeter"))


class TestTaken:
    @pytest.fixture(autouse=True)
    def _taken(self, taken: EmbeddedIndex) -> None: ...

    def test_says_how_to_go_on_and_never_that_the_same_command_does(self, laptop: Program) -> None:
        run = laptop("release", "--execute")

        assert 5 == run.code
        assert (
            "If it is somebody else's, choose another [project] name in pyproject.toml. Commit "
            "that, and release a new version (releasio release --version 0.1.1 --execute).\n"
        ) in run.err
        assert run.err.endswith(
            "v0.1.0 is public, but not finished: only who may upload to demo can do that.\n"
        )
        assert SAME_COMMAND not in run.err

    def test_an_established_project_is_finished_once_the_right_is_there(
        self, laptop: Program, project: Repository
    ) -> None:
        project.tag("v0.1.0")
        project.git("push", "--quiet", "origin", "v0.1.0")
        project.commit("fix: greet politely", **{"src/demo/more.py": '"""More."""\n'})
        run = laptop("release", "--execute")

        assert 5 == run.code
        assert SAME_COMMAND in run.err
