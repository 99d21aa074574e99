from __future__ import annotations

import pytest

from releasio.text.json_text import read_json, write_json


@pytest.mark.parametrize("text", ['{"a": [1]}', b'{"a": [1]}'])
def test_is_read_from_text_and_bytes(text: str | bytes) -> None:
    assert {"a": [1]} == read_json(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        b"\xff",
        "9" * 9999,
        "[" * 200_000,
        "[" * 200_000 + "]" * 200_000,
        '{"a":' * 200_000,
    ],
    ids=range(7),
)
def test_anything_else_is_a_value_error(text: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        read_json(text)


def test_is_written_without_what_nobody_sees_and_means_the_same() -> None:
    document = {"a": "x\u202ey\u200b \U000e0041 \x9b ##[x \u05d0 é"}
    text = write_json(document)

    assert '"x\\u202ey\\u200b \\udb40\\udc41 \\u009b #\\u0023[x \u05d0 é"' in text
    assert document == read_json(text)
