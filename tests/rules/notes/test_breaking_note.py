from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from releasio.rules.notes.breaking_note import render_note

RENDERER = MarkdownIt("gfm-like", {"linkify": False})


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("gone", "  - gone"),
        ("use <b>", "  - use &lt;b>"),
        ("a\n\nb\n\n- one\n- two", "  - a\n\n    b\n\n    - one\n    - two"),
        ("- one\n- two\n  * three", "  - one\n  - two\n    - three"),
        ("1. one\n2) two", "  1. one\n  2) two"),
        ("a\n```python\nx\n```\nb", "  - a\n    ```python\n    x\n    ```\n    b"),
        ("a\n~~~\n```\n~~~", "  - a\n    ````\n    ```\n    ````"),
        ("a\n```\nx\x1b", "  - a\n    ```\n    x\n    ```"),
        ("```\nx\n```", "  ```\n  x\n  ```"),
        ("a\n# no heading", "  - a\n    \\# no heading"),
    ],
)
def test_keeps_its_shape(note: str, expected: str) -> None:
    assert expected == "\n".join(render_note(note))


def test_stays_below_its_entry() -> None:
    text = "- entry\n" + "\n".join(render_note("a\n\nb\n\n- c\n\n```\n- d\n```\n\ne")) + "\n- next"

    lists = [one.level for one in RENDERER.parse(text) if one.type == "bullet_list_open"]
    assert [0, 2, 4] == lists
