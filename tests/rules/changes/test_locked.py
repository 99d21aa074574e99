"""Versions in lock files, and how they differ."""

from __future__ import annotations

import pytest

from releasio.rules.changes.locked import locked_differences, locked_versions

UV = """
version = 1
[[package]]
name = "demo"
version = "1.0"
source = { editable = "." }
[[package]]
name = "Odd_Name"
version = "2.0"
source = { registry = "https://example.org/simple" }
[[package]]
name = "beside"
version = "0.1"
source = { virtual = "beside" }
"""
PYLOCK = '[[packages]]\nname = "a"\nversion = "1"\n[[packages]]\nname = "a"\nversion = "2"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (UV, {"odd-name": "2.0"}),
        (PYLOCK, {"a": "1 and 2"}),
        ('[[package]]\nname = "demo"\nversion = "1"\n', {}),
        ("no TOML at all [", {}),
        ('package = "x"', {}),
        ('package = [1, {name = 2}, {name = "a"}]', {}),
        ("x = " + "[" * 20_000, {}),
    ],
)
def test_are_those_of_other_projects(text: str, expected: dict[str, str]) -> None:
    assert expected == locked_versions(text, "demo")


def test_differ_by_name() -> None:
    before = {"a": "1", "b": "1", "gone": "1"}

    assert ["a 1 -> 2", "gone is no longer in the lock file", "new 3 is new in the lock file"] == [
        *locked_differences(before, {"a": "2", "b": "1", "new": "3"})
    ]


def test_of_very_many_the_first_are_named() -> None:
    lines = [*locked_differences({}, {f"p{number:03}": "1" for number in range(120)})]

    assert 101 == len(lines)
    assert "and 20 more" == lines[-1]
