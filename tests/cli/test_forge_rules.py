"""Rights and rules of the forge, asked by the whole program before anything is changed."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.fakes.git_http import PUSH, git_over_http
from tests.fakes.refusing import Refusal, refuse
from tests.fakes.repository import Repository
from tests.forges.github import FaultyGitHub

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.program import Program
    from tests.fakes.git_http import Remote

pytestmark = pytest.mark.journey


BY_PULL_REQUEST: dict[str, dict[str, object] | None] = {"pull_request": {}}
WORKFLOW = """\
on: push
permissions:
  contents: read
jobs:
  release:
    runs-on: ubuntu-latest
    steps: []
"""


@dataclass
class Job:
    """The program in a job of GitHub's, whose token git pushes with, too."""

    laptop: Program
    project: Repository
    github: FaultyGitHub
    served: Remote

    def with_token(self, token: str) -> None:
        pair = base64.b64encode(f"x-access-token:{token}".encode()).decode()
        address = self.served.url.rpartition("/")[0]
        header = f"http.{address}/.extraheader"
        self.project.git("config", "--replace-all", header, f"AUTHORIZATION: basic {pair}")
        self.laptop.env["GITHUB_TOKEN"] = token

    def seen(self) -> tuple[str, ...]:
        """Return all that people see here and on the remote."""
        remote = Repository(self.served.folder)
        refs = self.project.git("for-each-ref", "refs/heads", "refs/tags")
        return refs, self.project.git("status", "--porcelain"), remote.git("for-each-ref")


@pytest.fixture
def job(laptop: Program, project: Repository) -> Iterator[Job]:
    folder = project.path.with_name("origin.git")
    with FaultyGitHub(folder) as github, git_over_http(folder) as served:
        settings = (
            f'[github]\nkind = "github"\nowner = "acme"\nrepo = "demo"\napi_url = "{github.url}"\n'
        )
        files = {".releasio.toml": settings, ".github/workflows/release.yml": WORKFLOW}
        project.commit("ci: release from a job", **files)
        project.git("push", "--quiet", "origin", "main")
        project.git("remote", "set-url", "origin", served.url)
        made = Job(laptop, project, github, served)
        made.with_token(github.job_token())
        yield made


def flat(text: str) -> str:
    return " ".join(text.split())


class TestRules:
    def test_that_let_everybody_push_are_said(self, job: Job) -> None:
        run = job.laptop("check")

        assert 0 == run.code, run.err
        assert "takes a push to main" in flat(run.out)

    def test_that_demand_a_pull_request_stop_a_push_in_time(self, job: Job) -> None:
        before = job.seen()
        job.github.protect("refs/heads/main", **BY_PULL_REQUEST)
        preview = job.laptop("release")
        run = job.laptop("release", "--execute")

        assert "main on GitHub" in flat(preview.out)
        assert "demands a pull request (changes come by pull request)" in flat(preview.out)
        assert 4 == run.code, run.err
        assert "releasio explain branch-demands" in run.err
        assert 'Set mode = "pull-request": releasio release-pr opens one' in flat(run.err)
        assert PUSH not in job.served.asked
        assert before == job.seen()

    def test_let_the_tag_go_alone_where_nothing_has_to_be_committed(self, job: Job) -> None:
        job.github.protect("refs/heads/main", **BY_PULL_REQUEST)
        assert 0 == job.laptop("update", "--execute").code
        job.project.commit("chore(release): prepare v0.1.1")
        served = job.project.git("remote", "get-url", "origin")
        folder = str(job.served.folder)
        job.project.git("push", "--quiet", folder, "main")  # as a merge would
        job.project.git("fetch", "--quiet", served, "main:refs/remotes/origin/main")
        refuse(Repository(job.served.folder), Refusal("protected branch hook declined"))
        preview = job.laptop("check")
        run = job.laptop("release", "--execute")

        assert "the tag goes alone: the commit is there" in flat(preview.out)
        assert 0 == run.code, run.err
        assert job.project.head == Repository(job.served.folder).git("rev-parse", "v0.1.1^{commit}")

    def test_of_tags_stop_a_push_in_time(self, job: Job) -> None:
        before = job.seen()
        job.github.protect("refs/tags/*", target="tag", creation=None)
        run = job.laptop("release", "--execute")

        assert 4 == run.code, run.err
        assert "releasio explain tag-demands" in run.err
        assert before == job.seen()


class TestRights:
    def test_to_open_pull_requests_are_asked_before_the_branch_is_pushed(self, job: Job) -> None:
        before = job.seen()
        job.with_token(job.github.job_token(contents="write", pull_requests="read"))
        run = job.laptop("release-pr", "--execute")

        assert 5 == run.code, run.err
        assert "may not open pull requests on GitHub" in flat(run.err)
        assert "Allow GitHub Actions to create and approve pull requests" in flat(run.err)
        assert PUSH not in job.served.asked
        assert before == job.seen()

    def test_that_are_missing_are_named_with_the_line_of_the_workflow(self, job: Job) -> None:
        before = job.seen()
        job.with_token(job.github.job_token(contents="read"))
        env = {
            "GITHUB_ACTIONS": "true",
            "GITHUB_JOB": "release",
            "GITHUB_WORKFLOW_REF": "acme/demo/.github/workflows/release.yml@refs/heads/main",
        }
        run = job.laptop("release", "--execute", **env)

        assert 5 == run.code, run.err
        assert "it lacks contents: write" in flat(run.err)
        assert "file=.github/workflows/release.yml,line=2" in run.err
        assert "Write contents: write under the job's permissions:" in flat(run.err)
        assert PUSH not in job.served.asked
        assert before == job.seen()


class TestToken:
    def test_is_masked_before_anything_else_can_show_it(self, job: Job, tmp_path: Path) -> None:
        token = job.github.job_token(contents="read")
        job.with_token(token)
        env = {"GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        runs = [job.laptop("release", *words, **env) for words in (["--json"], ["--execute"])]
        told = [line for run in runs for line in run.err.splitlines() if token in line]
        journal = job.project.path / ".git/releasio/journal.jsonl"
        files = [path for path in (journal, tmp_path / "summary") if path.exists()]

        assert {f"::add-mask::{token}"} == set(told)
        assert not any(token in run.out for run in runs)
        assert files
        assert not any(token in path.read_text(encoding="utf-8") for path in files)
