"""Edits of files."""

from __future__ import annotations

import pytest

from releasio.setup.patches.patch import Edit, Patch, applied, together


def patch(start: int, stop: int, *lines: str, path: str = "a") -> Patch:
    return Patch((Edit(path, start, stop, lines),))


@pytest.mark.parametrize(
    ("before", "edits", "after"),
    [
        ("a\nb\n", [patch(2, 2, "x")], "a\nx\nb\n"),
        ("a\nb\n", [patch(2, 3, "x", "y")], "a\nx\ny\n"),
        ("a\nb\n", [patch(1, 2)], "b\n"),
        ("a\nb\n", [patch(3, 3, "x")], "a\nb\nx\n"),
        ("a\nb", [patch(3, 3, "x")], "a\nb\nx\n"),
        ("a\r\nb\r\n", [patch(2, 2, "x")], "a\r\nx\r\nb\r\n"),
        ("a\nb\nc\n", [patch(1, 1, "x"), patch(3, 4, "y")], "x\na\nb\ny\n"),
        ("", [patch(1, 1, "x")], "x\n"),
    ],
)
def test_lines_are_replaced_where_they_are(before: str, edits: list[Patch], after: str) -> None:
    assert {"a": after} == applied(edits, {"a": before})


def test_of_two_that_touch_the_same_lines_the_first_is_made() -> None:
    first, same, beside, elsewhere = (
        patch(2, 4, "x"),
        patch(3, 3, "y"),
        patch(4, 4, "z"),
        patch(2, 4, "x", path="b"),
    )

    assert (first, beside, elsewhere) == together([first, same, beside, elsewhere, first])
