from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.text.changed_lines import changed_likewise

BEFORE = b'[project]\nname = "demo"\nversion = "1.3.0"\n'
AFTER = BEFORE.replace(b"1.3.0", b"1.4.0.dev0")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BEFORE, AFTER),
        (BEFORE + b"\n# formatted\n", AFTER + b"\n# formatted\n"),
        (b"# first\n" + BEFORE, b"# first\n" + AFTER),
        (BEFORE.replace(b"demo", b"other"), AFTER.replace(b"demo", b"other")),
        (BEFORE.replace(b"1.3.0", b"1.3.1"), None),
        (BEFORE + b'version = "1.3.0"\n', None),
        (BEFORE.replace(b"\n", b"\r\n"), None),
        (b"", None),
    ],
    ids=[
        "the same",
        "longer",
        "moved",
        "changed elsewhere",
        "changed there",
        "twice",
        "other line ends",
        "emptied",
    ],
)
def test_lines_are_changed_where_they_are_now(text: bytes, expected: bytes | None) -> None:
    assert expected == changed_likewise(text, BEFORE, AFTER)


@pytest.mark.parametrize("after", [BEFORE + b"more\n", b""])
def test_a_change_of_the_number_of_lines_is_none_of_these(after: bytes) -> None:
    assert changed_likewise(BEFORE, BEFORE, after) is None


def test_equal_lines_change_alike_or_not_at_all() -> None:
    assert b"b\nb\n" == changed_likewise(b"a\na\n", b"a\na\n", b"b\nb\n")
    assert changed_likewise(b"a\na\n", b"a\na\n", b"b\na\n") is None


@given(st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n"])), st.integers(0, 9))
def test_of_the_same_text_it_is_the_same_change(lines: list[bytes], place: int) -> None:
    changed = [b"new\n" if at == place else line for at, line in enumerate(lines)]
    before, after = b"".join(lines), b"".join(changed)

    assert changed_likewise(before, before, after) in {after, None}
