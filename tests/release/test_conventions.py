"""The convention that would read a history is proposed; it is used where it is chosen."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.release.reading.gather import gather
from releasio.rules.bump.request import Request
from tests.fakes.projects import static_project
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from releasio.release.facts import PackageFacts
    from tests.fakes.repository import Repository

GITMOJIS = (
    "14 of the last 15 commits begin with a gitmoji, and fewer than one in ten is conventional: "
    'commits.convention = "gitmoji" reads them'
)


def package_of(repo: Repository, before: str, since: str, *, tables: str = "") -> PackageFacts:
    """
    Return what is read of a history of ten commits, a release, and four commits.
    """
    static_project(repo, version="1.0.0", tables=tables, message="Begin")
    for number in range(10):
        repo.commit(f"{before} {number}")
    repo.git("tag", "v1.0.0")
    for number in range(4):
        repo.commit(f"{since} {number}")
    world, _ = world_of(repo.path)
    with closing(world):
        return gather(world, load(repo.path, {}), Request()).package()


def test_of_a_history_that_is_not_conventional_is_proposed(repo: Repository) -> None:
    package = package_of(repo, "✨ add", ":bug: repair")

    assert (GITMOJIS,) == package.reading.warnings
    assert () == package.reading.changes


@pytest.mark.parametrize(
    ("before", "since"),
    [
        ("✨ add", "fix: repair"),  # conventional since the release
        ("feat: add", "✨ add"),  # too many were before it
    ],
)
def test_of_another_history_is_not(repo: Repository, before: str, since: str) -> None:
    assert () == package_of(repo, before, since).reading.warnings


def test_without_any_habit_all_commits_are_proposed(repo: Repository) -> None:
    (warning,) = package_of(repo, "add", "repair").reading.warnings

    assert warning.startswith("15 of the last 15 commits follow no convention known here: ")
    assert 'commits.types_patch = ["fix", "perf", "change"]' in warning


@pytest.mark.parametrize(
    "setting",
    ['convention = "conventional"', 'unknown_type = "fix"', "use_conventional_fallback = false"],
)
def test_is_not_proposed_to_who_chose_how_commits_are_read(repo: Repository, setting: str) -> None:
    tables = f"[tool.releasio.commits]\n{setting}\n"

    assert () == package_of(repo, "✨ add", ":bug: repair", tables=tables).reading.warnings


def test_is_used_where_it_is_chosen(repo: Repository) -> None:
    tables = '[tool.releasio.commits]\nconvention = "gitmoji"\n'
    package = package_of(repo, "✨ add", ":bug: repair", tables=tables)

    assert () == package.reading.warnings
    assert ["fix"] * 4 == [change.type for change in package.reading.changes]
