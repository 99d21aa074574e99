from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.frozen import replace
from releasio.rules.proposal.state_block import (
    ProposalRecord,
    read_block,
    with_block,
    without_block,
)

STATE = ProposalRecord(
    version="1.2.0",
    by_hand="1.2.0",
    commit="a" * 40,
    title="chore(release): prepare demo v1.2.0",
    news="c0ffee",
    complete=True,
    section="## 1.2.0\n\n- an entry --> with an arrow\n",
    body="## demo\n",
)


def test_is_read_as_it_was_written() -> None:
    body = with_block("Words.\n", STATE)

    assert (STATE, "Words.\n") == (read_block(body), without_block(body))


@given(st.text(max_size=200), st.text(min_size=1, max_size=50))
def test_whatever_is_in_it_ends_no_comment(title: str, version: str) -> None:
    state = replace(STATE, title=title, version=version, body=title)
    body = with_block("Words.\n", state)

    assert 1 == body.count("-->")
    assert state == read_block(body)


def test_the_forge_may_change_its_line_ends() -> None:
    body = with_block("Words.\n", STATE).replace("\n", "\r\n")

    assert (STATE, "Words.\n") == (read_block(body), without_block(body))


def test_people_may_write_below_it() -> None:
    body = with_block("Words.\n", STATE) + "\nMore words.\n"

    assert STATE == read_block(body)
    assert "Words.\n\nMore words.\n" == without_block(body)


def test_is_hidden_with_a_trailer_at_the_begin_of_a_line() -> None:
    body = with_block("Words.\n", STATE, trailer="Release-Version: 1.2.0")

    assert "\nRelease-Version: 1.2.0\n-->" in body
    assert STATE == read_block(body)


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "Words.",
        "<!-- releasio: -->",
        "<!-- releasio: {} -->",
        '<!-- releasio: {"form": 1} -->',
        '<!-- releasio: {"form": 1, "version": 3} -->',
        '<!-- releasio: {"form": 99, "version": "1.2.0"} -->',
        "<!-- releasio: [1] -->",
        "<!-- releasio: " + "[" * 100_000 + " -->",
        "<!-- releasio: no end",
    ],
)
def test_a_damaged_one_is_none(damaged: str) -> None:
    assert read_block(damaged) is None


def test_a_damaged_text_in_it_is_not_known() -> None:
    body = with_block("", STATE).replace('"generated": "', '"generated": "!!')

    assert replace(STATE, section=None, body=None) == read_block(body)


def test_a_commit_that_is_none_is_not_taken() -> None:
    body = with_block("", replace(STATE, commit="--upload-pack=touch /tmp/x"))

    assert replace(STATE, commit="") == read_block(body)


def test_texts_that_are_too_long_are_left_out_and_the_rest_stays() -> None:
    section = "".join(f"- entry {number * 7919 % 100_003}\n" for number in range(40_000))
    body = with_block("Words.\n", replace(STATE, section=section))

    assert replace(STATE, section=None) == read_block(body)
    assert len(body) < 30_000


def test_a_small_text_that_unpacks_to_a_huge_one_is_not_unpacked() -> None:
    body = with_block("", replace(STATE, section="a" * (1 << 22), body=None))

    state = read_block(body)

    assert state is not None
    assert state.section is None
