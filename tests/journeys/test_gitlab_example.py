"""The job that the documentation shows for GitLab, in a checkout as GitLab makes it."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.journeys.stage import Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.templates import Templates

PAGE = Path(__file__).parents[2] / "docs" / "credentials.md"


@pytest.fixture
def job(tmp_path: Path, templates: Templates) -> Iterator[Stage]:
    """A clone at a commit, with no branch of its own."""
    with EmbeddedIndex() as index:
        clone = make_stage(tmp_path, index, templates).elsewhere("job")
        clone.repo.git("checkout", "--quiet", "--detach")
        clone.repo.git("branch", "--quiet", "--delete", "--force", "main")
        yield clone


def script() -> list[list[str]]:
    """Return the words of each line of the example's script, on the branch `main`."""
    text = PAGE.read_text(encoding="utf-8")
    (lines,) = re.findall(r"^  script:\n((?:    - .*\n)+)", text, re.MULTILINE)
    listed = (line.strip().removeprefix("- ") for line in lines.splitlines())
    return [
        shlex.split(line.replace("$CI_COMMIT_BRANCH", "main"), comments=True) for line in listed
    ]


def test_its_script_releases(job: Stage) -> None:
    *before, release = script()
    for program, *words in before:
        assert "git" == program
        job.repo.git(*words)
    run = job.run(*release[1:])

    assert ("releasio", 0) == (release[0], run.code)
    assert "refs/tags/v0.1.1" in job.remote.git("for-each-ref", "--format=%(refname)")
    assert job.index.files("demo")


def test_without_its_first_line_the_error_names_that(job: Stage) -> None:
    run = job.run("release", "--execute")

    assert 4 == run.code
    assert "and on no branch, but the release commit needs one" in run.err
    assert shlex.join(script()[0]).replace("main", '"$CI_COMMIT_BRANCH"') in run.err
