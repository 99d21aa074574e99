"""The title that somebody meant."""

from __future__ import annotations

import pytest

from releasio.rules.commits.nearest_title import nearest_titles


@pytest.mark.parametrize(
    ("title", "nearest"),
    [
        ("Fix: Foo", "fix: foo"),
        ("feature: x", "feat: x"),
        ("feat x", "feat: x"),
        ("feat:x", "feat: x"),
        ("feat (api) : Foo", "feat(api): foo"),
        ("feat(api) add it", "feat(api): add it"),
        ("[Feat] Add it", "feat: add it"),
        ("[BUG] Crash on start", "fix: crash on start"),
        ("docs - PEP 440", "docs: PEP 440"),
        ("Feat/Do it", "feat: do it"),
        ("faet: x", "feat: x"),
        ("refator: x", "refactor: x"),
        ("✨ feature: x", "feat: x"),
        ("bugfix(parser)!: x", "fix(parser)!: x"),
        ("BREAKING CHANGE: drop it", "feat!: drop it"),
        ("Fixes the thing", "fix: the thing"),
        ("Fix crash on start", "fix: crash on start"),
        ("Add a parser", "feat: add a parser"),
        ("Adds a parser", "feat: adds a parser"),
        ("Document the parser", "docs: document the parser"),
        ("Bump requests from 1 to 2", "build: bump requests from 1 to 2"),
        ("Rename a to b", "refactor: rename a to b"),
        ("Tests: more of them", "test: more of them"),
    ],
)
def test_is_the_likeliest_first(title: str, nearest: str) -> None:
    assert nearest == next(nearest_titles(title))


@pytest.mark.parametrize(
    "title", ["Whatever this is", "chore", "", "12", ":", "Update things", "xyzzy: do it"]
)
def test_is_none_where_nothing_is_near(title: str) -> None:
    assert [] == [*nearest_titles(title)]


def test_may_have_a_type_of_the_project_itself() -> None:
    assert ["ux: nicer"] == [*nearest_titles("UX nicer", {"ux"})]
