"""What guides say of jobs that cannot say who they are, or must not publish."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.setup.guides.conftest import told

if TYPE_CHECKING:
    from pathlib import Path

    from tests.setup.guides.conftest import Job

pytestmark = pytest.mark.journey
FORM = {"repository": "acme/demo", "workflow": "release.yml", "environment": "pypi"}


def test_check_says_that_the_job_may_not_ask_for_an_identity(job: Job) -> None:
    run = job("check", identity=False)

    assert 5 == run.code
    assert "the job lacks the permission id-token: write" in run.err
    assert "Add to the job that publishes:\n    permissions:\n      id-token: write" in run.err


def test_an_identity_that_is_over_says_run_it_again(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    before = job.public()
    run = job("release", "--execute", claims={"exp": 1_700_000_000})

    assert (5, before) == (run.code, job.public()), told(run)
    assert "[identity-refused]" in run.err
    assert "Run the job again: each run gets a fresh identity." in run.err


def test_a_ci_that_has_no_identity_for_the_index_is_told_to_take_a_token(job: Job) -> None:
    circle = {"CI": "true", "CIRCLECI": "true", "GITHUB_ACTIONS": ""}
    run = job("check", identity=False, env=circle)

    assert 5 == run.code, told(run)
    assert "trusted publishing (GitLab CI): does not apply: this is CircleCI" in run.err
    assert "Give the job a token of live as RELEASIO_TOKEN." in run.err


def test_a_job_of_a_pull_request_releases_nothing_and_says_which_does(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    before = job.public()
    request = {"event_name": "pull_request", "ref": "refs/pull/3/merge"}
    check = job("check", **request)
    run = job("release", "--execute", **request)

    assert "this job was started by pull request #3: it releases nothing" in check.err
    assert "The job that the merge starts on main releases." in check.err
    assert before == job.public(), told(run)


def test_a_fork_gets_no_identity_and_publishes_nothing(job: Job, tmp_path: Path) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    event = tmp_path / "event.json"
    event.write_text(
        json.dumps({"pull_request": {"head": {"repo": {"fork": True}}}}), encoding="utf-8"
    )
    before = job.public()
    fork = {"event_name": "pull_request", "ref": "refs/pull/3/merge"}
    env = {"GITHUB_EVENT_PATH": str(event)}
    run = job("release", "--execute", identity=False, env=env, **fork)

    assert "this job was started by pull request #3: it releases nothing" in run.err
    assert before == job.public()


def test_no_identity_and_no_token_is_in_a_log(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    run = job("release", "--execute", "--verbose")
    masks = [
        line[12:] for line in run.out.splitlines() + run.err.splitlines() if "::add-mask::" in line
    ]

    assert 0 == run.code, told(run)
    assert masks
    assert [] == [mask for mask in masks if mask in told(run)]
