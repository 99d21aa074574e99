"""A rehearsal of a project that nobody has committed yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.fakes.projects import static_project
from tests.fakes.repository import Repository
from tests.journeys.stage import QUICK, QUICK_BUILD

if TYPE_CHECKING:
    from pathlib import Path


def write_project(folder: Path) -> Repository:
    folder.mkdir(exist_ok=True)
    repo = Repository(folder)
    repo.write("inline/quick.py", QUICK)
    return static_project(repo, tables=QUICK_BUILD, message=None)


@pytest.mark.journey
@pytest.mark.parametrize("subdirectory", ["", "packages/demo"])
def test_of_a_repository_without_a_commit(repo: Repository, subdirectory: str) -> None:
    repo.write("notes.txt", "beside it\n")
    (repo.path / subdirectory).mkdir(parents=True, exist_ok=True)
    write_project(repo.path / subdirectory)
    run = Program(repo.path)("rehearse", subdirectory or ".")

    assert 0 == run.code, run.err
    assert (
        "note: nothing is committed yet, so the rehearsal begins with a first commit of its own"
    ) in run.out
    assert "Rehearsed demo 0.1.0 in " in run.out
    assert "" == repo.git("log", "--format=%s", check=False)
    assert "" == repo.git("ls-files")


@pytest.mark.journey
def test_of_what_is_no_repository(tmp_path: Path) -> None:
    write_project(tmp_path / "demo")
    run = Program(tmp_path / "demo")("rehearse")

    assert 0 == run.code, run.err
    assert "note: this is no git repository yet, so the rehearsal begins with" in run.out
    assert "Rehearsed demo 0.1.0 in " in run.out
    assert not (tmp_path / "demo/.git").exists()


def test_of_a_repository_without_a_project_says_what_is_missing(repo: Repository) -> None:
    run = Program(repo.path)("rehearse")

    assert 2 == run.code
    assert "error: there is no pyproject.toml" in run.err
