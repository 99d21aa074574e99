"""What is told of two archives that should be the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from releasio.rules.contents.differences import Difference, Listing, Member, compare_listings

ONE = Member("demo/a.py", "aaa", 0o644, 100, "0:0 :")
TWO = Member("demo/b.py", "bbb", 0o644, 100, "0:0 :")


def told(one: tuple[Member, ...], other: tuple[Member, ...]) -> str:
    return str(compare_listings(Listing(one), Listing(other)))


class TestOneMember:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({"content": "ccc"}, "demo/a.py (content)"),
            ({"mode": 0o755}, "demo/a.py (mode)"),
            ({"owner": "1000:1000 ada:ada"}, "demo/a.py (owner)"),
            ({"type": "link"}, "demo/a.py (type)"),
            ({"content": "ccc", "time": 200}, "demo/a.py (content, time stamp)"),
            ({"time": 200}, "only time stamps inside differ: demo/a.py"),
        ],
    )
    def test_is_named_with_all_that_differs(self, change: dict[str, object], expected: str) -> None:
        assert expected == told((ONE, TWO), (replace(ONE, **change), TWO))

    def test_that_only_one_has_is_named(self) -> None:
        assert "demo/b.py (missing)" == told((ONE, TWO), (ONE,))
        assert "demo/b.py (added)" == told((ONE,), (ONE, TWO))


class TestTheWhole:
    def test_may_have_another_order(self) -> None:
        assert "the archive itself (order)" == told((ONE, TWO), (TWO, ONE))

    def test_has_the_same_order_with_one_more(self) -> None:
        more = Member("demo/0.py", "", 0o644, 100)

        assert "demo/0.py (added)" == told((ONE, TWO), (more, ONE, TWO))

    def test_may_have_a_time_of_its_own(self) -> None:
        found = compare_listings(Listing((ONE,), b"1"), Listing((ONE,), b"2"))

        assert "only time stamps inside differ: the archive itself" == str(found)
        assert found.only_times

    def test_with_nothing_else_is_packed_otherwise(self) -> None:
        found = compare_listings(Listing((ONE,)), Listing((ONE,)))

        assert (Difference("", ("packing",)),) == found.found
        assert not found.only_times

    def test_that_cannot_be_read_differs_as_such(self) -> None:
        assert "the archive itself (packing)" == str(
            compare_listings(Listing(None), Listing((ONE,)))
        )


def test_many_members_are_counted() -> None:
    many = tuple(Member(f"{number}.py", "", 0, 1) for number in range(5))
    later = tuple(replace(one, time=2) for one in many)

    assert "only time stamps inside differ: 0.py, 1.py, 2.py and 2 more" == told(many, later)
