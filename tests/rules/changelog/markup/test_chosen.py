"""Which format a changelog has, and which files are left to their authors."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.markup.unfit import unfit

LAST = Version("1.1.0")


class TestMarkup:
    @pytest.mark.parametrize(
        ("path", "text", "name"),
        [
            ("CHANGES.rst", "", "reStructuredText"),
            ("docs/NEWS.ADOC", "", "AsciiDoc"),
            ("CHANGELOG.md", "1.0\n---\n\n- ``a``", "Markdown"),
            ("CHANGELOG", "", "Markdown"),
            ("CHANGES", "# Changes\n\n## 1.0\n", "Markdown"),
            ("CHANGES", "Changes\n=======\n\n1.0\n---\n", "reStructuredText"),
            ("CHANGES.txt", "=======\nChanges\n=======\n\n1.0\n---\n", "reStructuredText"),
            ("NEWS", "- ``a``, see `b`_", "reStructuredText"),
        ],
    )
    def test_follows_from_name_and_text(self, path: str, text: str, name: str) -> None:
        markup = markup_of(path, text)

        assert markup is not None
        assert name == markup.name

    @pytest.mark.parametrize("path", ["CHANGES.org", "changelog.html", "NEWS.txt"])
    def test_is_not_known_of_others(self, path: str) -> None:
        assert markup_of(path, "1.0, 2026-01-31\n  * a\n") is None


class TestUnfit:
    @pytest.mark.parametrize(
        "text",
        [
            "1.1.0\n-----\n\n- a\n",
            "1.0.7\n-----\n\n- a\n",
            "Unreleased\n----------\n\n1.0\n---\n",
        ],
    )
    def test_is_no_file_that_tells_of_the_last_release(self, text: str) -> None:
        assert unfit("CHANGES.rst", text, LAST) is None

    def test_is_no_file_with_a_title_before_the_first_release(self) -> None:
        assert unfit("CHANGES.rst", "Changes\n=======\n", None) is None

    @pytest.mark.parametrize(
        ("name", "text", "reason"),
        [
            (
                "HISTORY.rst",
                "History has moved to https://e.org\n",
                "has no heading with a version",
            ),
            ("CHANGES.rst", "0.9\n---\n\n- a\n", "has no heading with 1.*"),
            ("NEWS.txt", "1.1.0: a\n", "is in no format that is written"),
            (
                "NEWS.rst",
                ".. towncrier release notes start\n\n1.1.0\n-----\n",
                "is collected from fragments (changelog.fragments)",
            ),
        ],
    )
    def test_is_what_is_no_changelog_of_now(self, name: str, text: str, reason: str) -> None:
        assert reason == unfit(name, text, LAST)
