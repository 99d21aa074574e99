"""Who a job is to an index, as its workflow file tells."""

from __future__ import annotations

import pytest

from releasio.rules.identity.attestation import Signatory
from releasio.rules.identity.job_identity import JobIdentity, differences, github_identities
from releasio.rules.workflow.publishing import find_uploads
from releasio.rules.workflow.rights.calls import find_calls
from releasio.rules.workflow.workflow import parse_workflow

JOB = """
on: {event}
jobs:
  upload:
    environment: {environment}
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
"""
CALLER = """
on: push
jobs:
  call: {uses: ./.github/workflows/publish.yml}
"""


def identities(event: str = "push", environment: str = "pypi") -> tuple[JobIdentity, ...]:
    files = [
        parse_workflow(
            ".github/workflows/publish.yml", JOB.format(event=event, environment=environment)
        ),
        parse_workflow(".github/workflows/ci.yml", CALLER),
    ]
    return github_identities(find_uploads(files, {}), find_calls(files), "acme/demo")


def test_the_file_that_counts_is_the_one_of_the_job() -> None:
    (identity,) = identities("workflow_call")

    assert "acme/demo/.github/workflows/publish.yml@" == identity.claims["job_workflow_ref"]
    assert "acme/demo/.github/workflows/ci.yml@" == identity.claims["workflow_ref"]
    assert "ci.yml" == identity.caller


def test_each_environment_is_an_identity() -> None:
    chosen = "${{ github.ref == 'x' && 'pypi' || 'testpypi' }}"

    assert ["pypi", "testpypi"] == [
        identity.claims["environment"] for identity in identities(environment=chosen)
    ]


def test_an_environment_that_only_a_run_tells_is_shown_as_written() -> None:
    (identity,) = identities(environment="${{ vars.WHERE }}")

    assert ("${{ vars.WHERE }}", "") == (identity.environment, identity.claims["environment"])


@pytest.mark.parametrize(
    ("own", "signatory", "environment", "fields"),
    [
        ("pypi", Signatory("GitHub", "acme/demo", "publish.yml"), "pypi", []),
        ("PyPI", Signatory("GitHub", "acme/demo", "publish.yml"), "pypi", []),
        ("pypi", Signatory("GitHub", "acme/demo", "publish.yml"), "", []),
        ("", Signatory("GitHub", "acme/demo", "publish.yml"), "pypi", ["environment"]),
        ("${{ vars.A }}", Signatory("GitHub", "acme/demo", "publish.yml"), "pypi", []),
        ("pypi", Signatory("GitHub", "acme/demo", "release.yml"), "pypi", ["workflow"]),
        ("pypi", Signatory("GitHub", "Acme/demo", "publish.yml"), "pypi", ["repository"]),
        (
            "pypi",
            Signatory("GitLab", "acme/demo", ".gitlab-ci.yml"),
            "pypi",
            ["provider", "workflow"],
        ),
    ],
)
def test_a_publisher_fits_in_all_or_not_at_all(
    own: str, signatory: Signatory, environment: str, fields: list[str]
) -> None:
    (identity,) = identities(environment=own)

    assert fields == [name for name, _, _ in differences(identity, signatory, environment)]
