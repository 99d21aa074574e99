"""What guides say of publishers that do not fit: told field by field, and nothing is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.setup.guides.conftest import told

if TYPE_CHECKING:
    from tests.setup.guides.conftest import Job

pytestmark = pytest.mark.journey
FORM = {"repository": "acme/demo", "workflow": "release.yml", "environment": "pypi"}


def refused(job: Job, **said: str | None) -> str:
    """Return what a refused release says; it must have left everything as it was."""
    before = job.public()
    run = job("release", "--execute", **said)

    assert (5, before) == (run.code, job.public()), told(run)
    assert "[publisher-unknown]" in run.err
    assert "This run made nothing public" in run.err
    return told(run)


def test_no_publisher_is_registered_at_all(job: Job) -> None:
    assert "The publisher of demo on live must have exactly these values" in refused(job)


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        ({"repository": "acme-inc/demo"}, "Owner             acme "),
        ({"repository": "acme/demo-old"}, "Repository name   demo "),
    ],
)
def test_owner_or_repository_differ(job: Job, form: dict[str, str], shown: str) -> None:
    job.project.indexes["live"].trust("demo", **{**FORM, **form})

    assert shown in refused(job)


@pytest.mark.parametrize("workflow", ["publish.yml", "Release.yml", "release.yaml"])
def test_the_workflow_differs_be_it_in_case_alone(job: Job, workflow: str) -> None:
    job.project.indexes["live"].trust("demo", **{**FORM, "workflow": workflow})
    words = refused(job)

    assert "Workflow name     release.yml " in words
    assert "upper and lower case count" in words


def test_the_environment_has_another_name_in_the_form(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **{**FORM, "environment": "release"})
    words = refused(job)

    assert "Environment name  pypi " in words
    assert "The job ran in the environment pypi: a publisher with another one does not fit" in words


def test_the_environment_is_missing_in_the_job(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    words = refused(job, environment=None)

    assert "Environment name  (leave it empty)" in words
    assert "a publisher that has one fits only if the job says it, `environment: NAME`" in words


def test_the_publisher_is_registered_on_the_other_index(job: Job) -> None:
    job.project.indexes["trial"].trust("demo", **FORM)

    assert "The publisher of demo on live must have exactly these values" in refused(job)


def test_the_job_is_in_a_workflow_that_another_calls(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    called = "other/tools/.github/workflows/publish.yml@refs/heads/main"
    words = refused(job, called_workflow=called)

    assert "Move the publishing job into a workflow that is not called by another" in words


def test_a_pending_publisher_with_the_right_name_makes_the_project(job: Job) -> None:
    job.project.indexes["live"].expect("demo", **FORM)
    run = job("release", "--execute")

    assert (0, 2) == (run.code, len(job.project.files("live"))), told(run)


def test_a_pending_publisher_with_another_name(job: Job) -> None:
    """
    PyPI and TestPyPI are asked before anything is public (tests/journeys/test_asked_first.py).
    """
    job.project.indexes["live"].expect("demmo", **FORM)
    run = job("release", "--execute")

    assert 1 == run.code, told(run)
    assert "The pending publisher that this job matched names another project than demo" in run.err
    assert "Register a pending publisher for demo with the values of this job" in run.err
