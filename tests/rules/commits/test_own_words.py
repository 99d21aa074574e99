from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.rules.commits.own_words import own_words


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("a\n> b\nc", "a c"),
        ("a\n  > b", "a"),
        ("a\n```\nb\n```\nc", "a c"),
        ("a\n````\n```\nb\n````\nc", "a c"),
        ("a\n```\nb", "a"),
        ("~~~ text\nb\n~~~\nc", "c"),
        ("`x` and ```y``` stay", "`x` and ```y``` stay"),
        ("```x``` is no fence\nb", "```x``` is no fence b"),
        ("a\n    b\n\tc\n   d", "a d"),
        ("a\n<!-- b\nc -->\nd", "a d"),
        ("a <!-- b --> c", "a <!-- b --> c"),
        ("a\n<details>\nb\n</details>\nc", "a c"),
        ("a\n<Blockquote>\nb\n</Blockquote>\nc", "a c"),
        ("x < y and <b> stay", "x < y and <b> stay"),
        ("Co-authored-by: A <a@b.c>\n\n   > b", "Co-authored-by: A <a@b.c>"),
        ("    a\nb", "b"),
        ("a\n  \tb\nc\td", "a c d"),
        ("a <PRE>\nb\n</PRE>\nc", "a <PRE> c"),
        ("a\n  ~~~\nb", "a"),
    ],
)
def test_are_what_is_not_quoted(body: str, said: str) -> None:
    assert said == " ".join(own_words(body).split())


@given(st.text(alphabet="ab \n>`~<!-/details\t", max_size=60))
def test_keep_every_place(body: str) -> None:
    words = own_words(body)

    assert len(body) == len(words)
    assert all(word in {" ", letter} for word, letter in zip(words, body, strict=True))
    assert body.count("\n") == words.count("\n")
