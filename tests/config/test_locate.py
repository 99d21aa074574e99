from __future__ import annotations

import tomllib

import pytest

from releasio.config.reading.locate import line_of, locate

TEXT = '''\
# top
mode = "direct"
"quoted key" = 1

[publish] # comment
registry = "x" # with = and [brackets]
  indented = true
text = """
[not.a.table]
key = 1
"""
raw = \'\'\'
also = "not a key"\'\'\'
list = [
  "one", # a comma, here
  "two",
  ["three"],
]
inline = { a = 1, b = [
  2, 3] }
after = 1

[tool . "dotted.name"]
a.b.c = 1979-05-27T07:32:00Z

[[commits.commit_parsers]]
pattern = 'a"]'
[[commits.commit_parsers]]
pattern = "b\\"]"
[commits.commit_parsers.extra]
x = 1
'''


class TestLocate:
    @pytest.mark.parametrize(
        ("path", "line"),
        [
            (("mode",), 2),
            (("quoted key",), 3),
            (("publish",), 5),
            (("publish", "registry"), 6),
            (("publish", "indented"), 7),
            (("publish", "text"), 8),
            (("publish", "raw"), 12),
            (("publish", "list"), 14),
            (("publish", "list", 0), 15),
            (("publish", "list", 1), 16),
            (("publish", "list", 2), 17),
            (("publish", "inline"), 19),
            (("publish", "inline", "b"), 19),
            (("publish", "after"), 21),
            (("tool", "dotted.name"), 23),
            (("tool", "dotted.name", "a"), 24),
            (("tool", "dotted.name", "a", "b", "c"), 24),
            (("commits", "commit_parsers", 0, "pattern"), 27),
            (("commits", "commit_parsers", 1), 28),
            (("commits", "commit_parsers", 1, "pattern"), 29),
            (("commits", "commit_parsers", 1, "extra", "x"), 31),
            (("publish", "nowhere"), 5),
            (("nowhere",), None),
        ],
    )
    def test_knows_the_line(self, path: tuple[str | int, ...], line: int | None) -> None:
        tomllib.loads(TEXT)

        assert line == line_of(locate(TEXT), path)

    def test_counts_crlf_as_one_line_end(self) -> None:
        assert {("a",): 1, ("b",): 3} == locate("a = 1\r\n\r\nb = 'x'\r\n")

    def test_stops_where_it_understands_nothing(self) -> None:
        assert {("a",): 1} == locate("a = 1\n= broken\nb = 2\n")
