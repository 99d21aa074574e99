"""A merged release pull request of a project whose version tags say, and no file does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.look import offline

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.fakes.repository import Repository

MANIFEST = """\
[project]
name = "demo"
dynamic = ["version"]
[tool.setuptools_scm]
"""
OURS = "chore(release): prepare v1.3.0\n\nRelease-Version: 1.3.0\n"
SECTION = "# Changelog\n\n## [1.3.0] - 2026-11-29\n\n### Added\n\n- more, by hand\n"
BRANCH = "releasio/release"


@pytest.fixture
def tagged(repo: Repository) -> Repository:
    """demo 1.2.0 with a feature since, and a branch that prepares 1.3.0."""
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
    repo.tag("v1.2.0")
    repo.commit("feat: more", **{"src/demo/more.py": ""})
    repo.git("switch", "--quiet", "--create", BRANCH)
    repo.commit(OURS, **{"CHANGELOG.md": SECTION})
    repo.git("switch", "--quiet", "main")
    return repo


def by_merge(repo: Repository) -> None:
    repo.git("merge", "--quiet", "--no-ff", "-m", "Merge pull request #4 from acme/x", BRANCH)


def by_squash(repo: Repository) -> None:
    repo.git("merge", "--squash", BRANCH)
    repo.commit(f"Words of somebody (#4)\n\n* {OURS}\n* a typo\n")


def by_squash_to_the_title(repo: Repository) -> None:
    repo.git("merge", "--squash", BRANCH)
    repo.commit("chore(release): prepare demo v1.3.0 (#4)")


def by_rebase(repo: Repository) -> None:
    repo.commit("docs: something came before", **{"README.md": "Words."})
    repo.git("cherry-pick", BRANCH)


MERGES = [by_merge, by_squash, by_squash_to_the_title, by_rebase]


@pytest.mark.parametrize("merge", MERGES)
def test_is_released_however_it_was_merged(
    tagged: Repository, merge: Callable[[Repository], None]
) -> None:
    merge(tagged)
    look = offline(tagged)

    assert "prepared v1.3.0" == look.outcome()
    assert f"{tagged.head[:8]} prepares 1.3.0, the last release is v1.2.0: as prepared" in (
        look.reasons
    )


@pytest.mark.parametrize("merge", MERGES)
def test_its_very_commit_is_released_whatever_came_on_top(
    tagged: Repository, merge: Callable[[Repository], None]
) -> None:
    merge(tagged)
    merged = tagged.head
    tagged.commit("feat: the next thing", **{"src/demo/next.py": ""})
    look = offline(tagged)
    prepared = look.facts().package().prepared

    assert "prepared v1.3.0" == look.outcome()
    assert prepared is not None
    assert (merged, frozenset({tagged.head})) == (prepared.commit, prepared.later)
    assert "more, by hand" in prepared.section


def test_a_released_one_is_not_released_again(tagged: Repository) -> None:
    by_merge(tagged)
    tagged.tag("v1.3.0")
    tagged.commit("fix: a mistake", **{"src/demo/next.py": ""})

    assert "new v1.3.1" == offline(tagged).outcome()


def test_one_that_was_reverted_is_not_released(tagged: Repository) -> None:
    by_squash(tagged)
    tagged.git("revert", "--no-edit", "HEAD")

    assert "new v1.3.0" == offline(tagged).outcome()


def test_one_that_was_reverted_by_the_button_of_a_forge_is_not_released(
    tagged: Repository,
) -> None:
    """A squashed revert may name nothing but the title and the number of what it undoes."""
    tagged.git("merge", "--squash", BRANCH)
    tagged.commit("chore(release): prepare demo v1.3.0 (#4)")
    prepared = offline(tagged).outcome()
    tagged.git("revert", "--no-commit", "HEAD")
    title = 'Revert "chore(release): prepare demo v1.3.0 (#4)" (#5)'
    tagged.commit(f"{title}\n\nReverts acme/demo#4")

    assert "prepared v1.3.0" == prepared
    assert "new v1.3.0" == offline(tagged).outcome()


def test_the_changelogs_head_says_it_where_pull_requests_prepare_releases(
    tagged: Repository,
) -> None:
    tagged.write(".releasio.toml", 'mode = "pull-request"\n')
    tagged.git("merge", "--squash", BRANCH)
    tagged.commit("Only words (#4)")
    merged = tagged.head
    tagged.commit("feat: the next thing", **{"src/demo/next.py": ""})
    look = offline(tagged)
    prepared = look.facts().package().prepared

    assert "prepared v1.3.0" == look.outcome()
    assert prepared is not None
    assert merged == prepared.commit


def test_a_section_that_somebody_wrote_releases_nothing_by_itself(tagged: Repository) -> None:
    tagged.git("merge", "--squash", BRANCH)
    tagged.commit("docs: write the changelog")

    assert offline(tagged).facts().package().prepared is None


def test_the_changelogs_head_says_it_in_any_format(repo: Repository) -> None:
    repo.commit("feat: begin", **{"pyproject.toml": MANIFEST})
    repo.tag("v1.2.0")
    settings = 'mode = "pull-request"\n[changelog]\npath = "CHANGES.rst"\n'
    repo.commit("feat: more", **{".releasio.toml": settings, "src/demo/more.py": ""})
    text = "Changelog\n=========\n\n1.3.0 (2026-11-29)\n------------------\n\n- more, by hand\n"
    merged = repo.commit("Only words (#4)", **{"CHANGES.rst": text})
    look = offline(repo)

    assert "prepared v1.3.0" == look.outcome()
    prepared = look.facts().package().prepared
    assert prepared is not None
    assert merged == prepared.commit
