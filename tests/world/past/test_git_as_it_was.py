"""The repository as an earlier commit had it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from releasio.world.git.git import Git
from releasio.world.past.git_as_it_was import GitAsItWas

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


def view_of(repo: Repository, commit: str, *names: str) -> GitAsItWas:
    git = Git.open(repo.path, os.environ)
    tags = {tag.name: tag.object_id for tag in git.refs.tags() if tag.name in names}
    return GitAsItWas.of(git, commit, "main", tags)


def test_knows_the_tags_of_then_only(repo: Repository) -> None:
    repo.commit("one", a="1")
    repo.tag("v1", annotated=False)
    earlier = repo.head
    repo.tag("later-name")
    repo.commit("two", a="2")
    repo.tag("v2")

    git = view_of(repo, earlier, "v1")

    assert ["v1"] == [tag.name for tag in git.refs.tags()]
    assert ("v1",) == git.refs.tags_at(earlier)
    assert {"v1": earlier} == git.refs.peeled_tags()
    assert {"v1"} == set(git.refs.reachable_tags(earlier))
    assert {"v1"} == set(git.refs.reachable_tags(repo.head))
    assert None is git.refs.read("refs/tags/v2")


def test_is_at_that_commit_with_nothing_changed_and_no_remote(repo: Repository) -> None:
    earlier = repo.commit("one", a="1")
    repo.commit("two", a="2")
    repo.add_remote(repo.path.with_name("origin.git"))
    repo.write("a", "changed")

    git = view_of(repo, earlier)

    assert ((earlier, "main"), earlier, "main") == (
        git.work_tree.position(),
        git.work_tree.head(),
        git.work_tree.branch(),
    )
    assert ((), None, "") == (
        git.work_tree.start_status().changed(),
        git.remotes.chosen(),
        git.refs.read_symbolic("refs/remotes/origin/HEAD"),
    )
    assert [earlier] == [commit.id for commit in git.history.since((), earlier).commits]
    assert b"1" == git.at_hand().objects.read_file(earlier, "a")


def test_tags_within_are_those_that_a_commit_contains(repo: Repository) -> None:
    repo.commit("one")
    repo.tag("v1")
    earlier = repo.head
    repo.commit("two")
    repo.tag("v2")
    git = Git.open(repo.path, os.environ)

    assert ("v1",) == git.refs.tags_within(earlier, ["v1", "v2"])
    assert () == git.refs.tags_within(earlier, [])
