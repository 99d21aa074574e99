from __future__ import annotations

import pytest

from releasio.text.listing import few, listed, shortened


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c", "d"], "a, b, c and d"),
        (["a", "b", "c", "d", "e"], "a and 4 others"),
        ([str(number) for number in range(40)], "0 and 39 others"),
    ],
)
def test_of_many_the_first_is_named(names: list[str], expected: str) -> None:
    assert expected == listed(names)


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("a", "a"),
        ("abc", "a, b, c"),
        ("abcd", "a, b, c and 1 more"),
        ("abcdefg", "a, b, c and 4 more"),
    ],
)
def test_a_long_list_is_shortened(names: str, expected: str) -> None:
    assert expected == shortened(list(names))


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ("abc", ["a", "b", "c"]),
        ("abcd", ["a", "b", "c", "d"]),
        ("abcde", ["a", "b", "c", "and 2 others"]),
    ],
)
def test_one_name_is_not_worth_leaving_out(names: str, expected: list[str]) -> None:
    assert expected == few(list(names))
