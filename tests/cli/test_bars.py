from __future__ import annotations

import pytest

from releasio.cli.bars import Bars, size

WIDE = 100


class Ticks:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ticks() -> Ticks:
    return Ticks()


@pytest.fixture
def bars(ticks: Ticks) -> Bars:
    return Bars(ticks)


def test_each_file_has_a_bar_and_all_of_them_another(bars: Bars) -> None:
    bars.expect({"a.whl": 1000, "b.whl": 3000, "c.tar.gz": 4000})
    bars.advance("a.whl", 500, 1000, WIDE)
    bars.advance("b.whl", 1500, 3000, WIDE)

    assert [
        "    a.whl [============            ]  50 %  500 B of 1.0 kB",
        "    b.whl [============            ]  50 %  1.5 kB of 3.0 kB",
        "    0 of 3 files [======                  ]  25 %  2.0 kB of 8.0 kB",
    ] == bars.lines(WIDE)


def test_a_file_that_is_through_leaves_its_bar_behind(bars: Bars) -> None:
    bars.expect({"a.whl": 1000, "b.whl": 3000})

    assert "    a.whl [========================] 100 %  1.0 kB" == bars.advance(
        "a.whl", 1000, 1000, WIDE
    )
    assert ["    1 of 2 files [======                  ]  25 %  1.0 kB of 4.0 kB"] == bars.lines(
        WIDE
    )


def test_nothing_is_left_when_all_are_through(bars: Bars) -> None:
    bars.expect({"a.whl": 1000, "b.whl": 3000})
    bars.advance("a.whl", 1000, 1000, WIDE)
    bars.advance("b.whl", 3000, 3000, WIDE)

    assert [] == bars.lines(WIDE)


def test_a_single_file_needs_no_sum(bars: Bars) -> None:
    bars.expect({"a.whl": 1000})
    bars.advance("a.whl", 250, 1000, WIDE)

    assert ["    a.whl [======                  ]  25 %  250 B of 1.0 kB"] == bars.lines(WIDE)


def test_a_file_that_is_sent_again_begins_anew(bars: Bars) -> None:
    bars.expect({"a.whl": 1000, "b.whl": 1000})
    bars.advance("a.whl", 1000, 1000, WIDE)
    bars.advance("a.whl", 500, 1000, WIDE)

    assert (
        "    0 of 2 files [======                  ]  25 %  500 B of 2.0 kB" == bars.lines(WIDE)[1]
    )


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
def test_no_line_is_wider_than_the_terminal(bars: Bars, columns: int) -> None:
    name = f"{'long-' * 30}1.0-py3-none-any.whl"
    bars.expect({name: 1000, "b.whl": 3000})
    bars.advance(name, 500, 1000, columns)

    assert all(len(line) <= columns for line in bars.lines(columns))


def test_it_is_drawn_not_more_often_than_eyes_can_follow(bars: Bars, ticks: Ticks) -> None:
    due = []
    for _ in range(10):
        ticks.now += 0.02
        due.append(bars.due())

    assert 4 == sum(due)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (0, "0 B"),
        (999, "999 B"),
        (1000, "1.0 kB"),
        (82_000_000, "82.0 MB"),
        (1_100_000_000, "1.1 GB"),
    ],
)
def test_sizes_are_told_in_units_people_know(number: int, told: str) -> None:
    assert told == size(number)
