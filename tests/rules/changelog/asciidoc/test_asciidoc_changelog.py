"""Changelogs in AsciiDoc: the new section is written as its neighbours are."""

from __future__ import annotations

from datetime import date

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.rules.changelog.asciidoc.asciidoc import ASCIIDOC
from releasio.rules.changelog.asciidoc.inline import adoc_line
from releasio.rules.changelog.changelog import Section, inserted, section_of
from releasio.rules.notes.escape import escape

NOTES = "### Added\n\n- **api:** Take `{a}`\n- See [#12](https://example.org/12)\n"
NEW = Section(Version("1.2.0"), date(2026, 11, 29), NOTES, "v1.2.0", "v1.1.0")
ENTRIES = "* *api:* Take `&#123;a}`\n* See link:https://example.org/12[&#35;12]\n"


def insert(text: str | None, section: Section = NEW) -> str:
    return inserted(text, section, ChangelogConfig(), "CHANGELOG.adoc").text


class TestSection:
    @pytest.mark.parametrize(
        ("heading", "written"),
        [
            ("== 1.1.0", "== 1.2.0"),
            ("== [1.1.0] - 2026-01-31", "== [1.2.0] - 2026-11-29"),
            ("=== Version 1.1.0 (January 31, 2026)", "=== Version 1.2.0 (November 29, 2026)"),
            ("[[v1.1.0]]\n== v1.1.0", "[[v1.2.0]]\n== v1.2.0"),
            ("## 1.1.0", "## 1.2.0"),
        ],
    )
    def test_has_a_heading_like_its_neighbour(self, heading: str, written: str) -> None:
        before = f"= Changes\n\nWords.\n\n{heading}\n\n* a\n"
        level = heading.rpartition("\n")[2].partition(" ")[0]

        assert (
            f"= Changes\n\nWords.\n\n{written}\n\n{level}{level[0]} Added\n\n{ENTRIES}\n"
            f"{heading}\n\n* a\n"
        ) == insert(before)

    def test_takes_over_what_people_wrote_below_unreleased(self) -> None:
        before = "== Unreleased\n\n* by hand\n\n== 1.1.0\n\n* a\n\n== 1.0.0\n\n* b\n"

        assert insert(before).startswith(
            f"== Unreleased\n\n== 1.2.0\n\n* by hand\n{ENTRIES}\n== 1.1.0\n"
        )

    def test_stands_below_titles_of_lists_where_the_file_has_them(self) -> None:
        before = "== 1.1.0\n\n.Features\n* a\n\n.Bug fixes\n* b\n"
        section = Section(NEW.version, NEW.day, "### .Features\n\n- new", "v1.2.0", "v1.1.0")

        assert insert(before, section) == f"== 1.2.0\n\n.Features\n* new\n\n{before}"

    def test_keeps_what_belongs_to_an_entry_in_it(self) -> None:
        notes = "- one\n  - two\n\n    More.\n\n    ```python\n    ----\n    ```\n- three"
        section = Section(NEW.version, NEW.day, notes, "v1.2.0", "v1.1.0")

        assert insert("== 1.1.0\n\n* a\n", section).startswith(
            "== 1.2.0\n\n* one\n** two\n+\nMore.\n+\n[source,python]\n-----\n----\n-----\n* three\n"
        )

    def test_is_not_found_in_blocks(self) -> None:
        text = "== 1.1.0\n\n----\n== 1.2.0\n----\n\n////\n== 1.2.0\n////\n"

        assert section_of(text, NEW.version, None, ASCIIDOC) is None

    def test_of_a_new_file_has_the_only_heading(self) -> None:
        assert insert(None).startswith("= Changelog\n\nAll notable changes")


class TestText:
    @pytest.mark.parametrize(
        ("subject", "line"),
        [
            ("use {attribute}", "use &#123;attribute}"),
            ("see <<anchor>>", "see &#60;&#60;anchor>>"),
            ("a [[anchor]]", "a &#91;&#91;anchor&#93;]"),
            ("a +b+ and *c*", "a &#43;b&#43; and &#42;c&#42;"),
            ("((index))", "&#40;&#40;index))"),
            ("include::/etc/passwd[]", "include::/etc/passwd&#91;]"),
            ("pass:[<b>] $$x$$", "pass:&#91;<b>] &#36;&#36;x&#36;&#36;"),
            (".Title", "&#46;Title"),
            ("// no comment", "&#47;/ no comment"),
            ("1. first", "&#49;. first"),
            ("`{x}` and `y`", "`&#123;x}` and `y`"),
            ("at https://example.org/a", "at https://example.org/a"),
            ("a -> b (C) ...", "a -&#62; b &#40;C) .&#46;."),
        ],
    )
    def test_of_commits_is_no_markup(self, subject: str, line: str) -> None:
        """
        Asciidoctor shows each of them as it is.
        """
        assert line == adoc_line(escape(subject))
