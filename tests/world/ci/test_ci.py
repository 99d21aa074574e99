from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from releasio.world.ci.ci import GitHubActions, ci_name, read_actions

if TYPE_CHECKING:
    from pathlib import Path

JOB = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_REPOSITORY": "acme/widgets",
    "GITHUB_SERVER_URL": "https://forge.example",
    "GITHUB_RUN_ID": "42",
    "GITHUB_REF": "refs/heads/main",
    "GITHUB_SHA": "0" * 40,
    "GITHUB_EVENT_NAME": "push",
    "GITHUB_WORKFLOW_REF": "acme/widgets/.github/workflows/release.yml@refs/heads/main",
    "ACTIONS_ID_TOKEN_REQUEST_URL": "http://127.0.0.1/",
    "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "x",
}


def test_a_job_is_read_from_its_variables() -> None:
    assert read_actions(JOB) == GitHubActions(
        repository="acme/widgets",
        ref="refs/heads/main",
        sha="0" * 40,
        event="push",
        workflow="acme/widgets/.github/workflows/release.yml@refs/heads/main",
        grants_identity=True,
        from_fork=False,
    )


@pytest.mark.parametrize("missing", ["_URL", "_TOKEN"])
def test_both_variables_are_needed_to_ask_for_an_identity(missing: str) -> None:
    job = read_actions({**JOB, f"ACTIONS_ID_TOKEN_REQUEST{missing}": ""})

    assert job is not None
    assert not job.grants_identity


def test_a_job_without_its_variables_is_still_one() -> None:
    job = read_actions({"GITHUB_ACTIONS": "true"})

    assert job is not None
    assert job.repository == ""


@pytest.mark.parametrize("env", [{}, {"GITHUB_ACTIONS": "false"}, {"CI": "true"}])
def test_elsewhere_there_is_none(env: dict[str, str]) -> None:
    assert read_actions(env) is None


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ('{"pull_request": {"head": {"repo": {"fork": true}}}}', True),
        ('{"pull_request": {"head": {"repo": {"fork": false}}}}', False),
        ('{"pull_request": {"head": {"repo": null}}}', True),
        ("{}", False),
        ("{cut", False),
    ],
)
def test_forks_are_told_by_the_event(tmp_path: Path, event: str, *, expected: bool) -> None:
    path = tmp_path / "event.json"
    path.write_text(event, encoding="utf-8")
    env = {**JOB, "GITHUB_EVENT_NAME": "pull_request", "GITHUB_EVENT_PATH": str(path)}

    job = read_actions(env)

    assert job is not None
    assert job.from_fork is expected


def test_only_pull_requests_come_from_forks(tmp_path: Path) -> None:
    path = tmp_path / "event.json"
    event = {"pull_request": {"head": {"repo": {"fork": True}}}}
    path.write_text(json.dumps(event), encoding="utf-8")

    job = read_actions({**JOB, "GITHUB_EVENT_PATH": str(path)})

    assert job is not None
    assert not job.from_fork


@pytest.mark.parametrize(
    ("env", "expected"),
    [
        ({"GITHUB_ACTIONS": "true", "CI": "true"}, "GitHub Actions"),
        ({"GITLAB_CI": "true", "CI": "true"}, "GitLab CI"),
        ({"CI": "1"}, "a CI"),
        ({"CI": "false"}, None),
        ({}, None),
    ],
)
def test_cis_have_names(env: dict[str, str], expected: str | None) -> None:
    assert ci_name(env) == expected
