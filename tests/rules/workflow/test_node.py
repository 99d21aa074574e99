"""YAML with the line of every word."""

from __future__ import annotations

import pytest

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.workflow.node import NOTHING, parse_yaml


def test_every_value_knows_its_line() -> None:
    root = parse_yaml("on:\n  push:\n    tags: ['v*', 'x']\njobs:\n  a: yes\n", "w.yml")

    assert ("v*", "x") == root.get("on", "push", "tags").texts()  # type: ignore[union-attr]
    assert [("on", 1, 4), ("jobs", 4, 6)] == [
        (entry.key, entry.line, entry.node.end) for entry in root.entries
    ]
    assert "yes" == root.text_at("jobs", "a")


@pytest.mark.parametrize("text", ["", "# nothing\n", "---\n"])
def test_nothing_is_nothing(text: str) -> None:
    root = parse_yaml(text, "w.yml")

    assert root is NOTHING or root.is_empty


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: b: c", 1, "mapping values are not allowed"),
        ("a:\n\t- b", 2, "cannot start any token"),
        ("a: &x [*x]", 1, "nested too deeply"),
        ("--- a\n--- b\n", 2, "another document"),
        ("a: 1\nb: \x00", 2, "a character is not allowed"),
        ("[" * 3000, 1, "nest"),
        ("a: *b\n", 1, "undefined alias"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(WorkflowUnreadable) as caught:
        parse_yaml(text, "w.yml")

    assert ("w.yml", line) == (caught.value.path, caught.value.line)
    assert problem in caught.value.message
    assert "Look at this line" in caught.value.hint


def test_aliases_within_aliases_take_no_time() -> None:
    levels = "\n".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(20))

    root = parse_yaml(f"a0: &a0 x\n{levels}\n", "w.yml")

    assert 21 == len(root.entries)
