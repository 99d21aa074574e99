from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.proposal.whole_section import whole_section, with_whole_section

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
