"""A pattern that is compiled late is the one that `re.compile` makes."""

from __future__ import annotations

import re

import pytest

from releasio.text.pattern import pattern


@pytest.mark.parametrize(
    ("text", "flags", "expected"),
    [(r"(\w)-(\w)", 0, ["a-b"]), ("^b", re.MULTILINE | re.IGNORECASE, ["b", "B"])],
)
def test_it_finds_what_it_means(text: str, flags: int, expected: list[str]) -> None:
    late = pattern(text, flags)

    assert expected == [match[0] for match in late.finditer("a-b\nb\nB")]
    assert expected == [match[0] for match in late.finditer("a-b\nb\nB")]
    assert re.compile(text, flags).groups == late.groups


def test_a_mistake_in_it_is_told_at_its_first_use() -> None:
    late = pattern("(")

    with pytest.raises(re.error, match="unterminated"):
        late.match("")
