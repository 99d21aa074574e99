"""Many errors of one kind: the first are shown, the others counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.cli.show.alike import folded
from releasio.errors.auth.publisher import EventNotTaken
from releasio.errors.index.registry import UnknownRegistry

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError


def unknown(count: int) -> list[ReleasioError]:
    return [UnknownRegistry(f"r{number}", known=["pypi"], nearest=None) for number in range(count)]


@pytest.mark.parametrize(("count", "shown", "more"), [(1, 1, 0), (4, 4, 0), (5, 3, 2), (40, 3, 37)])
def test_of_many_the_first_three_are_shown(count: int, shown: int, more: int) -> None:
    found = list(folded(unknown(count)))

    assert (shown, more) == (len(found), found[-1][1])


def test_each_kind_is_counted_for_itself() -> None:
    found = list(folded([*unknown(10), EventNotTaken("pypi")]))

    assert [0, 0, 7, 0] == [more for _, more in found]


def test_all_are_shown_to_whoever_wants_them() -> None:
    assert [0] * 10 == [more for _, more in folded(unknown(10), every=True)]
