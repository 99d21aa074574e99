"""2.x's documented workflows through the Action: propose on a push, release after the merge."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.action.runner import Runner
from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import static_project
from tests.forges.github import FaultyGitHub
from tests.journeys.stage import QUICK, QUICK_BUILD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.action.runner import Result
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


PUBLISHER = {"repository": "ada/demo", "workflow": "release.yml"}
TITLE = "chore(release): prepare demo v0.1.1"
NOTHING = {"pr-number": "", "pr-url": "", "version": "", "tag": ""}


class Workflows:
    """Both jobs of the documented workflows, each on a push to main."""

    def __init__(self, repo: Repository, index: EmbeddedIndex, github: FaultyGitHub) -> None:
        self.repo = repo
        self.index = index
        self.github = github
        self.temp = repo.path.with_name("runner")
        self.temp.mkdir()

    def push(self, message: str, **files: str) -> None:
        self.repo.commit(message, **files)
        self.repo.git("push", "--quiet", "origin", "main")

    def job(self, command: str, **inputs: str) -> Result:
        """Run one job with main checked out."""
        self.repo.git("pull", "--quiet", "--ff-only", "--tags", "origin", "main")
        identity = self.index.issuer.job(**PUBLISHER, ref="refs/heads/main", sha=self.repo.head)
        temp = self.temp / str(len([*self.temp.iterdir()]))
        temp.mkdir()
        runner = Runner(
            self.repo.path,
            temp,
            env={
                **identity,
                "RELEASIO_PUBLISH_REGISTRY": self.index.upload_url,
                "GITHUB_API_URL": self.github.url,
                "GITHUB_SERVER_URL": self.github.site,
                "RELEASIO_GITHUB_KIND": "github",
                "RELEASIO_GITHUB_OWNER": "acme",
                "RELEASIO_GITHUB_REPO": "demo",
                "RELEASIO_GITHUB_API_URL": self.github.url,
            },
            done={"install": {"python": Path(sys.executable).as_posix()}},
        )
        return runner.run({"command": command, "github-token": self.github.job_token(), **inputs})

    def starts_release(self) -> bool:
        """Whether the condition of 2.x's documentation lets the job of the release run."""
        self.repo.git("fetch", "--quiet", "origin")
        subject = self.repo.git("show", "-s", "--format=%s", "origin/main")
        return subject.startswith("chore(release):")


@pytest.fixture
def workflows(repo: Repository, tmp_path: Path) -> Iterator[Workflows]:
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely", **{"src/demo/more.py": '"""More."""\n'})
    remote = repo.add_remote(tmp_path / "origin.git")
    with EmbeddedIndex() as index, FaultyGitHub(remote.path) as github:
        index.expect("demo", **PUBLISHER)
        yield Workflows(repo, index, github)


def proposed(result: Result) -> dict[str, str]:
    assert not result.code, result.log
    return {name: result.outputs[name] for name in NOTHING}


def test_a_push_opens_a_pull_request_and_its_merge_is_released(workflows: Workflows) -> None:
    opened = proposed(workflows.job("release-pr"))
    again = proposed(workflows.job("release-pr"))
    workflows.github.merge(1, "squash")
    runs = workflows.starts_release()
    between = workflows.job("release-pr")
    released = workflows.job("release")
    after = proposed(workflows.job("release-pr"))

    expected = {"pr-number": "1", "pr-url": f"{workflows.github.page}/pull/1", "version": "0.1.1"}
    expected["tag"] = ""  # nothing is tagged yet
    assert expected == opened == again
    assert runs
    assert NOTHING == proposed(between) == after
    assert "is prepared by" in between.log
    assert not released.code, released.log
    assert ("0.1.1", "v0.1.1", "true") == (
        released.outputs["version"],
        released.outputs["tag"],
        released.outputs["released"],
    )
    assert 2 == len(workflows.index.files("demo"))


def test_the_words_that_scripts_of_2x_look_for_are_in_the_log(workflows: Workflows) -> None:
    opened = workflows.job("release-pr")
    workflows.push("fix: more", **{"src/demo/other.py": ""})
    updated = workflows.job("release-pr")

    assert f"Created PR #1: {workflows.github.page}/pull/1\n" in opened.log
    assert f"Updated PR #1: {workflows.github.page}/pull/1\n" in updated.log
    assert TITLE == workflows.github.pull(1).title
    assert "Created PR #1" in opened.summary


def test_a_dry_run_opens_nothing_and_tells_the_version(workflows: Workflows) -> None:
    result = workflows.job("release-pr", **{"dry-run": "true"})

    assert NOTHING | {"version": "0.1.1"} == proposed(result)
    assert not workflows.github.state.pulls


@pytest.mark.parametrize("how", ["merge", "squash", "rebase"])
def test_release_on_every_push_and_release_pr_beside_it_never_fight(
    workflows: Workflows, how: str
) -> None:
    """With mode = "pull-request" both jobs run on each push, in any order."""
    manifest = workflows.repo.read("pyproject.toml")
    setting = manifest.replace(
        "config_version = 3\n", 'config_version = 3\nmode = "pull-request"\n'
    )
    workflows.push("chore: by pull request", **{"pyproject.toml": setting})
    before = workflows.job("release")
    opened = proposed(workflows.job("release-pr"))
    workflows.github.merge(1, how)  # type: ignore[arg-type] # one of the four
    beside = proposed(workflows.job("release-pr"))
    released = workflows.job("release")
    idle = workflows.job("release")
    after = proposed(workflows.job("release-pr"))

    assert ("false", "1") == (before.outputs["released"], opened["pr-number"])
    assert NOTHING == beside == after
    assert ("true", "v0.1.1") == (released.outputs["released"], released.outputs["tag"])
    assert (0, "false") == (idle.code, idle.outputs["released"]), idle.log
    assert 1 == len(workflows.github.state.pulls)
