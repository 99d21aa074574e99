"""A release that is followed by the next development version, in the same push."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.journeys.moments import KILLER
from tests.journeys.undisturbed import Watched, problems_after_kills, run_watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.templates import Templates
    from tests.journeys.stage import Stage

AFTERWARDS = {"RELEASIO_VERSION_AFTER_RELEASE": "dev"}
PARTS = 24  # the points are dealt out to so many tests, which can run side by side
EVERY = 2  # point is one to be killed at: most are those of a release that nothing follows


def test_the_tag_is_on_the_release_commit_and_the_branch_one_ahead(stage: Stage) -> None:
    run = stage.run("release", "--execute", **AFTERWARDS)
    subjects = stage.repo.git("log", "-2", "--format=%s").splitlines()

    assert 0 == run.code, run.err
    assert ["chore: begin 0.2.0.dev0", "chore(release): prepare v0.1.1"] == subjects
    assert stage.repo.git("rev-parse", "HEAD^") == stage.repo.git("rev-parse", "v0.1.1^{commit}")
    assert stage.repo.head == stage.remote.git("rev-parse", "main")
    assert 'version = "0.2.0.dev0"' in stage.repo.read("pyproject.toml")
    assert "" == stage.repo.git("status", "--porcelain")
    assert ["demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"] == sorted(stage.index.files("demo"))


def test_twice_is_once(stage: Stage) -> None:
    stage.run("release", "--execute", **AFTERWARDS)
    before = stage.state()
    run = stage.run("release", "--execute", **AFTERWARDS)

    assert (0, before) == (run.code, stage.state())
    assert "Nothing to release" in run.out


def test_the_next_release_is_what_was_begun(stage: Stage) -> None:
    stage.run("release", "--execute", **AFTERWARDS)
    stage.repo.commit("fix: one more", **{"src/demo/more.py": ""})
    run = stage.run("check", **AFTERWARDS)

    assert "demo 0.2.0.dev0 -> 0.2.0" in run.out
    assert 'commit as "chore: begin 0.3.0.dev0"' in run.out


def test_so_is_a_release_that_somebody_prepared(stage: Stage) -> None:
    text = stage.repo.read("pyproject.toml").replace('"0.1.0"', '"0.1.1"')
    section = "# Changelog\n\n## [0.1.1] - 2026-01-02\n\n- It.\n"
    stage.repo.commit("fix: ready", **{"pyproject.toml": text, "CHANGELOG.md": section})
    prepared = stage.repo.head
    stage.repo.git("push", "--quiet", "origin", "main")
    run = stage.run("release", "--execute", **AFTERWARDS)

    assert 0 == run.code, run.err
    assert prepared == stage.remote.git("rev-parse", "v0.1.1^{commit}")
    assert prepared == stage.remote.git("rev-parse", "main^")
    assert "chore: begin 0.2.0.dev0" == stage.repo.git("log", "-1", "--format=%s")


def test_hooks_may_change_the_files_before(stage: Stage) -> None:
    script = "import pathlib; pathlib.Path('pyproject.toml').open('a').write('# formatted\\n')"
    hook = f'{sys.executable} -c "{script}"'
    run = stage.run("release", "--execute", RELEASIO_HOOKS_POST_BUMP=hook, **AFTERWARDS)

    assert 0 == run.code, run.err
    assert 'version = "0.2.0.dev0"' in stage.repo.read("pyproject.toml")
    assert stage.repo.read("pyproject.toml").endswith("# formatted\n")


def test_a_job_that_is_run_again_finds_the_release_done(stage: Stage) -> None:
    """CI begins again at the commit before the release commit."""
    begun = stage.repo.head
    stage.run("release", "--execute", **AFTERWARDS)
    job = stage.elsewhere("job")
    job.repo.git("reset", "--quiet", "--hard", begun)
    run = job.run("release", "--execute", **AFTERWARDS)

    assert 0 == run.code, run.err
    assert stage.remote.git("rev-parse", "main") == stage.repo.head


@pytest.fixture(scope="module")
def watched(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, templates: Templates
) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    yield from run_watched(folder, request.config.rootpath / KILLER, templates, **AFTERWARDS)


@pytest.mark.parametrize("part", range(PARTS))
def test_ends_as_if_nobody_had_killed_it(part: int, watched: Watched) -> None:
    points = watched.moments.distinct[::EVERY][part::PARTS]
    wrong = [*problems_after_kills(watched, points, **AFTERWARDS)]

    assert not wrong, "\n".join(wrong)
