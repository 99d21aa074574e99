"""A release pull request, and the release it prepares, on GitLab and on Gitea."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.forges.gitea import FaultyGitea
from tests.forges.gitlab import FaultyGitLab
from tests.forges.whole_gitea.state import Run
from tests.journeys.stage import Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.program import Run as ProgramRun
    from tests.fakes.templates import Templates

FILES = ["SHA256SUMS", "demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"]


@pytest.fixture
def stage(tmp_path: Path, templates: Templates) -> Iterator[Stage]:
    with EmbeddedIndex() as index:
        yield make_stage(tmp_path, index, templates)


@pytest.fixture
def gitlab(stage: Stage) -> Iterator[FaultyGitLab]:
    with FaultyGitLab(stage.remote.path, root="/gitlab") as fake:
        stage.env |= settings("gitlab", fake, "acme/tools") | {"GITLAB_TOKEN": fake.project_token()}
        yield fake


@pytest.fixture
def gitea(stage: Stage) -> Iterator[FaultyGitea]:
    with FaultyGitea(stage.remote.path) as fake:
        stage.env |= settings("gitea", fake, "acme") | {"GITEA_TOKEN": fake.token()}
        yield fake


def settings(kind: str, fake: FaultyGitLab | FaultyGitea, owner: str) -> dict[str, str]:
    return {
        "RELEASIO_GITHUB_KIND": kind,
        "RELEASIO_GITHUB_API_URL": fake.url,
        "RELEASIO_GITHUB_OWNER": owner,
        "RELEASIO_GITHUB_REPO": "demo",
        "RELEASIO_GITHUB_RELEASE_PR_LABELS": "release,automated",
    }


def pull_main(stage: Stage) -> None:
    stage.repo.git("pull", "--quiet", "--ff-only", "--tags", "origin", "main")


def said(run: ProgramRun) -> str:
    """Return what people get to read: not what tells GitHub Actions to hide a token."""
    lines = (run.out + run.err).splitlines()
    return "\n".join(line for line in lines if not line.startswith("::add-mask::"))


@pytest.mark.parametrize("squash", [False, True])
def test_a_merge_request_becomes_a_release(
    stage: Stage,
    gitlab: FaultyGitLab,
    squash: bool,  # noqa: FBT001 -- a parameter of the test
) -> None:
    opening = stage.run("release-pr", "--execute")
    request = gitlab.merge_request(1)
    labels, title = request.labels, request.title
    gitlab.merge(1, squash=squash)
    pull_main(stage)
    release = stage.run("release", "--execute")
    again = stage.run("release", "--execute")

    assert 0 == opening.code, opening.err
    assert f"Created PR !1: {gitlab.web}/acme/tools/demo/-/merge_requests/1" in opening.out
    assert (["release", "automated"], "chore(release): prepare demo v0.1.1") == (labels, title)
    assert 0 == release.code, release.err
    assert FILES == sorted(link.name for link in gitlab.release("v0.1.1").links)
    assert gitlab.git.ref("refs/heads/main") == gitlab.git.commit_of("refs/tags/v0.1.1")
    assert 0 == again.code, again.err
    assert 1 == len(gitlab.state.releases)
    for run in (opening, release, again):
        assert stage.env["GITLAB_TOKEN"] not in said(run)


@pytest.mark.parametrize("style", ["rebase", "merge"])
def test_a_pull_request_on_gitea_becomes_a_release(
    stage: Stage, gitea: FaultyGitea, style: str
) -> None:
    gitea.settings.workflows = ("docs.yml",)
    stage.env["RELEASIO_GITHUB_DISPATCH"] = "docs.yml"
    opening = stage.run("release-pr", "--execute")
    gitea.merge(1, "rebase" if style == "rebase" else "merge")
    pull_main(stage)
    release = stage.run("release", "--execute")

    assert 0 == opening.code, opening.err
    assert ["release", "automated"] == [label.name for label in gitea.pull(1).labels]
    assert 0 == release.code, release.err
    assert FILES == sorted(one.name for one in gitea.release("v0.1.1").attachments)
    assert not gitea.release("v0.1.1").draft
    assert [Run(workflow="docs.yml", ref="v0.1.1", inputs={})] == gitea.state.runs


def test_a_gitlab_that_is_down_holds_up_no_upload(stage: Stage, gitlab: FaultyGitLab) -> None:
    gitlab.go_down()
    release = stage.run("release", "--execute")
    files = len(stage.index.files("demo"))
    gitlab.heal()
    again = stage.run("release", "--execute")

    assert 0 != release.code
    assert stage.env["GITLAB_TOKEN"] not in said(release)
    assert 2 == files
    assert 0 == again.code, again.err
    assert FILES == sorted(link.name for link in gitlab.release("v0.1.1").links)


def test_a_job_that_may_not_open_merge_requests_changes_nothing(
    stage: Stage, gitlab: FaultyGitLab
) -> None:
    del stage.env["GITLAB_TOKEN"]
    stage.env |= {"CI_SERVER_URL": gitlab.web, "CI_API_V4_URL": gitlab.url}
    before = gitlab.git.refs()
    run = stage.run("release-pr", "--execute", CI_JOB_TOKEN=gitlab.job_token())

    assert 0 != run.code
    assert "GITLAB_TOKEN" in run.err
    assert before == gitlab.git.refs()
    assert {"GET"} == {exchange.method for exchange in gitlab.log}
