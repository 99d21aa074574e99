"""Commits of people on top of another one, in a scratch work tree."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import GitFailed
from releasio.world.git.git import Git
from releasio.world.replay import replay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def tree(repo: Repository) -> Iterator[Git]:
    """A scratch tree of a commit that changed FILE, beside `side` which is still to come."""
    repo.commit("feat: begin", FILE="1\n", OTHER="1\n")
    repo.git("branch", "side")
    repo.commit("fix: here", FILE="2\n")
    git = Git.open(repo.path, os.environ)
    tree = git.scratch.open(repo.head)
    yield tree
    git.scratch.close(tree.root)


def side(repo: Repository, message: str = "docs: there", **files: str) -> str:
    """Commit on `side`, and return the commit."""
    repo.git("switch", "--quiet", "side")
    commit = repo.commit(message, **files)
    repo.git("switch", "--quiet", "main")
    return commit


def never(*_: object) -> None:
    return None


def log(tree: Git) -> list[str]:
    return [commit.subject for commit in tree.history.commits(None, "HEAD")]


def test_comes_on_top_with_its_author(repo: Repository, tree: Git) -> None:
    commit = side(repo, OTHER="2\n")

    assert () == replay(tree, commit, never)
    assert ["docs: there", "fix: here", "feat: begin"] == log(tree)
    assert (
        repo.git("show", "-s", "--format=%an %at", commit)
        == tree.process.run("show", "-s", "--format=%an %at").text
    )


def test_what_is_there_already_is_left_out(repo: Repository, tree: Git) -> None:
    commit = side(repo, FILE="2\n")

    assert () == replay(tree, commit, never)
    assert ["fix: here", "feat: begin"] == log(tree)


def test_what_does_not_fit_is_named_and_the_tree_is_as_it_was(repo: Repository, tree: Git) -> None:
    commit = side(repo, FILE="3\n", OTHER="2\n")

    assert ("FILE",) == replay(tree, commit, never)
    assert ["fix: here", "feat: begin"] == log(tree)
    assert not tree.process.run("status", "--porcelain").text


def test_what_can_be_resolved_goes_on(repo: Repository, tree: Git) -> None:
    commit = side(repo, FILE="3\n", OTHER="2\n")
    asked = []

    def both(path: str, before: bytes, theirs: bytes, ours: bytes) -> bytes:
        asked.append((path, before, theirs, ours))
        return ours + theirs

    assert () == replay(tree, commit, both)
    assert [("FILE", b"1\n", b"3\n", b"2\n")] == asked
    assert (b"2\n3\n", b"2\n") == (
        (tree.root / "FILE").read_bytes(),
        tree.objects.read_file("HEAD", "OTHER"),
    )


def test_what_is_resolved_to_nothing_new_is_left_out(repo: Repository, tree: Git) -> None:
    commit = side(repo, FILE="3\n")

    assert () == replay(tree, commit, lambda _path, _before, _theirs, ours: ours)
    assert ["fix: here", "feat: begin"] == log(tree)


def test_a_file_that_one_side_removed_cannot_be_resolved(repo: Repository, tree: Git) -> None:
    repo.git("switch", "--quiet", "side")
    repo.git("rm", "--quiet", "FILE")
    commit = repo.commit("chore: remove")

    assert ("FILE",) == replay(tree, commit, lambda *_: b"never asked")


def test_a_commit_that_is_not_there_is_an_error(tree: Git) -> None:
    with pytest.raises(GitFailed):
        replay(tree, "0" * 40, never)
