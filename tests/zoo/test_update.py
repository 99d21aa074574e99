"""Every project of the zoo is read, and an update changes the lines that say the version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.errors.project.manifest import ManifestError
from releasio.release.stages import edit
from releasio.rules.bump.request import Request
from releasio.world.run import Run
from tests.fakes.repository import Repository
from tests.journeys.in_process import Watch
from tests.steps.scene import world_of
from tests.zoo.zoo import READ, REFUSED, Project, empty, release_once

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.release.preview import Preview
    from tests.fakes.templates import Templates

CHANGELOG = "CHANGELOG.md"


@pytest.fixture
def repo(tmp_path: Path, templates: Templates) -> Repository:
    """Return a repository without commits."""
    return templates.fill(Repository(tmp_path / "repo"), empty)


def update(repo: Repository, project: Project) -> Preview:
    """Edit the work tree, as `releasio update --execute` does."""
    folder = repo.path / project.folder
    world, _ = world_of(folder)
    with Run(world) as run:
        try:
            return edit(run, load(folder, world.env), Request(), Watch())
        finally:
            world.close()


def new_lines(before: bytes, after: bytes) -> list[tuple[str, str]]:
    """Return the lines of both that are not the same, each with its line end."""
    lines = zip(before.splitlines(True), after.splitlines(True), strict=True)  # noqa: FBT003 -- keepends
    return [(old.decode(), new.decode()) for old, new in lines if old != new]


@pytest.mark.parametrize("project", READ, ids=str)
def test_only_the_version_is_changed(project: Project, repo: Repository) -> None:
    before = project.files
    release_once(repo, before, f"v{project.version}")
    preview = update(repo, project)

    after, changelog = written(repo), f"{project.folder}/{CHANGELOG}".lstrip("/")
    assert project.version == str(preview.facts.package().manifest.version)
    assert [project.next] == [str(release.version) for release in preview.releases]
    assert {*before, changelog} == set(after)
    lines = {path: new_lines(before[path], after[path]) for path in before}
    assert {path: [line] for path, line in project.changes.items()} == {
        path: [new.rstrip("\r\n") for _, new in pairs] for path, pairs in lines.items() if pairs
    }
    assert all(line_end(old) == line_end(new) for pairs in lines.values() for old, new in pairs)


def line_end(line: str) -> str:
    return line.removeprefix(line.rstrip("\r\n"))


def written(repo: Repository) -> dict[str, bytes]:
    """Return the files of the work tree, by path."""
    return {
        path.relative_to(repo.path).as_posix(): path.read_bytes()
        for path in repo.path.rglob("*")
        if path.is_file() and ".git" not in path.relative_to(repo.path).parts
    }


@pytest.mark.parametrize("project", REFUSED, ids=str)
def test_what_only_code_would_tell_is_refused(project: Project, repo: Repository) -> None:
    release_once(repo, project.files, f"v{project.version}")

    with pytest.raises(ManifestError) as caught:
        update(repo, project)
    assert (project.refused, project.names) == (caught.value.code, caught.value.path)
    assert "version.source" in caught.value.hint
