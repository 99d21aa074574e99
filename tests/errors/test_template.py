from __future__ import annotations

from types import SimpleNamespace

import pytest

from releasio.errors.template import filled


def said(template: str, **values: object) -> str:
    return filled(template, SimpleNamespace(**values))


@pytest.mark.parametrize(
    ("template", "values", "expected"),
    [
        ("tag {tag}", {"tag": "v1"}, "tag v1"),
        ("{commit:.8} {path!r}", {"commit": "0123456789", "path": "a b"}, "01234567 'a b'"),
        ("{files:listed}", {"files": ["a", "b", "c"]}, "a, b and c"),
        ("{files:shortened}", {"files": ["a", "b", "c", "d", "e"]}, "a, b, c and 2 more"),
        ("{files:joined}", {"files": ["a", "b"]}, "a, b"),
        ("{files:and}", {"files": ["a", "b"]}, "a and b"),
        ("{files:or}", {"files": ["a", "b"]}, "a or b"),
        ("{tail:indented}", {"tail": ["", *"abcdefghijkl", " "]}, "\n    c\n    d"),
        ("rm {path:shell}", {"path": "plain"}, "rm plain"),
        ("{seconds:.0f} s", {"seconds": 59.9}, "60 s"),
        ("{{literally}}", {}, "{literally}"),
        ("\n        two\n        lines", {}, "two lines"),
    ],
)
def test_fills_a_gap(template: str, values: dict[str, object], expected: str) -> None:
    assert said(template, **values).startswith(expected)


@pytest.mark.parametrize(
    ("template", "value", "expected"),
    [
        ("on {value:?%s|no branch}", "main", "on main"),
        ("on {value:?%s|no branch}", None, "on no branch"),
        ("it{value:? (%.3s)}", "abcdef", "it (abc)"),
        ("it{value:? (%.3s)}", "", "it"),
        ("{value:?quoted |}text", True, "quoted text"),
        ("{value:?quoted |}text", False, "text"),
        ("it ended{value:? after %.0f s}", 0, "it ended after 0 s"),
        ("it ended{value:? after %.0f s}", None, "it ended"),
        ("{value:?at %r|nowhere}", "a|b", "at 'a|b'"),
        ("{value:/is/are} there", ["a"], "is there"),
        ("{value:/is/are} there", ["a", "b"], "are there"),
        ("{value:/is/are} there", [], "are there"),
        ("{value:#file}", 1, "1 file"),
        ("{value:#file}", 0, "0 files"),
        ("{value:#tracked file}", ["a", "b"], "2 tracked files"),
    ],
)
def test_chooses_words_by_the_value(template: str, value: object, expected: str) -> None:
    assert expected == said(template, value=value)


@pytest.mark.parametrize("value", ["{tag}", "{0} {", "}{", "%s %d %", "a\n        b"])
def test_what_a_value_holds_is_never_read_as_a_template(value: str) -> None:
    assert f"{value} ({value}) {value!r}" == said("{value} {value:?(%s)} {value!r}", value=value)


def test_of_a_childs_output_the_last_ten_lines_are_shown() -> None:
    lines = [str(number) for number in range(30)]

    assert [f"    {number}" for number in range(20, 30)] == (
        said("it failed:{tail:indented}", tail=lines).split("\n")[1:]
    )
