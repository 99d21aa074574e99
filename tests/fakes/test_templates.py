from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.fakes.repository import Repository
from tests.fakes.templates import Templates

if TYPE_CHECKING:
    from pathlib import Path


def make(repo: Repository) -> None:
    repo.commit("feat: begin", **{"file.txt": "text\n"})
    repo.tag("v1.0.0")
    repo.add_remote(repo.path.with_name("remote.git"))


@pytest.fixture
def templates(tmp_path: Path) -> Templates:
    return Templates(tmp_path / "templates")


def test_a_copy_is_what_would_be_made(templates: Templates, tmp_path: Path) -> None:
    copy = templates.fill(Repository.create(tmp_path / "copy" / "repo"), make)
    made = Repository.create(tmp_path / "made" / "repo")
    make(made)

    for repo in (copy, made):
        repo.commit("fix: more")
    assert made.git("for-each-ref") == copy.git("for-each-ref")
    assert "" == copy.git("status", "--porcelain")


def test_each_copy_has_a_remote_of_its_own(templates: Templates, tmp_path: Path) -> None:
    first, second = (
        templates.fill(Repository.create(tmp_path / name / "repo"), make) for name in ("a", "b")
    )
    first.commit("fix: more")
    first.git("push", "--quiet")
    remotes = [Repository(repo.path.with_name("remote.git")) for repo in (first, second)]

    assert [first.head, second.head] == [remote.git("rev-parse", "main") for remote in remotes]
    assert first.head != second.head
