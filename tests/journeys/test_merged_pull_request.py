"""A merged release pull request is released: that very commit, once, however it was merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.forge_stage import BRANCH, HOWS, ForgeStage, How, forge_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates


@pytest.fixture
def stage(tmp_path: Path, templates: Templates) -> Iterator[ForgeStage]:
    """With a pull request whose changelog somebody edited."""
    for stage in forge_stage(tmp_path, templates):
        run = stage.propose()
        assert 0 == run.code, run.err
        stage.edit(**{"CHANGELOG.md": ("- a first mistake\n", "- a mistake of everybody\n")})
        yield stage


def released(stage: ForgeStage) -> str:
    return stage.remote.git("rev-parse", "v0.1.1^{commit}")


@pytest.mark.parametrize("how", HOWS)
def test_is_released_as_it_was_merged(stage: ForgeStage, how: How) -> None:
    merged = stage.merge(how)
    between = stage.propose()
    run = stage.stage.run("release", "--execute")
    after = stage.propose()

    assert 0 == run.code, run.err
    assert merged == released(stage)
    assert 2 == len(stage.stage.index.files("demo"))
    assert "- a mistake of everybody\n" in stage.repo.read("CHANGELOG.md")
    prepared = f"0.1.1 is prepared by {merged[:8]} and not released yet"
    assert prepared in between.out, between.err
    assert "Nothing to propose" in after.out, after.err
    assert 1 == len(stage.github.state.pulls)


@pytest.mark.parametrize("how", HOWS)
def test_commits_on_top_are_of_the_next_one(stage: ForgeStage, how: How) -> None:
    merged = stage.merge(how)
    stage.push("feat: the next thing", **{"src/demo/third.py": ""})
    between = stage.propose()
    run = stage.stage.run("release", "--execute")
    stage.pull_main()
    after = stage.propose()

    assert 0 == run.code, run.err
    assert merged == released(stage)
    assert "not released yet" in between.out, between.err
    assert "Created PR #2" in after.out, after.err
    assert "chore(release): prepare demo v0.2.0" == stage.github.pull(2).title
    assert ["chore(release): prepare v0.2.0"] == stage.subjects()


def test_a_squashed_one_may_have_other_words(stage: ForgeStage) -> None:
    stage.github.pull(1).title = "At last (the release)"
    merged = stage.merge("squash")
    run = stage.stage.run("release", "--execute", RELEASIO_MODE="pull-request")

    assert 0 == run.code, run.err
    assert "At last (the release)" in stage.repo.git("show", "-s", "--format=%s", merged)
    assert merged == released(stage)


def test_the_branch_may_be_deleted_with_the_merge(stage: ForgeStage) -> None:
    stage.github.settings.delete_branch_on_merge = True
    stage.merge("merge")
    stage.stage.run("release", "--execute")
    stage.push("fix: the next thing", **{"src/demo/third.py": ""})
    run = stage.propose()

    assert "Created PR #2" in run.out, run.err


def test_in_pull_request_mode_a_push_releases_nothing(stage: ForgeStage) -> None:
    before = stage.stage.run("release", "--execute", RELEASIO_MODE="pull-request")
    stage.merge("merge")
    after = stage.stage.run("release", "--execute", RELEASIO_MODE="pull-request")

    assert "waits for a merged release pull request" in before.out
    assert 0 == after.code, after.err
    assert stage.remote.git("tag", "--list", "v0.1.1")


def test_a_release_that_is_public_and_not_finished_is_not_proposed_again(
    stage: ForgeStage,
) -> None:
    stage.merge("merge")
    stage.stage.index.fail(on="upload", how="400-before")
    broken = stage.stage.run("release", "--execute")
    stage.stage.index.heal()
    run = stage.propose()

    assert broken.code, broken.out
    assert 0 == run.code, run.err
    assert "v0.1.1 is public, and not finished: `releasio release` finishes it" in run.out
    assert 1 == len(stage.github.state.pulls)


def test_what_came_to_the_branch_after_the_merge_is_not_overwritten(stage: ForgeStage) -> None:
    clone = stage.person()
    stage.merge("squash")
    clone.commit("docs: too late", **{"LATE.md": "late\n"})
    clone.git("push", "--quiet", "origin", BRANCH)
    stage.stage.run("release", "--execute")
    stage.push("fix: the next thing", **{"src/demo/third.py": ""})
    stage.propose()

    assert "LATE.md" in stage.remote.git("ls-tree", "--name-only", BRANCH)
    assert ["docs: too late", "chore(release): prepare v0.1.2"] == stage.subjects()
