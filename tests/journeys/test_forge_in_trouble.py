"""A release pull request while the forge is in trouble, and while two runs make it at once."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.journeys.forge_stage import BRANCH, ForgeStage, forge_stage
from tests.journeys.stage import WHO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

CHANGING = ["pulls/create", "issues/add-labels", "pulls/update"]


@pytest.fixture
def stage(tmp_path: Path, templates: Templates) -> Iterator[ForgeStage]:
    yield from forge_stage(tmp_path, templates)


def is_whole(stage: ForgeStage) -> bool:
    """Whether there is one pull request, with its label, of one commit."""
    pulls = stage.github.state.pulls
    return (
        ["open"] == [pull.state for pull in pulls]
        and ["release"] == pulls[0].labels
        and ["chore(release): prepare v0.1.1"] == stage.subjects()
    )


@pytest.mark.parametrize(
    "operation",
    CHANGING,
)
def test_down_in_the_middle_is_an_error_and_the_next_run_finishes(
    stage: ForgeStage, operation: str
) -> None:
    stage.github.go_down(on=operation)
    broken = stage.propose()
    stage.github.heal()
    run = stage.propose()

    assert 6 == broken.code, broken.err
    assert "gave no usable answer" in broken.err
    assert 0 == run.code, run.err
    assert is_whole(stage)


@pytest.mark.parametrize("operation", CHANGING)
def test_an_answer_that_gets_lost_makes_nothing_twice(stage: ForgeStage, operation: str) -> None:
    stage.github.fail("reset-after", on=operation)
    stage.propose()
    run = stage.propose()

    assert 0 == run.code, run.err
    assert is_whole(stage)


def test_down_from_the_begin_nothing_is_pushed(stage: ForgeStage) -> None:
    stage.github.go_down()
    run = stage.propose()

    assert 6 == run.code
    assert BRANCH not in stage.remote.git("for-each-ref")


@pytest.mark.parametrize("left", [0, 1, 2, 4, 6])
def test_few_requests_that_are_left_end_it_in_time_and_the_next_run_finishes(
    stage: ForgeStage, left: int
) -> None:
    token = stage.github.token()
    stage.github.limits.leave(token, left)
    broken = stage.propose(GITHUB_TOKEN=token)
    run = stage.propose()

    assert 6 == broken.code, broken.err
    assert "takes no more requests of this token" in broken.err
    assert 0 == run.code, run.err
    assert is_whole(stage)


def test_a_preview_shows_what_it_would_do_all_the_same(stage: ForgeStage) -> None:
    stage.github.go_down()
    run = stage.stage.run("release-pr")

    assert "title:   chore(release): prepare demo v0.1.1" in run.out
    assert "whether a pull request is open is not known" in run.out


def test_a_label_that_may_not_be_given_is_an_error_and_the_rest_is_done(stage: ForgeStage) -> None:
    token = stage.github.job_token(contents="write", pull_requests="write")
    run = stage.propose(
        GITHUB_TOKEN=token, RELEASIO_GITHUB_RELEASE_PR_REVIEWERS="nobody-of-that-name"
    )

    assert run.code, run.out
    assert ["open"] == [pull.state for pull in stage.github.state.pulls]


def test_of_two_runs_at_once_one_opens_it_and_both_end_well(stage: ForgeStage) -> None:
    other = stage.stage.elsewhere("other")
    programs = [Program(repo.path, {**WHO, **stage.stage.env}) for repo in (stage.repo, other.repo)]
    processes = [
        subprocess.Popen(
            program.command("release-pr", "--execute"),
            cwd=program.path,
            env=program.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for program in programs
    ]
    ends = [(process.communicate(), process.returncode) for process in processes]

    assert [0, 0] == [code for _, code in ends], ends
    assert 1 == len(stage.github.state.pulls)
    again = stage.propose()
    assert 0 == again.code, again.err
    assert is_whole(stage)


def test_a_run_that_another_one_overtakes_ends_well(stage: ForgeStage) -> None:
    """The other one runs while this one makes its commit."""
    other = stage.stage.elsewhere("other")
    hook = f'git push --quiet "{stage.remote.path.as_posix()}" HEAD~1:refs/heads/{BRANCH}'
    run = stage.propose(RELEASIO_HOOKS_PRE_BUMP=hook)

    assert 0 == run.code, run.err
    assert f"{BRANCH} on origin was moved by another run meanwhile" in run.err
    assert not stage.github.state.pulls
    assert other.repo.git("rev-parse", "HEAD~1") == stage.remote.git("rev-parse", BRANCH)
