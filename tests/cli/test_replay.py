"""`releasio replay`, as people see it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.fakes.repository import Repository


@pytest.fixture
def releases(project: Repository) -> Repository:
    """The project with a release that the rules make, and one that they do not."""
    project.git("tag", "v0.1.1")
    project.commit("fix: tell the story", **{"docs/index.md": "# A story\n"})
    project.git("tag", "v0.1.2")
    return project


@pytest.mark.usefixtures("releases")
def test_shows_each_release_and_what_would_make_them_agree(releasio: Program) -> None:
    run = releasio("replay")

    lines = run.out.splitlines()
    assert (0, "") == (run.code, run.err)
    assert [
        "the last 2 releases of demo, decided once more: 1 as they were made, 1 not",
        "  v0.1.2  would not be released",
        "            the one commit since 0.1.1 does not raise the version",
    ] == lines[:3]
    assert [
        "            the same with changes.by_files = false",
        "  v0.1.1  the same",
        "",
        "all are the same with",
        "  changes.by_files = false",
    ] == lines[4:]


@pytest.mark.usefixtures("releases")
def test_shows_every_reason_if_asked_to(releasio: Program) -> None:
    assert "fix raises the patch number (commits.types_patch)" in releasio("replay", "-v").out


@pytest.mark.usefixtures("releases")
def test_prints_a_document(releasio: Program) -> None:
    replay = json.loads(releasio("replay", "--last", "1", "--json").out)["replay"]

    (release,) = replay["releases"]
    assert ("v0.1.2", None, False) == (release["tag"], release["replayed"], release["agrees"])
    assert {"settings": {"changes.by_files": False}, "agreeing": 1} == replay["remedy"]


@pytest.mark.usefixtures("project")
def test_one_release_is_compared_with_nothing(releasio: Program) -> None:
    assert "demo has no two releases that could be compared\n" == releasio("replay").out


def test_says_where_no_setting_helps(releasio: Program, releases: Repository) -> None:
    releases.commit("fix: once more", **{"src/demo/more.py": '"""Much more."""\n'})
    releases.git("tag", "v7.0.0")

    out = releasio("replay", "--last", "1").out
    assert "  v7.0.0  would be 0.1.3\n" in out
    assert out.endswith("no setting that releasio knows of makes more of them the same\n")
