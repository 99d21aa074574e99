"""A release whose changelog another tool collects; that tool is played by a script."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.program import Program
    from tests.fakes.repository import Repository

SETTINGS = '[changelog]\nfragments = "towncrier"\n'
# does with the fragments what towncrier does
TOWNCRIER = """
import os, sys
from pathlib import Path

assert "PYPI_TOKEN" not in os.environ
print("Rendering news fragments...")
version = sys.argv[sys.argv.index("--version") + 1]
fragments = sorted(Path("newsfragments").iterdir())
Path("NEWS.rst").write_text(version + "".join(one.read_text() for one in fragments))
for one in fragments:
    one.unlink()
sys.exit(int(os.environ.get("FAILS", "0")))
"""


@pytest.fixture
def fragments(project: Repository) -> Repository:
    """The project, with two fragments since its release."""
    project.commit(
        "docs: say it",
        **{
            ".releasio.toml": SETTINGS,
            "newsfragments/1.feature.rst": " it",
            "newsfragments/2.bugfix.rst": " that",
            "newsfragments/README.rst.txt": "",
        },
    )
    return project


def with_tool(folder: Path) -> dict[str, str]:
    """Return an environment in which towncrier is installed."""
    folder.mkdir()
    program = folder / "towncrier"
    program.write_text(f"#!{sys.executable}\n{TOWNCRIER}", encoding="utf-8")
    program.chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


def test_that_is_not_installed_stops_a_release(fragments: Repository, releasio: Program) -> None:
    head = fragments.head
    run = releasio("release", "--execute", "--skip-publish")

    assert 2 == run.code
    assert "error: towncrier is to write the changelog, and is not installed" in run.err
    assert "Install it where releasio runs (pip install towncrier), or take" in run.err
    assert "(releasio explain fragment-tool-missing)" in run.err
    assert head == fragments.head


def test_nothing_is_due_without_fragments(project: Repository, releasio: Program) -> None:
    project.commit("feat: more", **{".releasio.toml": SETTINGS})
    run = releasio("check", "--offline")

    assert "there are no news fragments" in run.out
    assert "(changelog.fragments); to release all the same: --bump patch" in run.out


@pytest.mark.parametrize("changelog", ["CHANGELOG.md", "CHANGES.rst"])
def test_of_a_tool_that_nobody_named_are_not_passed_over(
    project: Repository, releasio: Program, changelog: str
) -> None:
    """
    A section of ours beside what the tool collects would be one too many.
    """
    files = {changelog: "0.1.0\n=====\n\n", "newsfragments/1.feature.rst": " it"}
    project.commit("docs: say it", **{"towncrier.toml": "[tool.towncrier]\n", **files})
    due = releasio("release", "--offline").out
    run = releasio("release", "--offline", "--bump", "minor").out

    note = '1 news fragment waits for towncrier: changelog.fragments = "towncrier" lets them'
    assert note in due
    assert note in run
    assert (
        "  towncrier collects the changelog from news fragments, as towncrier.toml says, so its "
        "section is yours to write; `releasio changelog` prints the notes (changelog.fragments)\n"
    ) in run
    assert "prepare  [ ] write pyproject.toml, commit\n" in run


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
class TestPlayed:
    def test_collects_them_in_the_release_commit(
        self, fragments: Repository, releasio: Program, tmp_path: Path
    ) -> None:
        env = with_tool(tmp_path / "bin")
        run = releasio("release", "--execute", "--skip-publish", PYPI_TOKEN="x", **env)

        assert 0 == run.code, run.err
        assert "newsfragments/1.feature.rst: feature raises the minor number" in run.out
        assert "collect fragments: towncrier build --yes --version " in run.out
        changed = fragments.git("show", "--name-status", "--format=", "HEAD").split()
        assert {"NEWS.rst", "newsfragments/1.feature.rst", "pyproject.toml"} <= {*changed}
        assert "CHANGELOG.md" not in changed
        assert fragments.git("show", "HEAD:NEWS.rst").endswith(" it that")

    def test_updates_the_work_tree(
        self, fragments: Repository, releasio: Program, tmp_path: Path
    ) -> None:
        env = with_tool(tmp_path / "bin")
        run = releasio("update", "--execute", **env)

        assert 0 == run.code, run.err
        assert not (fragments.path / "newsfragments" / "1.feature.rst").exists()
        assert (fragments.path / "NEWS.rst").read_text(encoding="utf-8").endswith(" it that")

    def test_that_fails_leaves_everything_as_it_was(
        self, fragments: Repository, releasio: Program, tmp_path: Path
    ) -> None:
        head = fragments.head
        env = with_tool(tmp_path / "bin")
        run = releasio("release", "--execute", "--skip-publish", FAILS="3", **env)

        assert 1 == run.code
        assert "exited with status 3\n    Rendering news fragments..." in run.err
        assert "Run it by hand in a copy of the project, and repair what it names." in run.err
        assert (head, "") == (fragments.head, fragments.git("status", "--porcelain"))
