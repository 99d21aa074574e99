"""From a project that a tool has just made to its first rehearsed release."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.fakes.repository import Repository
from tests.journeys.new_projects import NEW
from tests.journeys.stage import files_below

if TYPE_CHECKING:
    from pathlib import Path

RELEASE = ".github/workflows/release.yml"


@pytest.fixture
def new_project(request: pytest.FixtureRequest, tmp_path: Path) -> Repository:
    """The project as its tool makes it; uv begins a repository, without a commit."""
    name = request.param
    folder = tmp_path / name
    repo = Repository.create(folder) if name == "uv-demo" else Repository(folder)
    for path, text in NEW[name].items():
        repo.write(path, text)
    return repo


@pytest.mark.parametrize("new_project", NEW, indirect=True)
def test_init_and_rehearse_do_without_anything_else(new_project: Repository) -> None:
    """The backend comes from the index that pip is set up for."""
    name, releasio = new_project.path.name.removesuffix("-alone"), Program(new_project.path)
    before = files_below(new_project.path)
    initialized = releasio("init", "--yes")
    written = files_below(new_project.path).keys() - before.keys()
    rehearsed = releasio("rehearse")

    assert 0 == initialized.code, initialized.err
    assert {".releasio.toml", RELEASE, "CHANGELOG.md"} == written - {"pyproject.toml"}
    assert 0 == rehearsed.code, rehearsed.out + rehearsed.err
    assert f"\nRehearsed {name} 0." in rehearsed.out
    assert "[x] installed with " in rehearsed.out


@pytest.mark.parametrize("new_project", NEW, indirect=True)
def test_the_next_commands_lead_to_a_plan(new_project: Repository) -> None:
    releasio = Program(new_project.path)
    initialized = releasio("init", "--yes", "--recipe", "push-to-main")
    workflow = new_project.path / RELEASE
    # what is left to do by hand, as init says: to name the account that has the Action
    workflow.write_text(workflow.read_text(encoding="utf-8").replace("OWNER/", "acme/"), "utf-8")
    commits = initialized.out.partition("\nNext\n")[2].splitlines()[0]
    for command in commits.split(" && "):
        _, *words = shlex.split(command)
        new_project.git(*words)
    new_project.add_remote(new_project.path.with_name("remote.git"))
    examined = releasio("doctor", "--offline")
    preview = releasio("release", "--dry-run", "--offline")

    assert 0 == initialized.code, initialized.err
    assert "GitHub cannot run the workflow yet: OWNER" in initialized.out
    assert 0 == examined.code, examined.out
    assert 0 == preview.code, preview.err
    assert "To do it: releasio release --execute\n" in preview.out
