"""The workflows that guides set up by hand, as recipes: they run green, as GitHub runs them."""

from __future__ import annotations

import shutil
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.forges.github import FaultyGitHub
from tests.setup.recipes.github_ci import Environment, GitHubCI
from tests.setup.recipes.job_run import conclusions
from tests.setup.recipes.stage import distributions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.setup.recipes.stage import Project


pytestmark = pytest.mark.journey


@pytest.fixture
def ci(tmp_path: Path, project: Project) -> Iterator[GitHubCI]:
    with FaultyGitHub(project.remote.path) as github:
        yield GitHubCI(project.remote, tmp_path / "ci", project.indexes["live"].issuer, github)


class TestReleasePublishedOnGitHub:
    """A release made by hand is tested, built and published; `-rc1` goes to the other index."""

    def test_a_release(self, project: Project, ci: GitHubCI) -> None:
        project.take("github-release")
        project.tag("0.2.0")
        runs = ci.release("v0.2.0")

        assert {
            "test": "success",
            "build": "success",
            "publish": "success",
            "publish-prerelease": "skipped",
        } == conclusions(runs)
        assert (distributions("0.2.0"), []) == (project.files("live"), project.files("trial"))
        page = ci.github.release("v0.2.0")
        assert ("The big one", "Read this first.") == (page.name, page.body)
        assert {"SHA256SUMS", *distributions("0.2.0")} == {asset.name for asset in page.assets}

    def test_a_candidate(self, project: Project, ci: GitHubCI) -> None:
        project.take("github-release")
        project.tag("0.2.0rc1", "v0.2.0-rc1")
        runs = ci.release("v0.2.0-rc1", prerelease=True)

        assert "skipped" == conclusions(runs)["publish"]
        assert ([], distributions("0.2.0rc1")) == (project.files("live"), project.files("trial"))


class TestTagPushedByHand:
    """Somebody edits version and changelog, tags the commit, and pushes."""

    def test_a_tag(self, project: Project, ci: GitHubCI) -> None:
        project.take("tag")
        runs = ci.push(project.tag("0.3.0"))

        assert {"build": "success", "publish": "success"} == conclusions(runs)
        assert distributions("0.3.0") == project.files("live")

    @pytest.mark.parametrize("version", ["0.1.0", "0.2.0"], ids=["released", "new"])
    def test_a_tag_of_another_version_than_the_project_has(
        self, project: Project, ci: GitHubCI, version: str
    ) -> None:
        project.take("tag")
        project.set_version(version)
        project.push("chore: look at it")
        project.repo.tag("v0.4.0")
        project.repo.git("push", "--quiet", "origin", "v0.4.0")
        runs = ci.push("refs/tags/v0.4.0")

        assert "skipped" == runs["publish"].conclusion
        assert f"HEAD has the tag v0.4.0, but pyproject.toml says {version}" in runs["build"].log


class TestTwoEnvironments:
    """Tags of releases wait for reviewers, tags of development versions go to the other index."""

    STAMP = "20250820123456"

    def test_a_development_tag(self, project: Project, ci: GitHubCI) -> None:
        project.take("environments")
        ci.environments["pypi"] = Environment(approved=False)
        ci.environments["testpypi"] = Environment(("v*-dev-*", "v*.dev*"))
        ref = project.tag(f"0.5.10.dev{self.STAMP}", f"v0.5.10-dev-{self.STAMP}")
        runs = ci.push(ref)

        assert {
            "build": "success",
            "publish": "skipped",
            "publish-development": "success",
        } == conclusions(runs)
        assert ([], distributions(f"0.5.10.dev{self.STAMP}")) == (
            project.files("live"),
            project.files("trial"),
        )

    def test_a_development_tag_that_releasio_made(self, project: Project, ci: GitHubCI) -> None:
        project.take("environments")
        Program(project.repo.path)("release", "--dev", "--skip-publish", "--execute")
        (tag,) = project.remote.git("tag", "--list", "*dev*").splitlines()
        runs = ci.push(f"refs/tags/{tag}")

        version = tag.removeprefix("v")
        assert "success" == conclusions(runs)["publish-development"]
        assert ([], distributions(version)) == (project.files("live"), project.files("trial"))

    def test_a_release_waits_for_its_reviewer(self, project: Project, ci: GitHubCI) -> None:
        project.take("environments")
        ci.environments["pypi"] = Environment(("v*",), approved=False)
        ref = project.tag("0.5.10")
        before = conclusions(ci.push(ref)), project.files("live")
        ci.environments["pypi"] = Environment(("v*",))
        runs = ci.push(ref)

        assert ("waiting", []) == (before[0]["publish"], before[1])
        assert "success" == conclusions(runs)["publish"]
        assert distributions("0.5.10") == project.files("live")


class TestVersionChangedOnMain:
    """One workflow for all: a version that is not there yet is published from main alone."""

    def test_a_new_version(self, project: Project, ci: GitHubCI) -> None:
        project.take("version-changed")
        project.set_version("0.2.0")
        runs = ci.push(project.push("feat: greet louder"))

        assert {"test": "success", "publish": "success"} == conclusions(runs)
        assert distributions("0.2.0") == project.files("trial")

    def test_the_same_version_again(self, project: Project, ci: GitHubCI) -> None:
        project.take("version-changed")
        runs = ci.push(project.push("feat: greet louder"))

        assert {"test": "success", "publish": "success"} == conclusions(runs)
        assert "Nothing to release" in runs["publish"].log
        assert [] == project.files("trial")

    def test_a_pull_request_publishes_nothing(self, project: Project, ci: GitHubCI) -> None:
        project.take("version-changed")
        project.set_version("0.2.0")
        project.push("feat: greet louder")
        runs = ci.pull_request("main")

        assert {"test": "success", "publish": "skipped"} == conclusions(runs)


class TestReleasioItself:
    """The workflows of 2.x: a push to main, with and without a pull request."""

    def test_a_push(self, project: Project, ci: GitHubCI) -> None:
        project.take("push-to-main")
        runs = ci.push("refs/heads/main")

        assert {"release": "success"} == conclusions(runs)
        assert distributions("0.1.1") == project.files("live")

    def test_a_push_in_three_jobs(self, project: Project, ci: GitHubCI) -> None:
        project.take("stages")
        ci.environments["pypi"] = Environment(approved=False)
        waiting = conclusions(ci.push("refs/heads/main")), project.files("live")
        ci.environments["pypi"] = Environment()
        runs = ci.push("refs/heads/main")
        again = ci.push("refs/heads/main")

        built = {"prepare": "success", "build": "success"}
        assert ({**built, "publish": "waiting"}, []) == waiting
        assert {**built, "publish": "success"} == conclusions(runs)
        assert distributions("0.1.1") == project.files("live")
        skipped = {"prepare": "success", "build": "skipped", "publish": "skipped"}
        assert skipped == conclusions(again)

    def test_a_pull_request_and_its_merge(self, project: Project, ci: GitHubCI) -> None:
        project.take("pull-request")
        opening = conclusions(ci.push("refs/heads/main"))
        before = project.files("live")
        ci.github.merge(1, "squash")
        runs = ci.push("refs/heads/main")

        assert ({"propose": "success", "release": "success"}, []) == (opening, before)
        assert {"propose": "success", "release": "success"} == conclusions(runs)
        assert distributions("0.1.1") == project.files("live")


class TestWheelsOfSeveralPlatforms:
    def test_a_tag(self, project: Project, ci: GitHubCI) -> None:
        project.take("wheels")
        runs = ci.push(project.tag("0.2.0"))

        assert {"wheels": "success", "sdist": "success", "publish": "success"} == conclusions(runs)
        assert 5 == len(project.files("live"))


class TestLaptop:
    """CI is down: a token from the index, on a machine of one's own."""

    EMERGENCY = MappingProxyType({"RELEASIO_PUBLISH_TRUSTED_PUBLISHING": "false"})

    def test_the_switch_lets_a_token_in_for_one_run(self, project: Project) -> None:
        project.take("environments")
        token = {"RELEASIO_TOKEN_LIVE": project.indexes["live"].user_token()}
        laptop = Program(project.repo.path)
        refused = laptop("release", "--execute", **token)
        before = project.files("live")
        run = laptop("release", "--execute", **token, **self.EMERGENCY)

        assert (5, []) == (refused.code, before), refused.out
        assert 'publish.trusted_publishing = "required"' in refused.err
        assert (0, distributions("0.1.1")) == (run.code, project.files("live")), run.err
        assert "RELEASIO_TOKEN_LIVE" in run.out
        assert token["RELEASIO_TOKEN_LIVE"] not in run.out + run.err

    def test_files_that_ci_built_are_published_as_they_are(
        self, project: Project, ci: GitHubCI
    ) -> None:
        project.take("tag")
        ci.environments["pypi"] = Environment(approved=False)
        ci.push(project.tag("0.3.0"))
        shutil.copytree(ci.folder / "artifacts-1/dist", project.repo.path / "dist")
        token = {"RELEASIO_TOKEN_LIVE": project.indexes["live"].user_token()}
        run = Program(project.repo.path)("publish", "dist", "--execute", **token)

        assert (0, distributions("0.3.0")) == (run.code, project.files("live")), run.err
