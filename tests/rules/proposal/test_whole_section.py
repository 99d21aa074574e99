from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.proposal.whole_section import (
    changes_around,
    whole_section,
    with_whole_section,
)

TEXT = """\
# Changelog

## [Unreleased]

## [1.2.0] - 2026-11-29

### Added

- a thing

## [1.1.0] - 2026-01-01

- the first

[1.2.0]: https://example.org/1.2.0
"""
SECTION = "## [1.2.0] - 2026-11-29\n\n### Added\n\n- a thing\n"


def test_has_its_heading() -> None:
    assert SECTION == whole_section(TEXT, Version("1.2.0"))


def test_there_may_be_none() -> None:
    assert whole_section(TEXT, Version("2.0")) is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_another_one_comes_in_its_place_and_no_other_byte_moves(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    section = SECTION.replace("a thing", "a thing, said better")

    expected = TEXT.replace("a thing", "a thing, said better").replace("\n", newline)
    assert expected == with_whole_section(text, Version("1.2.0"), section)


def test_the_last_one_keeps_its_distance_to_the_links() -> None:
    section = "## [1.1.0] - 2026-01-01\n\n- the very first\n"

    expected = TEXT.replace("the first", "the very first")
    assert expected == with_whole_section(TEXT, Version("1.1.0"), section)


def test_a_text_without_it_stays() -> None:
    assert TEXT == with_whole_section(TEXT, Version("2.0"), SECTION)


BEFORE = TEXT.replace(SECTION, "").replace("[Unreleased]\n", "[Unreleased]\n\n- a thing to come\n")


def test_what_is_pending_may_become_the_section_and_nothing_around_changes() -> None:
    reworded = TEXT.replace("- a thing\n", "- another thing\n\nAnd a story.\n")
    changes = changes_around(BEFORE, TEXT, [Version("1.2.0")])

    assert (0, 0) == (changes.came.total(), changes.went.total())
    assert changes == changes_around(BEFORE, reworded, [Version("1.2.0")])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("# Changelog", "# All changes"),
        ("## [Unreleased]", "## [Unreleased]\n\n- half of a thing"),
        ("## [1.2.0] - 2026-11-29", "## The big one"),
        ("- the first", ""),
    ],
)
def test_words_around_the_section_are_changes(line: str, words: str) -> None:
    unedited = changes_around(BEFORE, TEXT, [Version("1.2.0")])
    edited = changes_around(BEFORE, TEXT.replace(line, words), [Version("1.2.0")])

    assert unedited != edited
