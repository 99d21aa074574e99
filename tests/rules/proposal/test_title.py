from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.proposal.state_block import ProposalRecord
from releasio.rules.proposal.title import (
    next_title,
    title_of,
    version_by_title,
    version_named_by,
)

WRITTEN = "chore(release): prepare demo v1.1.0"
STATE = ProposalRecord("1.1.0", title=WRITTEN)


def test_is_that_of_2x() -> None:
    assert WRITTEN == title_of("demo", Version("1.1.0"))


@pytest.mark.parametrize(
    ("title", "version"),
    [
        (WRITTEN, None),
        ("chore(release): prepare demo v2.0.0", "2.0.0"),
        ("chore(release): prepare demo v1.1.0rc1", "1.1.0rc1"),
        ("chore(release): prepare demo v", None),
        ("chore(release): prepare demo vnext", None),
        ("Release 1.1.0, for Python 3.14", None),
        ("Release 2.0.0", None),
    ],
)
def test_says_another_version_only_where_that_stands_in_its_place(
    title: str, version: str | None
) -> None:
    assert (Version(version) if version else None) == version_by_title(title, STATE)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (WRITTEN, "chore(release): prepare demo v1.2.0"),
        ("chore(release): prepare demo v2.0.0", "chore(release): prepare demo v1.2.0"),
        ("Release 1.1.0 at last", "Release 1.2.0 at last"),
        ("The next one", "The next one"),
    ],
)
def test_somebodys_own_words_stay_and_the_version_follows(title: str, expected: str) -> None:
    version = Version("1.2.0")

    assert expected == next_title(title, STATE, title_of("demo", version), version)


@pytest.mark.parametrize(
    ("title", "expected"),
    [(WRITTEN, "chore(release): prepare demo v1.2.0"), ("The next one", "The next one")],
)
def test_where_nobody_knows_what_was_written_own_words_stay(title: str, expected: str) -> None:
    version = Version("1.2.0")

    assert expected == next_title(title, None, title_of("demo", version), version)


@pytest.mark.parametrize(
    ("title", "version"),
    [
        ("Release demo v2.0.0rc1.", "2.0.0rc1"),
        ("1.0: the big one", "1.0"),
        ("chore(release): prepare demo v0.9.0 (#1)", "0.9.0"),
        ("The next one, for 3 reasons", None),
        ("e.g. this, see docs.python.org", None),
    ],
)
def test_the_version_that_a_title_names_whatever_else_it_says(
    title: str, version: str | None
) -> None:
    assert (Version(version) if version else None) == version_named_by(title)


def test_own_words_stay_for_good() -> None:
    state = ProposalRecord("1.1.0", title="Release 1.1.0 at last")

    assert "Release 1.2.0 at last" == next_title(
        state.title, state, title_of("demo", Version("1.2.0")), Version("1.2.0")
    )
