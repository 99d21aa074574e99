"""A release that is higher than the last one of the branch, and not on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.look import MANIFEST, offline, set_version

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

ON_MAIN = (
    "v1.4.0, the highest release, is not on this branch: the next version is counted from v1.2.0. "
    "Where it was made from this branch, `git merge v1.4.0` has it count"
)


@pytest.fixture
def branching(project: Repository) -> Repository:
    """Each minor release has a branch of its own; main goes on with the next one."""
    for version in ("1.3.0", "1.4.0"):
        project.git("switch", "--quiet", "--create", f"release/{version}")
        set_version(project, version)
        project.tag(f"v{version}")
        project.git("switch", "--quiet", "main")
        project.commit("fix: a mistake")
    return project


def notes(repo: Repository) -> list[str]:
    look = offline(repo)
    look.facts()
    return [note for note in look.screen.notes if "highest release" in note]


def test_is_named_with_the_way_to_have_it_count(branching: Repository) -> None:
    assert [ON_MAIN] == notes(branching)


def test_counts_once_it_is_merged(branching: Repository) -> None:
    branching.git("merge", "--quiet", "--strategy", "ours", "--message", "Merge v1.4.0", "v1.4.0")
    branching.commit("fix: another one")

    assert [] == notes(branching)
    assert "new v1.4.1" == offline(branching).outcome()


def test_is_named_where_nothing_else_was_released(repo: Repository) -> None:
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
    repo.git("switch", "--quiet", "--create", "1.2.x")
    repo.commit("chore: release 1.2.0")
    repo.tag("v1.2.0")
    repo.git("switch", "--quiet", "main")
    repo.commit("feat: go on")

    (note,) = notes(repo)
    assert note.startswith("v1.2.0, the highest release, is not on this branch: it does not count.")


class TestIsNotNamed:
    def test_on_a_branch_that_nothing_is_released_from(self, branching: Repository) -> None:
        branching.git("switch", "--quiet", "--create", "topic")

        assert [] == notes(branching)

    def test_on_a_branch_with_settings_of_its_own(self, branching: Repository) -> None:
        settings = '[branches.older]\nmatch = "main"\n'
        branching.commit("ci: settings", **{".releasio.toml": settings})

        assert [] == notes(branching)

    def test_where_the_remote_s_branch_has_it(self, branching: Repository) -> None:
        """Another clone released, and this one has a commit of its own: that is for a pull."""
        branching.git("update-ref", "refs/remotes/origin/main", "v1.4.0^{commit}")

        assert [] == notes(branching)

    def test_where_this_branch_is_behind_it(self, branching: Repository) -> None:
        branching.git("reset", "--quiet", "--hard", "v1.4.0~1")

        assert [] == notes(branching)

    def test_where_it_is_a_pre_release(self, project: Repository) -> None:
        project.git("switch", "--quiet", "--create", "next")
        set_version(project, "2.0.0rc1")
        project.tag("v2.0.0rc1")
        project.git("switch", "--quiet", "main")
        project.commit("fix: a mistake")

        assert [] == notes(project)

    def test_where_it_is_lower(self, project: Repository) -> None:
        project.git("switch", "--quiet", "--create", "1.1.x")
        project.commit("fix: an old mistake")
        project.tag("v1.1.9")
        project.git("switch", "--quiet", "main")
        project.commit("fix: a mistake")

        assert [] == notes(project)


def test_is_not_named_by_the_default_branch_of_a_remote_that_is_another(
    branching: Repository,
) -> None:
    branching.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/develop")

    assert [] == notes(branching)
