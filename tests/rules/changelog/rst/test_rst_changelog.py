"""Changelogs in reStructuredText: the new section is written as its neighbours are."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from docutils.core import publish_doctree
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.rules.changelog.changelog import Section, inserted, section_of
from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.changelog.rst.rst import RST

FORGE = "https://github.com/ada/demo"
NOTES = "### Added\n\n- **api:** Take `a|b` and foo_\n- See [#12](https://example.org/12)\n"
NEW = Section(Version("1.2.0"), date(2026, 11, 29), NOTES, "v1.2.0", "v1.1.0")


def insert(text: str | None, section: Section = NEW, **settings: object) -> str:
    return inserted(text, section, ChangelogConfig(**settings), "CHANGES.rst").text


def warnings(text: str) -> str:
    """Return what docutils says of *text*, notes apart."""
    stream = StringIO()
    settings = {"report_level": 2, "halt_level": 5, "warning_stream": stream}
    publish_doctree(text, settings_overrides=settings)
    return stream.getvalue()


ENTRIES = "**api:** Take ``a|b`` and foo\\_", "See `#12 <https://example.org/12>`__"


class TestHeadings:
    @pytest.mark.parametrize(
        ("before", "heading"),
        [
            ("1.1.0\n=====\n\n- a\n", "1.2.0\n=====\n\n"),
            ("v1.1.0 (2026-01-31)\n-------------------\n\n- a\n", "v1.2.0 (2026-11-29)\n---"),
            (f"Version 1.1.0 (2026-01-31)\n{'~' * 26}\n\n- a\n", "Version 1.2.0 (2026-11-29)\n~"),
            ("1.1.0 / 2026-01-31\n++++++++++++++++++\n\n- a\n", "1.2.0 / 2026-11-29\n++++"),
            ("demo 1.1.0 (31.01.2026)\n" + "^" * 23 + "\n\n- a\n", "demo 1.2.0 (29.11.2026)\n^"),
            ("1.9 (Jan 2, 2026)\n=================\n\n- a\n", "1.10 (Nov 29, 2026)\n" + "=" * 19),
            ("=====\n1.1.0\n=====\n\n- a\n", "=====\n1.2.0\n=====\n\n"),
            ("#######\n 1.1.0\n#######\n\n- a\n", "#######\n 1.2.0\n#######\n\n"),
            ("1.1.0\n----------\n\n- a\n", "1.2.0\n----------\n\n"),
            (".. _v1-1-0:\n\n1.1.0\n=====\n\n- a\n", ".. _v1-2-0:\n\n1.2.0\n=====\n\n"),
            ("1.1.0\n=====\n:date: 2026-01-31\n\n- a\n", "1.2.0\n=====\n:date: 2026-11-29\n"),
            ("1.1.0\n=====\n\n*(2026-01-31)*\n\n- a\n", "1.2.0\n=====\n\n*(2026-11-29)*\n\n"),
        ],
    )  # fmt: skip
    def test_are_in_the_style_of_the_file(self, before: str, heading: str) -> None:
        version = Version("1.10") if before.startswith("1.9") else NEW.version
        last = "v1.9" if before.startswith("1.9") else "v1.1.0"
        after = insert(before, Section(version, NEW.day, NOTES, f"v{version}", last))

        assert after.startswith(heading)
        assert after.endswith(before)
        assert "" == warnings(after)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("**1.1.0**", "**1.2.0**"),
            ("**1.1.0** (2026-01-31)", "**1.2.0** (2026-11-29)"),
            ("**v1.1.0 (2026-01-31)**", "**v1.2.0 (2026-11-29)**"),
        ],
    )
    def test_may_be_bold_lines(self, old: str, new: str) -> None:
        begin, end = "History\n=======\n\nSee *semver*.\n\n", f"{old}\n\n- a\n\n**1.0.0**\n\n- b\n"
        entries = "\n".join(f"- {entry}" for entry in ENTRIES)
        after = insert(begin + end)

        assert f"{begin}{new}\n\n{entries}\n\n{end}" == after
        assert "" == warnings(after)
        assert entries == section_of(after, NEW.version, None, RST)

    def test_that_are_bold_keep_what_people_wrote(self) -> None:
        end = "**1.1.0**\n\n- a\n\n**1.0.0**\n\n- b\n"
        begin, human = "History\n=======\n\n**UNRELEASED**\n\n", "- By hand\n  (#3)\n"
        entries = "".join(f"- {entry}\n" for entry in ENTRIES)

        assert f"{begin}**1.2.0**\n\n{human}{entries}\n{end}" == insert(f"{begin}{human}\n{end}")

    def test_that_are_bold_have_bold_groups(self) -> None:
        after = insert("**1.1.0**\n\n**Fixed**\n\n- a\n")

        assert after.startswith("**1.2.0**\n\n**Added**\n\n- ")
        assert "" == warnings(after)

    def test_bold_lines_are_groups_where_other_lines_have_the_versions(self) -> None:
        before = "1.1.0\n=====\n\n**2.0 of the protocol**\n\n- a\n"

        assert insert(before).startswith("1.2.0\n=====\n\n")

    def test_of_groups_are_one_level_lower(self) -> None:
        before = "Changes\n=======\n\n1.1.0\n-----\n\nFixed\n~~~~~\n\n* a\n"
        entries = "\n".join(f"* {entry}" for entry in ENTRIES)

        assert (
            "Changes\n=======\n\n"
            f"1.2.0\n-----\n\nAdded\n~~~~~\n\n{entries}\n\n"
            "1.1.0\n-----\n\nFixed\n~~~~~\n\n* a\n"
        ) == insert(before)

    def test_of_groups_take_a_character_that_means_no_other_level(self) -> None:
        after = insert("Changes\n-------\n\n1.1.0\n=====\n\n- a\n")

        assert "Added\n~~~~~\n" in after
        assert "" == warnings(after)

    def test_by_a_template_of_2_x_get_their_line(self) -> None:
        template = "## [{version}] - {date}"
        after = insert("1.1.0\n=====\n\n- a\n", version_header_template=template)

        assert after.startswith("[1.2.0] - 2026-11-29\n====================\n\n")
        assert after == insert(after, version_header_template=template)


class TestEntries:
    @pytest.mark.parametrize("bullet", ["* ", "- ", "-   ", "+ "])
    def test_have_the_bullets_of_the_file(self, bullet: str) -> None:
        before = f"1.1.0\n=====\n\n{bullet}a\n{bullet}b\n\n1.0.0\n=====\n\n{bullet}c\n"
        lines = "\n".join(f"{bullet}{entry}" for entry in ENTRIES)

        assert insert(before) == f"1.2.0\n=====\n\n{lines}\n\n{before}"

    def test_stand_as_far_apart_as_others(self) -> None:
        before = "1.1.0\n-----\n- a\n\n- b\n\n\n1.0.0\n-----\n- c\n"
        lines = "\n\n".join(f"- {entry}" for entry in ENTRIES)

        assert insert(before) == f"1.2.0\n-----\n{lines}\n\n\n{before}"

    def test_stand_below_titles_that_are_lines(self) -> None:
        before = "1.1.0\n-----\n\nFeatures:\n\n- a\n\nBug fixes:\n\n- b\n"
        titles = group_titles(before, ChangelogConfig(), RST)
        notes = f"### {titles.of('feat')}\n\n- new\n\n### {titles.of('perf')}\n\n- fast"
        after = insert(before, Section(NEW.version, NEW.day, notes, "v1.2.0", "v1.1.0"))

        assert after == (
            "1.2.0\n-----\n\nFeatures:\n\n- new\n\nPerformance improvements:\n\n- fast\n\n" + before
        )

    def test_with_what_belongs_to_them_are_nested(self) -> None:
        notes = (
            "- **api**\n  - one\n    1. first\n\n    More.\n\n"
            "    ```python\n    a = '``'\n    ```\n- two"
        )
        after = insert("1.1.0\n-----\n\n- a\n", Section(NEW.version, NEW.day, notes, "t", "v1.1.0"))

        assert after.startswith(
            "1.2.0\n-----\n\n- **api**\n\n  - one\n\n    1. first\n\n    More.\n\n"
            "    .. code-block:: python\n\n        a = '``'\n\n- two\n\n1.1.0\n"
        )
        assert "" == warnings(after)


class TestUnreleased:
    @pytest.mark.parametrize(
        "name", ["Unreleased", "unreleased", "Unreleased changes", "Pending", "dev"]
    )
    def test_notes_become_part_of_the_section(self, name: str) -> None:
        line = "-" * len(name)
        old = "1.1.0\n-----\n\n- a\n- b\n\n1.0.0\n-----\n\n- c\n"
        before = f"{name}\n{line}\n\n- by :user:`hand`\n\n{old}"
        lines = "\n".join(f"- {entry}" for entry in ENTRIES)

        assert insert(before) == (
            f"{name}\n{line}\n\n1.2.0\n-----\n\n- by :user:`hand`\n{lines}\n\n{old}"
        )

    @pytest.mark.parametrize(
        ("heading", "written"),
        [
            ("1.2.0 (unreleased)", "1.2.0 (2026-11-29)"),
            ("1.1.1 (unreleased)", "1.2.0 (2026-11-29)"),
            ("1.2.0.dev0 (TBD)", "1.2.0 (2026-11-29)"),
            ("1.2.0 (in development)", "1.2.0 (2026-11-29)"),
        ],
    )
    def test_guesses_of_the_version_become_its_heading(self, heading: str, written: str) -> None:
        old = "1.1.0 (2026-01-31)\n------------------\n\n- a\n"
        before = f"{heading}\n{'-' * len(heading)}\n\n- by hand\n\n\n{old}"
        after = insert(before)

        assert after.startswith(f"{written}\n{'-' * len(written)}\n\n- by hand\n")
        assert after.endswith(old)
        assert heading not in after

    def test_words_below_the_heading_that_say_so_become_the_day(self) -> None:
        before = "Version 1.2.0\n-------------\n\nUnreleased\n\n-   by hand\n\n\n"
        before += "Version 1.1.0\n-------------\n\nReleased 2026-01-31\n\n-   a\n"
        before += "\n\nVersion 1.0.0\n-------------\n\nReleased 2026-01-01\n\n-   a\n"

        assert insert(before).startswith(
            "Version 1.2.0\n-------------\n\nReleased 2026-11-29\n\n-   by hand\n-   **api:**"
        )

    def test_placeholders_go(self) -> None:
        before = (
            "1.2 (unreleased)\n----------------\n\n- Nothing changed yet.\n\n\n1.1\n---\n\n- a\n"
        )

        assert "Nothing" not in insert(before)

    def test_comments_are_no_notes_of_anybody(self) -> None:
        before = "Unreleased\n----------\n\n..\n   Write here.\n\n1.1.0\n-----\n\n- a\n"

        assert insert(before).startswith(
            "Unreleased\n----------\n\n..\n   Write here.\n\n1.2.0\n-----\n\n"
        )


class TestLinks:
    def test_of_headings_are_kept_up(self) -> None:
        section = Section(NEW.version, NEW.day, "- new", "v1.2.0", "v1.1.0")
        before = (
            "`Unreleased`_\n-------------\n\n"
            "`1.1.0`_ (2026-01-31)\n---------------------\n\n- a\n\n"
            f".. _Unreleased: {FORGE}/compare/v1.1.0...HEAD\n"
            f".. _1.1.0: {FORGE}/compare/v1.0.0...v1.1.0\n"
        )

        after = insert(before, section)

        assert "`1.2.0`_ (2026-11-29)\n---------------------\n\n- new\n" in after
        assert after.endswith(
            f".. _Unreleased: {FORGE}/compare/v1.2.0...HEAD\n"
            f".. _1.2.0: {FORGE}/compare/v1.1.0...v1.2.0\n"
            f".. _1.1.0: {FORGE}/compare/v1.0.0...v1.1.0\n"
        )
        assert "" == warnings(after)


class TestFile:
    def test_line_ends_are_kept(self) -> None:
        before = "1.1.0\r\n-----\r\n\r\n- a\r\n"
        after = insert(before)

        assert "\n" not in after.replace("\r\n", "")
        assert after.endswith(before)

    def test_that_is_new_is_a_changelog(self) -> None:
        after = insert(None)

        assert after.startswith("Changelog\n=========\n\n")
        assert "1.2.0 (2026-11-29)\n------------------\n\nAdded\n~~~~~\n\n- **api:**" in after
        assert "" == warnings(after)

    def test_below_its_marker_begin_the_versions(self) -> None:
        before = "Changes\n=======\n\n.. scriv-insert-here\n\n"

        assert insert(before).startswith(f"{before}1.2.0 (2026-11-29)\n")

    def test_what_looks_like_a_heading_is_none_in_code_and_comments(self) -> None:
        before = "1.1.0\n-----\n\n- a::\n\n    1.2.0\n    -----\n\n..\n  1.2.0\n  -----\n"

        assert section_of(before, NEW.version, None, RST) is None
