from __future__ import annotations

import pytest

from releasio.text.listing import listed


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
