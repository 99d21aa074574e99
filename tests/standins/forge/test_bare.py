"""The bare repository behind a forge: what is made there, git itself can read."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from releasio.standins.forge.bare import NULL, BareRepository, GitRefused, Person
from tests.forges.rebasing import rebased_tree

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

ADA = Person("Ada", "ada@example.org")
MOMENT = datetime(2026, 11, 29, 12, tzinfo=UTC)


@pytest.fixture
def bare(project: Repository) -> BareRepository:
    return BareRepository(project.path.with_name("remote.git"))


def commit(bare: BareRepository, files: dict[str, bytes | None], signature: str = "") -> str:
    return bare.write_commit(
        tree=bare.tree_with("main", files),
        parents=[bare.commit_of("main") or ""],
        message="change\n\nwhy",
        author=ADA,
        committer=ADA,
        moment=MOMENT,
        signature=signature,
    )


def test_a_commit_that_is_made_here_can_be_fetched(
    bare: BareRepository, project: Repository
) -> None:
    made = commit(bare, {"docs/new.md": b"new\n", "pyproject.toml": None}, signature="by hand\n")
    bare.set_ref("refs/heads/main", made)
    project.git("fetch", "origin")

    assert "docs/new.md" == project.git("ls-tree", "-r", "--name-only", "origin/main").strip()
    assert "change\n\nwhy" == project.git("log", "-1", "--format=%B", "origin/main").strip()


def test_a_ref_is_moved_only_from_where_it_was_thought_to_be(bare: BareRepository) -> None:
    with pytest.raises(GitRefused):
        bare.set_ref("refs/heads/main", commit(bare, {"a": b""}), NULL)


def test_changes_of_both_sides_are_merged_unless_they_touch_the_same_line(
    bare: BareRepository,
) -> None:
    one, other = commit(bare, {"a": b"1\n"}), commit(bare, {"b": b"2\n"})
    against = commit(bare, {"a": b"3\n"})

    assert None is not bare.merged_tree(one, other)
    assert None is bare.merged_tree(one, against)
    assert bare.merged_tree(one, other) == rebased_tree(
        bare, one, other, bare.commit_of("main") or ""
    )


def test_what_is_not_there_is_none(bare: BareRepository) -> None:
    assert (None, None, None) == (
        bare.commit_of("nowhere"),
        bare.ref("refs/heads/nowhere"),
        bare.kind_of("f" * 40),
    )
