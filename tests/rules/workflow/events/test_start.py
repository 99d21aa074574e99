"""What starts a job."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.events.start import needed_jobs, starts_of, starts_of_job
from releasio.rules.workflow.workflow import parse_workflow

JOBS = """
jobs:
  build:
    runs-on: x
  publish:
    needs: build
    if: github.event_name != 'pull_request'
"""


@pytest.mark.parametrize(
    ("trigger", "expected"),
    [
        ("push", [("push", "refs/heads/"), ("push", "refs/tags/")]),
        ("{push: {tags: ['v*']}}", [("push", "refs/tags/")]),
        ("{push: {branches: [main]}}", [("push", "refs/heads/")]),
        ("{push: {paths: [src]}}", [("push", "refs/heads/"), ("push", "refs/tags/")]),
        (
            "{push: {branches: [main], tags-ignore: [x]}}",
            [("push", "refs/heads/"), ("push", "refs/tags/")],
        ),
        (
            "{push: {tags: ['v*'], paths: [src]}}",
            [("push", "refs/heads/"), ("push", "refs/tags/")],
        ),
        ("[release, pull_request]", [("release", "refs/tags/"), ("pull_request", "refs/pull/")]),
        (
            "workflow_dispatch",
            [("workflow_dispatch", "refs/heads/"), ("workflow_dispatch", "refs/tags/")],
        ),
        ("{schedule: [{cron: x}]}", [("schedule", "refs/heads/")]),
        ("workflow_call", [("", "")]),
        ("deployment", [("deployment", "")]),
    ],
)
def test_each_event_says_of_what_its_runs_are(
    trigger: str, expected: list[tuple[str, str]]
) -> None:
    workflow = parse_workflow("w.yml", f"on: {trigger}{JOBS}")

    assert expected == [(start.event, start.ref) for start in starts_of(workflow)]


def test_a_condition_keeps_a_job_out() -> None:
    workflow = parse_workflow("w.yml", f"on: [release, pull_request]{JOBS}")

    starts = {
        job: [start.event for start in starts_of_job(workflow, workflow.jobs[job])]
        for job in workflow.jobs
    }

    assert {"build": ["release", "pull_request"], "publish": ["release"]} == starts


def test_a_called_workflow_is_started_by_what_starts_its_callers() -> None:
    called = parse_workflow(".github/workflows/called.yml", f"on: workflow_call{JOBS}")
    caller = parse_workflow(
        ".github/workflows/caller.yml",
        "on: release\njobs:\n  call:\n    uses: ./.github/workflows/called.yml\n",
    )

    starts = list(starts_of_job(called, called.jobs["publish"], [called, caller]))

    assert [("release", caller)] == [(start.event, start.workflow) for start in starts]


def test_workflows_that_call_each_other_come_to_an_end() -> None:
    one = parse_workflow(
        ".github/workflows/one.yml",
        "on: workflow_call\njobs:\n  a:\n    uses: ./.github/workflows/two.yml\n",
    )
    two = parse_workflow(
        ".github/workflows/two.yml",
        "on: workflow_call\njobs:\n  a:\n    uses: ./.github/workflows/one.yml\n",
    )

    assert {""} == {start.event for start in starts_of(one, [one, two])}


def test_jobs_are_needed_through_others_also_in_circles() -> None:
    text = "jobs:\n  a: {needs: c}\n  b: {needs: [a]}\n  c: {needs: [b, gone]}\n  d: {}\n"
    workflow = parse_workflow("w.yml", text)

    assert ["b", "c"] == [job.key for job in needed_jobs(workflow, workflow.jobs["a"])]
