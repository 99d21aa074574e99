"""What `releasio init` writes releases, with a publisher as it says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.embedded.index import EmbeddedIndex
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.forges.github import FaultyGitHub
from tests.journeys.stage import QUICK, QUICK_BUILD
from tests.setup.recipes.github_ci import SLUG, GitHubCI
from tests.setup.recipes.job_run import conclusions
from tests.setup.recipes.stage import distributions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.journey
@pytest.mark.parametrize("folder", ["", "packages/demo"])
def test_the_push_of_it_releases(repo: Repository, tmp_path: Path, folder: str) -> None:
    (repo.path / folder).mkdir(parents=True, exist_ok=True)
    project = Repository(repo.path / folder)
    with EmbeddedIndex() as index:
        project.write("inline/quick.py", QUICK)
        tables = f"""
[tool.releasio.publish]
registry = "live"

[tool.releasio.registries]
live.url = "{index.upload_url}"
"""
        static_project(project, tables=f"{QUICK_BUILD}{tables}", message=None)
        project.write("src/demo/more.py", '"""More."""\n')
        repo.commit("feat: begin")
        remote = repo.add_remote(tmp_path / "remote.git")
        words = ("init", "--yes", "--offline", "--json", "--recipe", "push-to-main")
        run = Program(repo.path)(*words, folder or ".")
        document = json.loads(run.out)["init"]
        values = document["publishers"][0]["values"]
        index.expect(
            "demo", repository=SLUG, workflow=values["Workflow name"],
            environment=values["Environment name"],
        )  # fmt: skip
        repo.commit("ci: release with releasio")
        repo.git("push", "--quiet", "origin", "main")
        with FaultyGitHub(remote.path) as github:
            runs = GitHubCI(remote, tmp_path / "ci", index.issuer, github).push("refs/heads/main")

        assert 0 == run.code, run.err
        assert {"release": "success"} == conclusions(runs)
        assert distributions("0.1.0") == sorted(index.files("demo"))
