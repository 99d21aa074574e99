"""What started a CI job, by its environment."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.running.job import NO_JOB, Job, job_of

if TYPE_CHECKING:
    from collections.abc import Mapping

GITHUB = {"GITHUB_ACTIONS": "true"}
GITLAB = {"GITLAB_CI": "true"}
MERGED = {
    "action": "closed",
    "number": 7,
    "pull_request": {"merged": True, "base": {"ref": "main"}},
}


@pytest.mark.parametrize(
    ("env", "event", "expected"),
    [
        ({}, None, NO_JOB),
        ({"GITHUB_REF": "refs/tags/v1"}, None, NO_JOB),
        ({**GITHUB, "GITHUB_REF": "refs/heads/main"}, None, Job("branch", "main")),
        ({**GITHUB, "GITHUB_REF": "refs/heads/feat/x"}, None, Job("branch", "feat/x")),
        ({**GITHUB, "GITHUB_REF": "refs/tags/demo/v1"}, None, Job("tag", "demo/v1")),
        ({**GITHUB, "GITHUB_REF": "refs/pull/12/merge"}, None, Job("pull-request", "#12")),
        (
            {**GITHUB, "GITHUB_REF": "refs/heads/main", "GITHUB_EVENT_NAME": "pull_request_target"},
            {"number": 12},
            Job("pull-request", "#12"),
        ),
        ({**GITHUB, "GITHUB_EVENT_NAME": "pull_request"}, [], Job("pull-request")),
        (
            {**GITHUB, "GITHUB_EVENT_NAME": "pull_request"},
            MERGED,
            Job("pull-request", "#7", "main"),
        ),
        (
            {**GITHUB, "GITHUB_EVENT_NAME": "pull_request"},
            {**MERGED, "pull_request": {"merged": False, "base": {"ref": "main"}}},
            Job("pull-request", "#7"),
        ),
        ({**GITHUB, "GITHUB_REF": ""}, None, NO_JOB),
        ({**GITLAB, "CI_COMMIT_TAG": "v1"}, None, Job("tag", "v1")),
        ({**GITLAB, "CI_COMMIT_BRANCH": "main"}, None, Job("branch", "main")),
        ({**GITLAB, "CI_MERGE_REQUEST_IID": "3"}, None, Job("pull-request", "!3")),
        (
            {**GITLAB, "CI_EXTERNAL_PULL_REQUEST_IID": "3", "CI_COMMIT_BRANCH": "x"},
            None,
            Job("pull-request", "#3"),
        ),
        (GITLAB, None, NO_JOB),
    ],
)
def test_what_started_it(env: Mapping[str, str], event: object, expected: Job) -> None:
    assert expected == job_of(env, event)
