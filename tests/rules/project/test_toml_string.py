from __future__ import annotations

import pytest

from releasio.rules.project.toml_string import toml_or_none


@pytest.mark.parametrize("text", ["a = 1", b"a = 1"])
def test_toml_is_read(text: str | bytes) -> None:
    assert {"a": 1} == toml_or_none(text)


@pytest.mark.parametrize(
    "text",
    ["a =", b'a = "\xff"', f"a = {'1' * 5000}", f"a = {'[' * 100_000}"],
    ids=["syntax", "encoding", "a number too long for Python", "too deep"],
)
def test_what_is_no_toml_is_none(text: str | bytes) -> None:
    assert toml_or_none(text) is None
