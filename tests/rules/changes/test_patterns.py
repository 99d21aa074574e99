from __future__ import annotations

import pytest

from releasio.rules.changes.patterns import PathPatterns

WORDS = {True: "matched", False: "taken back", None: "by none"}


class TestPathPatterns:
    @pytest.mark.parametrize(
        ("pattern", "path", "expected"),
        [
            ("*.lock", "uv.lock", "matched"),
            ("*.lock", "sub/uv.lock", "matched"),
            ("*.lock", "uv.lock.txt", "by none"),
            ("/examples/", "examples/one.py", "matched"),
            ("/examples/", "src/demo/examples/one.py", "by none"),
            ("examples/", "src/demo/examples/one.py", "matched"),
            ("examples/", "examples", "by none"),
            ("examples", "examples", "matched"),
            ("src/demo/data", "src/demo/data/a.json", "matched"),
            ("src/*/data", "src/demo/data/a.json", "matched"),
            ("src/*/data", "src/demo/sub/data/a.json", "by none"),
            ("src/**/data", "src/demo/sub/data/a.json", "matched"),
            ("src/**/data", "src/data/a.json", "matched"),
            ("**/data.json", "data.json", "matched"),
            ("docs/**", "docs/a/b.md", "matched"),
            ("a?c", "abc", "matched"),
            ("a?c", "a/c", "by none"),
            ("a.c", "abc", "by none"),
            ("!docs/api.md", "docs/api.md", "taken back"),
            ("", "docs/api.md", "by none"),
            ("/", "docs/api.md", "by none"),
            ("!", "docs/api.md", "by none"),
        ],
    )
    def test_match_as_in_a_gitignore(self, pattern: str, path: str, expected: str) -> None:
        assert expected == WORDS[PathPatterns.of([pattern]).verdict(path)]

    def test_the_last_one_decides(self) -> None:
        patterns = PathPatterns.of(["examples/", "!examples/shipped.py", "*.pyc"])

        assert [True, False, True] == [
            patterns.verdict(path)
            for path in ("examples/a.py", "examples/shipped.py", "examples/shipped.pyc")
        ]
