"""One value or entry of a workflow file is edited, and nothing else."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.node import parse_yaml
from releasio.setup.patches.entries import without_entry
from releasio.setup.patches.patch import applied, joined
from releasio.setup.patches.values import with_list, with_value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: old # why\n", "a: new # why\n"),
        ("a:   'old'\r\n", "a:   new\r\n"),
        ('a: "old"\n', "a: new\n"),
        ("a: [x, 'y']  # why\n", "a: new  # why\n"),
        ("a: [x,\n  y]\n", None),
        ("a: |\n  old\n", None),
        ("a: 'old\n  text'\n", None),
        ("b: c\n", None),
    ],
)
def test_a_value_on_one_line_is_written_anew(text: str, expected: str | None) -> None:
    patch = with_value("w.yml", text, parse_yaml(text, "w.yml").get("a"), "new")

    assert expected == (applied([patch], {"w.yml": text})["w.yml"] if patch else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a:\n  - x\n  - y\nb: 1\n", "a: new\nb: 1\n"),
        ("b: 1\na:\n- x\n", "b: 1\na: new\n"),
        ("a: [x]\n", "a: new\n"),
        ("a: x\n", "a: new\n"),
        ("a:\n  - x # why\n", None),
        ("b: 1\n", None),
    ],
)
def test_a_list_is_written_anew_however_it_is_written(text: str, expected: str | None) -> None:
    patch = with_list("w.yml", text, parse_yaml(text, "w.yml"), "a", "new")

    assert expected == (applied([patch], {"w.yml": text})["w.yml"] if patch else None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("uses: x\nwith:\n  a: 1\n  b: 2 # why\nname: y\n", "uses: x\nwith:\n  a: 1\nname: y\n"),
        ("uses: x\nwith:\n  b: 2\nname: y\n", "uses: x\nname: y\n"),
        ("uses: x\nwith:\n  b: |\n    2\n    3\n", "uses: x\n"),
        ("uses: x\nwith: {b: 2, a: 1}\n", None),
        ("uses: x\nwith: {b: 2}\n", "uses: x\n"),
        ("with:\n  b: 2\nuses: x\n", None),
        ("uses: x\n", None),
    ],
)
def test_an_entry_goes_with_what_is_empty_then(text: str, expected: str | None) -> None:
    patch = without_entry("w.yml", parse_yaml(text, "w.yml"), ("with", "b"))

    assert expected == (applied([patch], {"w.yml": text})["w.yml"] if patch else None)


def test_edits_that_belong_together_are_made_together_or_not() -> None:
    text = "a: 1\nb: 2\n"
    node = parse_yaml(text, "w.yml")
    one, other = (with_value("w.yml", text, node.get(key), "3") for key in "ab")

    patch = joined(one, other)

    assert patch is not None
    assert {"w.yml": "a: 3\nb: 3\n"} == applied([patch], {"w.yml": text})
    assert joined(one, None) is None
