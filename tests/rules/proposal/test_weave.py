from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.rules.proposal.weave import weave

SECTION = """\
## [0.1.1] - 2026-11-29

### Fixed

- a first mistake
- something else
"""

CASES = [
    pytest.param(
        SECTION,
        SECTION.replace("a first mistake", "a mistake that everybody made"),
        SECTION + "- a third thing\n",
        SECTION.replace("a first mistake", "a mistake that everybody made") + "- a third thing\n",
        id="a reworded entry stays, and a new one comes in",
    ),
    pytest.param(
        SECTION,
        SECTION.replace("something else", "something else, better said"),
        SECTION + "- a third thing\n",
        SECTION.replace("something else", "something else, better said") + "- a third thing\n",
        id="also where the new one is the next line",
    ),
    pytest.param(
        SECTION,
        SECTION.replace("- something else\n", ""),
        SECTION + "- a third thing\n",
        SECTION.replace("- something else\n", "- a third thing\n"),
        id="a deleted entry stays deleted",
    ),
    pytest.param(
        SECTION,
        SECTION + "- thanks to everybody\n",
        SECTION + "- a third thing\n",
        SECTION + "- thanks to everybody\n- a third thing\n",
        id="entries of both come in at the same place",
    ),
    pytest.param(
        SECTION,
        SECTION + "- a third thing\n",
        SECTION + "- a third thing\n",
        SECTION + "- a third thing\n",
        id="what somebody wrote already comes in once",
    ),
    pytest.param(
        SECTION,
        SECTION.replace("a first mistake", "an early mistake"),
        SECTION.replace("2026-11-29", "2026-12-01"),
        SECTION.replace("a first mistake", "an early mistake").replace("2026-11-29", "2026-12-01"),
        id="the day of the heading follows",
    ),
    pytest.param(
        SECTION,
        SECTION,
        SECTION.replace("- a first mistake\n", ""),
        SECTION.replace("- a first mistake\n", ""),
        id="what was reverted goes",
    ),
    pytest.param(
        SECTION,
        "A summary by hand.\n\n" + SECTION,
        SECTION.replace("### Fixed", "### Added\n\n- a feature\n\n### Fixed"),
        "A summary by hand.\n\n"
        + SECTION.replace("### Fixed", "### Added\n\n- a feature\n\n### Fixed"),
        id="a new group comes in",
    ),
    pytest.param(
        "### Why\n\n- one reason\n\n### What\n",
        "### Why\n\n- one reason\n\nHello all.\n\n### What\n",
        "### Why\n\n- quite something else\n\n### What\n",
        "### Why\n\n- quite something else\n\nHello all.\n\n### What\n",
        id="what stands for another line comes where that was",
    ),
    pytest.param(SECTION, "", SECTION, "", id="a deleted text stays deleted"),
    pytest.param(
        SECTION,
        SECTION.replace("\n", "\r\n"),
        SECTION + "- a third thing\n",
        SECTION + "- a third thing\n",
        id="other line ends are no edit",
    ),
]


@pytest.mark.parametrize(("generated", "edited", "new", "expected"), CASES)
def test_keeps_what_people_changed_and_takes_what_is_new(
    generated: str, edited: str, new: str, expected: str
) -> None:
    woven = weave(generated, edited, new)

    assert (expected, ()) == (woven.text, woven.kept)


def test_people_win_where_both_changed_a_line_and_it_is_said() -> None:
    edited = SECTION.replace("a first mistake", "a mistake of the first days")
    new = SECTION.replace("a first mistake", "a first mistake (#7)") + "- a third thing\n"

    woven = weave(SECTION, edited, new)

    assert edited + "- a third thing\n" == woven.text
    assert ("- a first mistake",) == woven.kept


def test_a_line_that_people_changed_stays_when_its_commit_was_reverted() -> None:
    edited = SECTION.replace("a first mistake", "a mistake of the first days")

    woven = weave(SECTION, edited, SECTION.replace("- a first mistake\n", ""))

    assert (edited, ("- a first mistake",)) == (woven.text, woven.kept)


def test_without_the_generated_text_both_are_kept() -> None:
    edited = SECTION.replace("- something else\n", "- thanks to everybody\n")

    woven = weave(None, edited, SECTION + "- a third thing\n")

    assert "- thanks to everybody\n" in woven.text
    assert "- something else\n" in woven.text
    assert "- a third thing\n" in woven.text


LINES = st.lists(st.sampled_from(["- a", "- b", "- b, said better", "", "### Fixed"]), max_size=8)


def _text(lines: list[str]) -> str:
    text = "\n".join(lines).rstrip("\n")
    return f"{text}\n" if text.strip() else ""


@given(LINES, LINES)
def test_a_change_of_one_side_is_taken_as_it_is(base: list[str], changed: list[str]) -> None:
    before, after = _text(base), _text(changed)

    assert after == weave(before, after, before).text
    assert after == weave(before, after, after).text


@given(LINES, LINES, LINES)
def test_no_mark_of_a_conflict_ever_comes_in(
    base: list[str], people: list[str], new: list[str]
) -> None:
    woven = weave(_text(base), _text(people), _text(new))

    assert not {line[:7] for line in woven.text.splitlines()} & {"<<<<<<<", "=======", ">>>>>>>"}


@given(LINES, LINES)
def test_the_new_text_comes_in_where_nobody_edited(base: list[str], new: list[str]) -> None:
    non_blank = [line for line in new if line]

    woven = weave(_text(base), _text(base), _text(new))

    assert non_blank == [line for line in woven.text.splitlines() if line]
