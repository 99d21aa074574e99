from __future__ import annotations

import pytest

from releasio.text.command_line import joined, quoted


class TestQuoted:
    @pytest.mark.parametrize(
        ("text", "posix", "windows"),
        [
            ("v1.2.0", "v1.2.0", "v1.2.0"),
            ("--registry", "--registry", "--registry"),
            ("https://pkg.example.org/up/", "https://pkg.example.org/up/", None),
            (r"C:\work\demo", r"'C:\work\demo'", r"C:\work\demo"),
            ("my project", "'my project'", '"my project"'),
            ("it's", "'it'\"'\"'s'", '"it\'s"'),
            ("a&b", "'a&b'", '"a&b"'),
            ('a"b', "'a\"b'", '"a""b"'),
            ("", "''", '""'),
        ],
    )
    def test_is_one_word_to_the_shell(self, text: str, posix: str, windows: str | None) -> None:
        assert posix == quoted(text, windows=False)
        assert (windows or text) == quoted(text, windows=True)


def test_words_are_joined() -> None:
    words = ["releasio", "release", "my project"]

    assert "releasio release 'my project'" == joined(words, windows=False)
    assert 'releasio release "my project"' == joined(words, windows=True)
