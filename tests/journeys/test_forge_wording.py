"""What a release says on GitHub where its words come from elsewhere than commits."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.journeys.github_stage import GitHubStage, KillingGitHub, stage_on
from tests.journeys.stage import make_stage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

NEWS = "0.1.0\n-----\n\n* Begin\n* It\n"
# does with one fragment what towncrier does
TOWNCRIER = """
import sys
from pathlib import Path

version = sys.argv[sys.argv.index("--version") + 1]
news, fragment = Path("NEWS.rst"), Path("newsfragments/1.feature.rst")
news.write_text(f"{version}\\n-----\\n\\n* {fragment.read_text()}\\n\\n{news.read_text()}")
fragment.unlink()
"""


@pytest.fixture
def town(tmp_path: Path, templates: Templates) -> Iterator[GitHubStage]:
    """A project at 0.1.0 with work since, an index, and a GitHub."""
    with EmbeddedIndex() as index:
        stage = make_stage(tmp_path, index, templates)
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        with KillingGitHub(stage.remote.path) as github:
            yield stage_on(stage.repo, stage.remote, index, github, stage.env)


def manifest(town: GitHubStage, table: str, line: str) -> str:
    """Return the manifest with a setting of ours."""
    return f"{town.repo.read('pyproject.toml')}\n[tool.releasio.{table}]\n{line}\n"


class TestWords:
    def test_of_a_changelog_in_another_format_are_markdown(self, town: GitHubStage) -> None:
        human = "Unreleased\n----------\n\n* By ``hand``, see `there <https://e.org>`__ @all\n\n"
        town.repo.commit("fix: mend", **{"NEWS.rst": human + NEWS})
        run = town.release()

        assert 0 == run.code, run.err
        assert "* By `hand`, see [there](https://e.org) @&#8203;all\n" in (town.page().body or "")
        assert "* By ``hand``, see `there <https://e.org>`__ @all\n" in town.repo.read("NEWS.rst")

    def test_are_those_of_the_projects_template(self, town: GitHubStage) -> None:
        text = manifest(town, "github", 'release_body_template = "page.j2"')
        files = {"pyproject.toml": text, "page.j2": "{{ project }}!\n\n{{ notes }}"}
        town.repo.commit("fix: mend", **files)
        run = town.release()

        assert 0 == run.code, run.err
        assert (town.page().body or "").startswith("demo!\n\n### ")

    @pytest.mark.skipif(sys.platform == "win32", reason="the script that plays it needs a shell")
    def test_are_what_the_tool_collected_from_fragments(
        self, town: GitHubStage, tmp_path: Path
    ) -> None:
        program = tmp_path / "bin/towncrier"
        program.parent.mkdir()
        program.write_text(f"#!{sys.executable}\n{TOWNCRIER}", encoding="utf-8")
        program.chmod(0o755)
        files = {
            "NEWS.rst": NEWS,
            "newsfragments/1.feature.rst": "By ``fragment``",
            "pyproject.toml": manifest(town, "changelog", 'fragments = "towncrier"'),
        }
        town.repo.commit("fix: mend", **files)
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        run = town.run("release", "--execute", PATH=path)

        assert 0 == run.code, run.err
        assert town.repo.read("NEWS.rst").startswith("0.2.0\n-----\n\n* By ``fragment``\n")
        assert "* By `fragment`" in (town.page("v0.2.0").body or "")
