"""What guides say of tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.setup.guides.conftest import told

if TYPE_CHECKING:
    from tests.setup.guides.conftest import Job

pytestmark = pytest.mark.journey
FORM = {"repository": "acme/demo", "workflow": "release.yml", "environment": "pypi"}


def test_a_token_that_is_wrong(job: Job) -> None:
    """
    PyPI and TestPyPI are asked before anything is public (tests/journeys/test_asked_first.py).
    """
    token = job.project.indexes["live"].user_token()
    job.project.indexes["live"].delete_token(token)
    run = job("release", "--execute", identity=False, env={"RELEASIO_TOKEN_LIVE": token})

    assert 5 == run.code, told(run)
    assert "The token is not known to this index: it was deleted, cut off, or belongs to" in run.err
    assert token not in told(run)


def test_a_token_of_another_project(job: Job) -> None:
    job.project.indexes["live"].create_project("other")
    token = job.project.indexes["live"].user_token(["other"])
    env = {"RELEASIO_TOKEN_LIVE": token}
    check = job("check", identity=False, env=env)
    before = job.public()
    run = job("release", "--execute", identity=False, env=env)

    for each in (check, run):
        assert 5 == each.code, told(each)
        assert "RELEASIO_TOKEN_LIVE holds a token for other, not for demo" in each.err
    assert before == job.public()


def test_trusted_publishing_is_taken_where_a_token_is_there_too(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    token = {"RELEASIO_TOKEN_LIVE": job.project.indexes["live"].user_token()}
    check = job("check", env=token)
    run = job("release", "--execute", env=token)

    assert "credential: would ask trusted publishing (GitHub Actions)" in check.out
    assert 0 == run.code, told(run)
    assert "credential for live: trusted publishing (GitHub Actions)" in run.out


def test_a_version_that_is_on_the_index_already(job: Job) -> None:
    job.project.indexes["live"].trust("demo", **FORM)
    job("release", "--execute")
    job.project.repo.git("reset", "--quiet", "--hard", "HEAD~1")
    job.project.repo.git("push", "--quiet", "--force", "origin", "main", ":v0.1.1")
    job.project.repo.git("tag", "--delete", "v0.1.1")
    check = job("check")
    dev = job("check", "--dev")

    assert 4 == check.code
    assert "demo 0.1.1 is on live already, with 2 files" in check.err
    assert 0 == dev.code
    assert "0.1.1.dev20231116020000 is free on live" in dev.out
