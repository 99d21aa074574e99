"""What a job's token may do by the workflow that it is of."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.job_permissions import job_permissions, workflow_of

WORKFLOW = """\
name: Release
on:
  push:
    branches: [main]
permissions:
  contents: read  # nobody needs more
jobs:
  # the tests come first
  test:
    runs-on: ubuntu-latest
    steps:
      - run: |
          permissions:
            contents: write
  release:
    runs-on: ubuntu-latest
    permissions:
      contents: write
      id-token: write

      # for release-pr
      pull-requests: "write"
    steps:
      - uses: actions/checkout@v5
  "odd name":
    permissions: {contents: write, 'issues': none}
    runs-on: ubuntu-latest
  everything:
    permissions: write-all
  nothing:
    permissions: {}
    steps: []
  by-default:
    permissions: ${{ inputs.permissions }}
"""


@pytest.mark.parametrize(
    ("job", "line", "written"),
    [
        ("test", 5, ""),
        ("release", 17, "contents id-token pull-requests"),
        ("odd name", 26, "contents"),
        ("everything", 29, "contents id-token issues pull-requests"),
        ("nothing", 31, ""),
        ("by-default", 5, ""),
    ],
)
def test_the_job_s_own_count_before_those_of_all(job: str, line: int, written: str) -> None:
    permissions = job_permissions(WORKFLOW, job)
    names = ("contents", "id-token", "issues", "pull-requests")

    assert permissions is not None
    assert line == permissions.line
    assert written.split() == [name for name in names if permissions.writes(name)]


@pytest.mark.parametrize(
    ("workflow", "job"),
    [
        (WORKFLOW, "called"),
        (WORKFLOW, ""),
        ("jobs:\n  release:\n    steps: []\n", "release"),
        ("permissions: ${{ x }}\njobs:\n  release:\n    steps: []\n", "release"),
        ("permissions: write-all\n", "release"),
        ("\tjobs:\n", "release"),
        ("", "release"),
        ("\0jobs\n:::", "release"),
    ],
)
def test_what_is_not_said_there_is_not_known(workflow: str, job: str) -> None:
    assert job_permissions(workflow, job) is None


def test_carriage_returns_change_nothing() -> None:
    permissions = job_permissions(WORKFLOW.replace("\n", "\r\n"), "release")

    assert permissions is not None
    assert permissions.writes("contents")


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "ada/demo/.github/workflows/release.yml@refs/heads/main",
            ("ada/demo", ".github/workflows/release.yml"),
        ),
        (
            "ada/demo/.github/workflows/release.yaml@1f2e",
            ("ada/demo", ".github/workflows/release.yaml"),
        ),
        ("ada/demo/../../etc/passwd@refs/heads/main", None),
        ("", None),
    ],
)
def test_the_file_is_named_by_the_job(reference: str, expected: tuple[str, str] | None) -> None:
    assert expected == workflow_of({"GITHUB_WORKFLOW_REF": reference})
