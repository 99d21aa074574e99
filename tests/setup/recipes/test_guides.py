"""The workflows that guides set up by hand, as recipes: they run green, as GitHub runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.forges.github import FaultyGitHub
from tests.setup.recipes.github_ci import Environment, GitHubCI
from tests.setup.recipes.stage import Project, TrialIndex, fill

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.repository import Repository
    from tests.setup.recipes.github_ci import JobRun

pytestmark = pytest.mark.journey


@pytest.fixture
def project(tmp_path: Path, repo: Repository) -> Iterator[Project]:
    with EmbeddedIndex() as live, TrialIndex(live.issuer) as trial:
        indexes = {"live": live, "trial": trial}
        remote = fill(repo, indexes)
        with FaultyGitHub(remote.path) as github:
            ci = GitHubCI(remote, tmp_path / "ci", live.issuer, github)
            yield Project(repo, remote, indexes, ci)


def conclusions(runs: dict[str, JobRun]) -> dict[str, str]:
    """Return how each job ended; a failure shows its log."""
    for run in runs.values():
        if run.conclusion == "failure":
            print(run.log)  # noqa: T201 -- pytest shows it where the test fails
    return {name: run.conclusion for name, run in runs.items()}


def distributions(version: str) -> list[str]:
    return [f"demo-{version}-py3-none-any.whl", f"demo-{version}.tar.gz"]


class TestReleasePublishedOnGitHub:
    """A release made by hand is tested, built and published; `-rc1` goes to the other index."""

    def test_a_release(self, project: Project) -> None:
        project.take("github-release")
        project.tag("0.2.0")
        runs = project.ci.release("v0.2.0")

        assert {
            "test": "success",
            "build": "success",
            "publish": "success",
            "publish-prerelease": "skipped",
        } == conclusions(runs)
        assert (distributions("0.2.0"), []) == (project.files("live"), project.files("trial"))

    def test_a_candidate(self, project: Project) -> None:
        project.take("github-release")
        project.tag("0.2.0rc1", "v0.2.0-rc1")
        runs = project.ci.release("v0.2.0-rc1", prerelease=True)

        assert "skipped" == conclusions(runs)["publish"]
        assert ([], distributions("0.2.0rc1")) == (project.files("live"), project.files("trial"))


class TestTagPushedByHand:
    """Somebody edits version and changelog, tags the commit, and pushes."""

    def test_a_tag(self, project: Project) -> None:
        project.take("tag")
        runs = project.ci.push(project.tag("0.3.0"))

        assert {"build": "success", "publish": "success"} == conclusions(runs)
        assert distributions("0.3.0") == project.files("live")


class TestTwoEnvironments:
    """Tags of releases wait for reviewers, tags of development versions go to the other index."""

    STAMP = "20250820123456"

    def test_a_development_tag(self, project: Project) -> None:
        project.take("environments")
        project.ci.environments["pypi"] = Environment(approved=False)
        project.ci.environments["testpypi"] = Environment(("v*-dev-*", "v*.dev*"))
        ref = project.tag(f"0.5.10.dev{self.STAMP}", f"v0.5.10-dev-{self.STAMP}")
        runs = project.ci.push(ref)

        assert {
            "build": "success",
            "publish": "skipped",
            "publish-development": "success",
        } == conclusions(runs)
        assert ([], distributions(f"0.5.10.dev{self.STAMP}")) == (
            project.files("live"),
            project.files("trial"),
        )

    def test_a_release_waits_for_its_reviewer(self, project: Project) -> None:
        project.take("environments")
        project.ci.environments["pypi"] = Environment(("v*",), approved=False)
        ref = project.tag("0.5.10")
        before = conclusions(project.ci.push(ref)), project.files("live")
        project.ci.environments["pypi"] = Environment(("v*",))
        runs = project.ci.push(ref)

        assert ("waiting", []) == (before[0]["publish"], before[1])
        assert "success" == conclusions(runs)["publish"]
        assert distributions("0.5.10") == project.files("live")


class TestVersionChangedOnMain:
    """One workflow for all: a version that is not there yet is published from main alone."""

    def test_a_new_version(self, project: Project) -> None:
        project.take("version-changed")
        project.set_version("0.2.0")
        runs = project.ci.push(project.push("feat: greet louder"))

        assert {"test": "success", "publish": "success"} == conclusions(runs)
        assert distributions("0.2.0") == project.files("trial")

    def test_the_same_version_again(self, project: Project) -> None:
        project.take("version-changed")
        runs = project.ci.push(project.push("feat: greet louder"))

        assert {"test": "success", "publish": "success"} == conclusions(runs)
        assert "Nothing to release" in runs["publish"].log
        assert [] == project.files("trial")

    def test_a_pull_request_publishes_nothing(self, project: Project) -> None:
        project.take("version-changed")
        project.set_version("0.2.0")
        project.push("feat: greet louder")
        runs = project.ci.pull_request("main")

        assert {"test": "success", "publish": "skipped"} == conclusions(runs)


class TestReleasioItself:
    """The workflows of 2.x: a push to main, with and without a pull request."""

    def test_a_push(self, project: Project) -> None:
        project.take("push-to-main")
        runs = project.ci.push("refs/heads/main")

        assert {"release": "success"} == conclusions(runs)
        assert distributions("0.1.1") == project.files("live")

    def test_a_pull_request_and_its_merge(self, project: Project) -> None:
        project.take("pull-request")
        opening = conclusions(project.ci.push("refs/heads/main"))
        before = project.files("live")
        project.ci.github.merge(1, "squash")
        runs = project.ci.push("refs/heads/main")

        assert ({"propose": "success", "release": "success"}, []) == (opening, before)
        assert {"propose": "success", "release": "success"} == conclusions(runs)
        assert distributions("0.1.1") == project.files("live")


class TestWheelsOfSeveralPlatforms:
    def test_a_tag(self, project: Project) -> None:
        project.take("wheels")
        runs = project.ci.push(project.tag("0.2.0"))

        assert {"wheels": "success", "sdist": "success", "publish": "success"} == conclusions(runs)
        assert 5 == len(project.files("live"))
