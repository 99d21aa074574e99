"""What guides say of permissions, and of rules of environments: named with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forges.github import FaultyGitHub
from tests.setup.recipes.github_ci import Environment, GitHubCI

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.setup.guides.conftest import Job

pytestmark = pytest.mark.journey
WORKFLOW = ".github/workflows/release.yml"


@pytest.fixture
def ci(tmp_path: Path, job: Job) -> Iterator[GitHubCI]:
    issuer = job.project.indexes["live"].issuer
    with FaultyGitHub(job.project.remote.path) as github:
        yield GitHubCI(job.project.remote, tmp_path / "ci", issuer, github)


def without(job: Job, permission: str) -> int:
    """Take *permission* out of the workflow, push that, and return the line of the others."""
    lines = job.project.repo.read(WORKFLOW).splitlines(keepends=True)
    kept = [line for line in lines if f"{permission}: write" not in line]
    job.project.push("ci: forget a permission", **{WORKFLOW: "".join(kept)})
    return kept.index("    permissions:\n") + 1


def test_a_missing_permission_to_push_is_named_with_its_line(job: Job, ci: GitHubCI) -> None:
    line = without(job, "contents")
    before = job.public()
    runs = ci.push("refs/heads/main")

    assert ("failure", before) == (runs["release"].conclusion, job.public())
    assert f"{WORKFLOW}:{line}: the token from GITHUB_TOKEN, of this job" in runs["release"].log
    assert "Write contents: write under the job's permissions:." in runs["release"].log


def test_a_missing_permission_to_ask_for_an_identity(job: Job, ci: GitHubCI) -> None:
    without(job, "id-token")
    before = job.public()
    runs = ci.push("refs/heads/main")

    assert ("failure", before) == (runs["release"].conclusion, job.public())
    assert "the job lacks the permission id-token: write" in runs["release"].log


@pytest.mark.parametrize("pattern", ["v*", "v*-dev-*"])
def test_what_github_says_of_its_rules_is_explained(job: Job, ci: GitHubCI, pattern: str) -> None:
    ci.environments["pypi"] = Environment((pattern,))
    (words,) = (run.log for run in ci.push("refs/heads/main").values())
    run = job("explain", words)

    assert (0, True) == (
        run.code,
        "the rules of the environment must allow this branch or tag" in run.out,
    ), run.out


@pytest.mark.parametrize(
    "words",
    [
        "Environment protection rules block deployment",
        "Workflow does not have permission to use environment",
    ],
)
def test_the_words_of_the_guides_are_explained(job: Job, words: str) -> None:
    run = job("explain", words)

    assert (0, True) == (run.code, "environment" in run.out), run.out
