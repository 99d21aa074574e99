"""A changelog before the first release, and what that makes of it."""

from __future__ import annotations

from datetime import date

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.errors.project.changelog import ChangelogUnsupported
from releasio.rules.changelog.changelog import Section, first_text, inserted, section_of
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.changelog.markup.unfit import unfit

SECTION = Section(Version("0.1.0"), date(2026, 1, 2), "### Added\n\n- begin", "v0.1.0")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("path", ["CHANGELOG.md", "CHANGES.rst", "docs/changes.adoc"])
def test_takes_the_first_section_and_stays_above_it(path: str, newline: str) -> None:
    text = first_text(path, newline)
    after = inserted(text, SECTION, ChangelogConfig(), path).text

    markup = markup_of(path) or MARKDOWN
    assert None is unfit(path, text, None)
    assert "begin" in (section_of(after, Version("0.1.0"), None, markup) or "")
    assert text.count(newline) == text.count("\n")
    assert after.startswith(text.rstrip())


def test_in_no_format_that_is_written_is_refused() -> None:
    with pytest.raises(ChangelogUnsupported):
        first_text("CHANGES.docx")
