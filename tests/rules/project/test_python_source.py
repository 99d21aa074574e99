from __future__ import annotations

import warnings

import pytest

from releasio.rules.project.python_source import parse_python


def test_odd_escapes_are_not_for_who_releases_to_hear_of() -> None:
    with warnings.catch_warnings(record=True) as heard:
        warnings.simplefilter("always")
        tree = parse_python('pattern = "\\d"\n')

    assert tree is not None
    assert [] == heard


@pytest.mark.parametrize("text", ["def", "x = (", "\0", "(" * 10_000])
def test_what_is_no_python_is_none(text: str) -> None:
    assert parse_python(text) is None
