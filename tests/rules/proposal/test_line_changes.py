from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.proposal.line_changes import line_changes

BEFORE = 'name = "demo"\nversion = "0.1.0"\n'


def raised(content: str, version: str) -> str:
    return content.replace("0.1.0", version)


def test_another_version_is_the_same_change() -> None:
    one = line_changes(BEFORE, raised(BEFORE, "0.1.1"), [Version("0.1.1")])
    other = line_changes(BEFORE, raised(BEFORE, "1.0.0"), [Version("1.0.0")])

    assert one == other


def test_the_same_change_may_be_of_files_that_differ_elsewhere() -> None:
    later = BEFORE + 'license = "MIT"\n'
    one = line_changes(BEFORE, raised(BEFORE, "0.1.1"), [Version("0.1.1")])
    other = line_changes(later, raised(later, "0.1.1"), [Version("0.1.1")])

    assert one == other


@pytest.mark.parametrize("words", ["# words\n", 'version = "0.1.1"\n'])
def test_a_line_more_is_another_change(words: str) -> None:
    one = line_changes(BEFORE, raised(BEFORE, "0.1.1"), [Version("0.1.1")])
    other = line_changes(BEFORE, raised(BEFORE, "0.1.1") + words, [Version("0.1.1")])

    assert one != other


def test_a_file_may_come_and_go() -> None:
    came = line_changes("", "words\n", [])
    went = line_changes("words\n", "", [])

    assert (came.came, came.went) == (went.went, went.came)
    assert came != went
