"""The recipes for GitLab run green, as GitLab runs them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forges.gitlab import FaultyGitLab
from tests.setup.recipes.gitlab_ci import GitLabCI
from tests.setup.recipes.job_run import conclusions
from tests.setup.recipes.stage import distributions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.setup.recipes.stage import Project

pytestmark = pytest.mark.journey
MAIN = "refs/heads/main"


@pytest.fixture
def ci(tmp_path: Path, project: Project) -> Iterator[GitLabCI]:
    audiences = {"pypi": project.indexes["live"], "testpypi": project.indexes["trial"]}
    with FaultyGitLab(project.remote.path, root="/gitlab") as gitlab:
        yield GitLabCI(project.remote, tmp_path / "ci", audiences, gitlab, {})


def test_a_push_to_main(project: Project, ci: GitLabCI) -> None:
    project.take("gitlab-push-to-main")
    runs = ci.push(MAIN)

    assert {"release": "success"} == conclusions(runs)
    assert distributions("0.1.1") == project.files("live")


def test_a_merge_request_and_its_merge(project: Project, ci: GitLabCI) -> None:
    project.take("gitlab-merge-request")
    ci.variables = {"GITLAB_TOKEN": ci.gitlab.project_token()}
    opening = conclusions(ci.push(MAIN)), project.files("live")
    ci.gitlab.merge(1, squash=False)
    runs = ci.push(MAIN)

    assert ({"propose": "success", "release": "success"}, []) == opening
    assert {"propose": "success", "release": "success"} == conclusions(runs)
    assert distributions("0.1.1") == project.files("live")


def test_a_tag(project: Project, ci: GitLabCI) -> None:
    project.take("gitlab-tag")
    runs = ci.push(project.tag("0.3.0"))

    assert {"build": "success", "publish": "success"} == conclusions(runs)
    assert distributions("0.3.0") == project.files("live")


def test_a_push_starts_nothing_that_a_tag_does(project: Project, ci: GitLabCI) -> None:
    project.take("gitlab-tag")
    runs = ci.push(MAIN)

    assert {"build": "skipped", "publish": "skipped"} == conclusions(runs)


@pytest.mark.parametrize(
    ("version", "tag", "job", "registry"),
    [
        ("0.5.10", "v0.5.10", "publish", "live"),
        ("0.5.10.dev7", "v0.5.10-dev-7", "publish-development", "trial"),
        ("0.5.10.dev7", "v0.5.10.dev7", "publish-development", "trial"),
    ],
)
def test_tags_go_where_they_belong(
    project: Project, ci: GitLabCI, version: str, tag: str, job: str, registry: str
) -> None:
    project.take("gitlab-environments")
    runs = conclusions(ci.push(project.tag(version, tag)))

    assert {"build", job} == {name for name, run in runs.items() if run == "success"}
    assert {registry: distributions(version)} == {
        name: project.files(name) for name in ("live", "trial") if project.files(name)
    }


def test_a_version_that_was_changed(project: Project, ci: GitLabCI) -> None:
    project.take("gitlab-version-changed")
    project.set_version("0.2.0")
    project.push("feat: greet louder")
    request = conclusions(ci.merge_request("main"))
    runs = ci.push(MAIN)
    again = ci.push(MAIN)

    assert {"test": "success", "publish": "skipped"} == request
    assert {"test": "success", "publish": "success"} == conclusions(runs)
    assert distributions("0.2.0") == project.files("trial")
    assert "Nothing to release" in again["publish"].log
