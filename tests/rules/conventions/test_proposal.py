"""Which convention is proposed to a history that is not conventional."""

from __future__ import annotations

import pytest

from releasio.rules.conventions.proposal import proposal


@pytest.mark.parametrize(
    ("subjects", "habit", "convention"),
    [
        (
            ["✨ Add it", ":bug: repair it"] * 8 + ["more"] * 4,
            "16 of the last 20 commits begin with a gitmoji",
            "gitmoji",
        ),
        (
            ["BUG: repair it", "DOC tell it", "[Fix] it"] * 9 + ["feat: add it", "more"],
            "28 of the last 29 commits begin with a prefix such as [Fix] or BUG:",
            "prefix",
        ),
        (
            ["mm: repair it", "net/core: repair it"] * 10,
            "20 of the last 20 commits name a subsystem before a colon",
            "kernel",
        ),
    ],
)
def test_is_the_one_that_reads_most(subjects: list[str], habit: str, convention: str) -> None:
    expected = (
        f"{habit}, and fewer than one in ten is conventional: "
        f'commits.convention = "{convention}" reads them'
    )

    assert expected == proposal(subjects)


@pytest.mark.parametrize(
    ("subjects", "number"),
    [
        (["Add it"] * 20, "20 of the last 20 commits follow"),
        (["✨ Add it"] * 10 + ["Add it"] * 9 + ["feat: it"], "19 of the last 20 commits follow"),
    ],
)
def test_is_every_commit_as_it_stands_where_no_convention_reads_most(
    subjects: list[str], number: str
) -> None:
    expected = (
        f'{number} no convention known here: commits.unknown_type = "change" lists such commits '
        'in the notes, and commits.types_patch = ["fix", "perf", "change"] has each raise the '
        "patch number"
    )

    assert expected == proposal(subjects, ("fix", "perf"))


@pytest.mark.parametrize(
    "subjects",
    [
        [],
        ["✨ Add it"] * 9,  # too few to be a habit
        ["✨ Add it"] * 18 + ["feat: add it"] * 2,  # one in ten is conventional
        ["feat: add it"] * 20,
    ],
)
def test_is_none_elsewhere(subjects: list[str]) -> None:
    assert "" == proposal(subjects)
