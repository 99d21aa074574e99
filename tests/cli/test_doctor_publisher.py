"""What `releasio doctor --publisher` shows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.cli.test_json import VALIDATOR

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

WORKFLOW = """\
on:
  push:
    tags: ["v*"]
jobs:
  upload:
    runs-on: ubuntu-latest
    environment: release
    permissions:
      id-token: write
    steps:
      - uses: pypa/gh-action-pypi-publish@release/v1
"""
KNOWN = "publishers are for jobs that run on github.com or gitlab.com"
FORM = """\
pypi: the publisher of demo
  PyPI Project Name   demo
  Owner               acme
  Repository name     demo
  Workflow name       publish.yml
  Environment name    release
  for the job upload in .github/workflows/publish.yml:5
  an existing project, the form filled in: https://pypi.org/manage/project/demo/settings/\
publishing/?provider=github&owner=acme&repository=demo&workflow_filename=publish.yml\
&environment=release
  a new project, to be typed in: https://pypi.org/manage/account/publishing/
"""


@pytest.fixture
def releasio(repo: Repository) -> Program:
    """The program, in a project on GitHub that publishes with another tool."""
    repo.write("pyproject.toml", '[project]\nname = "demo"\nversion = "1.0"\n')
    repo.write(".github/workflows/publish.yml", WORKFLOW)
    repo.commit("feat: begin")
    repo.git("remote", "add", "origin", "git@github.com:acme/demo.git")
    return Program(repo.path)


def test_the_form_of_the_index_is_shown_as_it_asks(releasio: Program) -> None:
    run = releasio("doctor", "--publisher", "--offline")

    assert (0, FORM.strip()) == (run.code, run.out.strip())


def test_the_document_has_the_same_fields_beside_the_findings(releasio: Program) -> None:
    run = releasio("doctor", "--offline", "--json")

    document = json.loads(run.out)
    VALIDATOR.validate(document)
    (publisher,) = document["publishers"]

    assert {
        "Owner": "acme",
        "Repository name": "demo",
        "Workflow name": "publish.yml",
        "Environment name": "release",
    } == {field["label"]: field["value"] for field in publisher["fields"]}
    assert ("pypi", "demo", None) == (
        publisher["registry"],
        publisher["project"],
        publisher["project_exists"],
    )
    assert "findings" in document


def test_who_publishes_without_a_token_is_told_where_the_form_is(releasio: Program) -> None:
    run = releasio("doctor", "--offline")

    assert "releasio doctor --publisher" in run.out


def test_a_job_with_a_token_is_told_what_it_would_need(releasio: Program, repo: Repository) -> None:
    password = "        with: {password: '${{ secrets.PYPI }}'}\n"
    repo.write(".github/workflows/publish.yml", WORKFLOW + password)

    run = releasio("doctor", "--publisher", "--offline")

    assert "Workflow name       publish.yml" in run.out
    assert "it publishes with a token now" in run.out


def test_without_a_job_that_uploads_there_is_no_form(releasio: Program, repo: Repository) -> None:
    repo.git("rm", "-r", "--quiet", "--force", ".github")

    run = releasio("doctor", "--publisher", "--offline")

    assert "no job of this repository uploads to PyPI or TestPyPI" in run.out


@pytest.mark.parametrize(
    ("remote", "reason"),
    [
        (
            "https://git.example.org/acme/demo.git",
            f"the remote is https://git.example.org/acme/demo.git; {KNOWN}",
        ),
        (
            "https://gitlab.com/acme/demo.git",
            f"the remote is https://gitlab.com/acme/demo; {KNOWN}",
        ),
        ("", "there is no remote that says owner and repository"),
    ],
)
def test_why_no_form_can_be_filled_is_said(
    releasio: Program, repo: Repository, remote: str, reason: str
) -> None:
    repo.git("remote", "remove", "origin")
    if remote:
        repo.git("remote", "add", "origin", remote)

    run = releasio("doctor", "--publisher", "--offline")

    assert f"job upload uploads to PyPI or TestPyPI, but {reason}" in " ".join(run.out.split())
