"""Tags on branches that were squashed: a commit of the branch stands for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.world.git.history import TrustFailed
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.rules.commits.commit import Commit
    from tests.fakes.repository import Repository


def subjects(commits: Iterable[Commit]) -> list[str]:
    return [commit.subject for commit in commits]


@pytest.fixture
def twice(repo: Repository) -> Repository:
    """1.0.0, then 2.0.0, which was tagged before its branch was squashed, and a fix."""
    repo.commit("feat: one", **{"a.txt": "1"})
    repo.tag("v1.0.0")
    repo.commit("feat: two", **{"a.txt": "2"})
    repo.squash("chore: release 2.0.0 (#7)", "v2.0.0", **{"version.txt": "2"})
    repo.commit("fix: three", **{"a.txt": "3"})
    return repo


def test_the_commit_with_the_same_files_stands_for_the_tag(twice: Repository) -> None:
    found = opened(twice).history.since(["v2.0.0", "v1.0.0"])

    twin = twice.git("rev-parse", "HEAD^")
    assert ("v2.0.0", ["fix: three"], twin) == (found.base, subjects(found.commits), found.twin)


def test_a_lightweight_tag_is_one_too(repo: Repository) -> None:
    repo.commit("feat: one", **{"a.txt": "1"})
    twin = repo.squash("chore: release", "v1.0.0", annotated=False, **{"version.txt": "1"})

    assert ("v1.0.0", [], twin) == opened(repo).history.since(["v1.0.0"])


def test_the_highest_one_counts(repo: Repository) -> None:
    repo.commit("feat: one", **{"a.txt": "1"})
    repo.squash("chore: release 1", "v1.0.0", **{"version.txt": "1"})
    twin = repo.squash("chore: release 2", "v2.0.0", **{"version.txt": "2"})

    assert ("v2.0.0", [], twin) == opened(repo).history.since(["v2.0.0", "v1.0.0"])


def test_a_commit_that_changes_nothing_stands_for_none(repo: Repository) -> None:
    """
    A release of another line, made of nothing new, is not one of this branch.
    """
    repo.commit("feat: one", **{"a.txt": "1"})
    repo.tag("v1.0.0")
    repo.git("switch", "--quiet", "-c", "2.x")
    repo.commit("chore: release 2.0.0")
    repo.tag("v2.0.0")
    repo.git("switch", "--quiet", "main")
    repo.commit("ci: run once more")

    found = opened(repo).history.since(["v2.0.0", "v1.0.0"])

    assert ("v1.0.0", ["ci: run once more"]) == (found.base, subjects(found.commits))


def test_a_commit_before_the_tag_stands_for_none(repo: Repository) -> None:
    old = repo.commit("feat: one", **{"a.txt": "1"})
    repo.commit("chore: release 2.0.0")
    repo.tag("v2.0.0")

    assert None is opened(repo).history.since(["v2.0.0"], old).base


def test_who_trusts_that_there_is_none_is_told_at_the_end(twice: Repository) -> None:
    found = opened(twice).history.by_tag(["v2.0.0", "v1.0.0"], trusting=True)

    with pytest.raises(TrustFailed):
        list(found)


def test_a_tag_of_another_line_is_no_reason_to_read_again(repo: Repository) -> None:
    repo.commit("feat: one", **{"a.txt": "1"})
    repo.tag("v1.0.0")
    repo.git("switch", "--quiet", "-c", "1.x")
    repo.commit("fix: there alone", **{"a.txt": "there"})
    repo.tag("v1.0.1")
    repo.git("switch", "--quiet", "main")
    repo.commit("feat: two", **{"a.txt": "2"})

    found = opened(repo).history.by_tag(["v1.0.1", "v1.0.0"], trusting=True)

    assert [(None, ["feat: two"]), ("v1.0.0", ["feat: one"])] == [
        (each.base, subjects(each.commits)) for each in found
    ]


def test_the_whole_history_is_told_with_it(twice: Repository) -> None:
    found = opened(twice).history.by_tag(["v2.0.0", "v1.0.0"])

    assert [
        (None, ["fix: three"]),
        ("v2.0.0", ["chore: release 2.0.0 (#7)", "feat: two"]),
        ("v1.0.0", ["feat: one"]),
    ] == [(each.base, subjects(each.commits)) for each in found]
