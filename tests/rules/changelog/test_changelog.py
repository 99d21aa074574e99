from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.errors.project.changelog import ChangelogUnchanged, ChangelogUnsupported
from releasio.rules.changelog.changelog import Section, inserted, section_of
from releasio.rules.changelog.markdown import headings
from releasio.rules.forge.links import Links

DAY = date(2025, 8, 20)
FORGE = "https://github.com/ada/demo"
AZURE = "https://dev.azure.com/a/b/_git/c/branchCompare"
NOTES = "### ✨ Features\n\n- add a thing\n\n### 🐛 Bug Fixes\n\n- repair it"
NEW = Section(Version("1.2.0"), DAY, NOTES, "v1.2.0", "v1.1.0", Links("github", FORGE))


def insert(text: str | None, section: Section = NEW, **settings: object) -> str:
    return inserted(text, section, ChangelogConfig(**settings)).text


def is_insertion(before: str, after: str) -> bool:
    """Whether *after* is *before* with something put in."""
    rest = iter(after)
    return all(character in rest for character in before)


class TestNewFile:
    def test_is_keep_a_changelog(self) -> None:
        assert insert(None) == (
            "# Changelog\n\n"
            "All notable changes to this project are documented in this file.\n\n"
            "The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).\n\n"
            "## [Unreleased]\n\n"
            "## [1.2.0] - 2025-08-20\n\n"
            f"{NOTES}\n\n"
            f"[Unreleased]: {FORGE}/compare/v1.2.0...HEAD\n"
            f"[1.2.0]: {FORGE}/compare/v1.1.0...v1.2.0\n"
        )

    def test_of_a_first_release_links_to_its_tag(self) -> None:
        links = Links("gitlab", "https://gitlab.com/a/b")
        first = Section(Version("0.1.0"), DAY, "- a", "v0.1.0", None, links)

        assert insert(None, first).endswith(
            "[Unreleased]: https://gitlab.com/a/b/-/compare/v0.1.0...HEAD\n"
            "[0.1.0]: https://gitlab.com/a/b/-/releases/v0.1.0\n"
        )

    def test_has_no_links_when_the_forge_is_not_known(self) -> None:
        assert insert("", Section(Version("1.0"), DAY, "- a", "v1.0")).endswith(
            "## [1.0] - 2025-08-20\n\n- a\n"
        )

    def test_begins_with_the_configured_header(self) -> None:
        assert insert(None, header="# News\n").startswith("# News\n\n## [Unreleased]\n\n## [1.2.0]")

    def test_says_so_when_there_are_no_notes(self) -> None:
        assert "## [1.0] - 2025-08-20\n\nNo notable changes.\n" in insert(
            None, Section(Version("1.0"), DAY, "", "v1.0")
        )


OLD = """\
# Changelog

Words of the author.

## [Unreleased]

## [1.1.0] - 2024-01-01

### Added

- old thing

[Unreleased]: https://github.com/ada/demo/compare/v1.1.0...HEAD
[1.1.0]: https://github.com/ada/demo/compare/v1.0.0...v1.1.0
[1.0.0]: https://github.com/ada/demo/releases/tag/v1.0.0
"""
EXPECTED = f"""\
# Changelog

Words of the author.

## [Unreleased]

## [1.2.0] - 2025-08-20

{NOTES}

## [1.1.0] - 2024-01-01

### Added

- old thing

[Unreleased]: https://github.com/ada/demo/compare/v1.2.0...HEAD
[1.2.0]: https://github.com/ada/demo/compare/v1.1.0...v1.2.0
[1.1.0]: https://github.com/ada/demo/compare/v1.0.0...v1.1.0
[1.0.0]: https://github.com/ada/demo/releases/tag/v1.0.0
"""


class TestLineEnds:
    @pytest.mark.parametrize(("most", "stray"), [("\n", "\r\n"), ("\r\n", "\n")])
    def test_are_those_of_most_lines(self, most: str, stray: str) -> None:
        head, rest = f"# C{stray}", "\n## 1.1.0\n\n### Added\n\n- a\n".replace("\n", most)
        text = insert(head + rest)
        added = text.removeprefix(head).removesuffix(rest)

        assert head + added + rest == text
        assert added.count(most) == added.count("\n")
        assert ("\r" in added) == (most == "\r\n")


class TestNotesThatPeopleWrote:
    NOTES = (
        "### Added\n\n- one (#1)\n- two (fixes #7) (#2)\n- **Breaking**: three (#3)\n"
        "- four (#4)\n  - with words\n- five (#10)\n"
    )

    @pytest.mark.parametrize(
        "words",
        ["- Own (#1, #2, #3, #4)", "- Own :pr:`1` gh-2", f"- Own {FORGE}/pull/1 ([#2](x))"],
    )
    def test_name_pull_requests_that_are_not_told_again(self, words: str) -> None:
        text = insert(
            f"# C\n\n## [Unreleased]\n\n### Added\n\n{words}\n\n## [1.1.0] - 2024-01-01\n\n- a\n",
            Section(Version("1.2"), DAY, self.NOTES, "v1.2"),
        )

        assert f"{words}\n- **Breaking**: three (#3)\n- four (#4)\n  - with words\n- five" in text

    def test_name_issues_that_pull_requests_may_share(self) -> None:
        text = insert(
            "# C\n\n## [Unreleased]\n\n- Own &#1; (#7) #100\n\n## [1.1.0] - 2024-01-01\n\n- a\n",
            Section(Version("1.2"), DAY, self.NOTES, "v1.2"),
        )

        assert "- one (#1)\n- two (fixes #7) (#2)\n" in text


class TestInsertion:
    """P6, P7, V12: only the new section comes in, at its place, without any marker."""

    def test_goes_below_unreleased_and_keeps_up_the_links(self) -> None:
        assert insert(OLD) == EXPECTED

    @pytest.mark.parametrize("ending", ["", "\n", "\n\n\n", "  \n"])
    def test_keeps_the_end_of_the_file(self, ending: str) -> None:
        assert EXPECTED.rstrip() + ending == insert(OLD.rstrip() + ending)

    def test_keeps_the_line_ends_of_windows(self) -> None:
        """V25"""
        assert EXPECTED.replace("\n", "\r\n") == insert(OLD.replace("\n", "\r\n"))

    def test_keeps_the_byte_order_mark(self) -> None:
        assert "\ufeff" + EXPECTED == insert("\ufeff" + OLD)

    def test_twice_is_once(self) -> None:
        assert EXPECTED == insert(EXPECTED)

    def test_keeps_a_section_that_somebody_wrote(self) -> None:
        text = OLD.replace("## [1.1.0]", "## 1.2\n\n- by hand\n\n## [1.1.0]")

        assert text == insert(text)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("## [1.1.0] - 2024-01-01", "## [1.2.0] - 2025-08-20"),
            ("## 1.1.0 - 2024-01-01", "## 1.2.0 - 2025-08-20"),
            ("## v1.1.0 (2024-01-01)", "## v1.2.0 (2025-08-20)"),
            ("# 1.1.0", "# 1.2.0"),
            ("### [v1.1.0] — 2024-01-01", "### [v1.2.0] — 2025-08-20"),
            ("## Version 1.1.0 (2024-01-01)", "## Version 1.2.0 (2025-08-20)"),
            ("## demo 1.1.0 (2024-01-01)", "## demo 1.2.0 (2025-08-20)"),
            ("1.1.0 (2024-01-01)\n------------------", "1.2.0 (2025-08-20)\n------------------"),
            ("1.1.0\n=====", "1.2.0\n====="),
            ("## [1.1.0] - 2024-01-01 [YANKED]", "## [1.2.0] - 2025-08-20"),
            ("## 1.1.0 - January 1st, 2024", "## 1.2.0 - August 20th, 2025"),
            ("# Release 1.1.0 (July 2, 2025)", "# Release 1.2.0 (August 20, 2025)"),
            ("## **1.1.0** ##", "## **1.2.0**"),
            (
                f"## [1.1.0]({FORGE}/compare/v1.0.0...v1.1.0) (2024-01-01)",
                f"## [1.2.0]({FORGE}/compare/v1.1.0...v1.2.0) (2025-08-20)",
            ),
        ],
    )
    def test_follows_the_style_of_the_file(self, old: str, new: str) -> None:
        text = f"Changes of demo\n\n{old}\n\n- old thing\n"
        changed = insert(text, Section(Version("1.2.0"), DAY, "- new thing", "v1.2.0"))

        assert f"Changes of demo\n\n{new}\n\n- new thing\n\n{old}\n\n- old thing\n" == changed
        assert section_of(changed, Version("1.2.0")) == "- new thing"
        assert section_of(changed, Version("1.1.0")) == "- old thing"

    def test_groups_are_one_level_below_the_versions(self) -> None:
        assert "# 1.2.0\n\n## ✨ Features\n\n- add" in insert("# 1.1.0\n\n## Fixed\n\n- old\n")

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("# Changelog\n", "# Changelog\n\n## [1.2.0] - 2025-08-20\n\n- a\n"),
            ("# Changelog", "# Changelog\n\n## [1.2.0] - 2025-08-20\n\n- a"),
            (
                "# Changelog\n\n## How to read\n\nthis\n",
                "# Changelog\n\n## [1.2.0] - 2025-08-20\n\n- a\n\n## How to read\n\nthis\n",
            ),
            (
                "# Changelog\n## Unreleased",
                "# Changelog\n## Unreleased\n\n## 1.2.0 - 2025-08-20\n\n- a",
            ),
            (
                "# Changelog\n\n[x]: https://example.org\n",
                "# Changelog\n\n## [1.2.0] - 2025-08-20\n\n- a\n\n[x]: https://example.org\n",
            ),
        ],
    )
    def test_finds_a_place_without_older_versions(self, text: str, expected: str) -> None:
        assert expected == insert(text, Section(Version("1.2.0"), DAY, "- a", "v1.2.0"))

    @pytest.mark.parametrize(
        "trap",
        [
            "```\n## [9.9.9] - 2020-01-01\n```\n",
            "<!--\n## [9.9.9] - 2020-01-01\n-->\n",
            "~~~~md\n```\n## Unreleased\n~~~\n## 9.9.9\n~~~~\n",
            "    ## 9.9.9\n",
            "text <!-- a --> and <!--\n## 9.9.9\n-->\n",
        ],
    )
    def test_does_not_take_code_and_comments_for_headings(self, trap: str) -> None:
        text = f"# Changelog\n\n{trap}\n## [1.1.0] - 2024-01-01\n\n- old\n"
        changed = insert(text, Section(Version("1.2.0"), DAY, "- a", "v1.2.0"))

        assert changed == text.replace("## [1.1.0]", "## [1.2.0] - 2025-08-20\n\n- a\n\n## [1.1.0]")

    def test_a_header_template_decides_over_the_style(self) -> None:
        changed = insert(OLD, version_header_template="## {version} ({date}) {compare_url}")

        heading = f"## 1.2.0 (2025-08-20) {FORGE}/compare/v1.1.0...v1.2.0"
        assert f"\n\n{heading}\n\n### ✨ Features" in changed

    def test_an_unusual_template_is_found_again(self) -> None:
        settings = ChangelogConfig(version_header_template="Demo, release {version} of {date}")
        once = inserted(OLD, NEW, settings).text

        assert "## Demo, release 1.2.0 of 2025-08-20\n\n### ✨ Features" in once
        assert once == inserted(once, NEW, settings).text
        assert NOTES == section_of(once, Version("1.2.0"), settings)

    def test_a_header_is_put_above_once_and_never_as_second_title(self) -> None:
        text = "# Changelog\n\n## 1.1.0\n\n- old\n"

        assert "Read me.\n\n## 1.2.0" in insert(text, header="Read me.")
        assert 1 == insert(text.replace("\n\n", "\n\nRead me.\n\n", 1), header="Read me.").count(
            "Read me."
        )
        assert 1 == insert(text, header="# Changelog of demo").count("# Changelog")


class TestUnreleasedNotes:
    """What people wrote in advance becomes part of the section, untouched."""

    def test_come_first_and_the_heading_stays_empty(self) -> None:
        text = "# Log\n\n## [Unreleased]\n\nA *word* before.\n\n- by hand\n\n## [1.1.0]\n\n- old\n"

        assert insert(text, Section(Version("1.2.0"), DAY, "### New\n\n- a", "v1.2.0")) == (
            "# Log\n\n## [Unreleased]\n\n## [1.2.0]\n\nA *word* before.\n\n- by hand\n\n"
            "### New\n\n- a\n\n## [1.1.0]\n\n- old\n"
        )

    @pytest.mark.parametrize("name", ["Unreleased", "[UNRELEASED]", "[Unreleased][]", "unreleased"])
    def test_are_found_in_any_spelling(self, name: str) -> None:
        text = f"## {name}\n\n- by hand\n\n## 1.1.0\n\n- old\n"
        changed = insert(text, Section(Version("1.2.0"), DAY, "- a", "v1.2.0"))

        assert f"## {name}\n\n## 1.2.0\n\n- by hand\n- a\n\n## 1.1.0\n\n- old\n" == changed

    def test_are_merged_under_the_same_headings(self) -> None:
        text = (
            "## [Unreleased]\n### Bug fixes\n- by hand\n\n### Security\n- other\n\n"
            "## [1.1.0] - 2024-01-01\n"
        )

        assert insert(text) == (
            "## [Unreleased]\n\n## [1.2.0] - 2025-08-20\n\n"
            "### Bug fixes\n- by hand\n- repair it\n\n### Security\n- other\n\n"
            "### ✨ Features\n\n- add a thing\n\n"
            "## [1.1.0] - 2024-01-01\n"
        )

    def test_are_not_repeated(self) -> None:
        text = "## Unreleased\n\n### Features\n\n- add a thing\n\n## 1.1.0\n"
        changed = insert(text)

        assert 1 == changed.count("add a thing")
        assert "- repair it" in changed

    def test_are_enough_when_nothing_was_generated(self) -> None:
        text = "## Unreleased\n\n- by hand\n"
        changed = insert(text, Section(Version("1.2.0"), DAY, "", "v1.2.0"))

        assert changed == "## Unreleased\n\n## 1.2.0 - 2025-08-20\n\n- by hand\n"

    def test_comments_stay_where_they_are(self) -> None:
        text = "## Unreleased\n\n<!-- write here -->\n\n## 1.1.0\n\n- old\n"
        changed = insert(text, Section(Version("1.2.0"), DAY, "- a", "v1.2.0"))

        assert changed == text.replace("## 1.1.0", "## 1.2.0\n\n- a\n\n## 1.1.0")

    def test_end_before_the_links_at_the_foot(self) -> None:
        text = "## [Unreleased]\n\n- by hand\n\n[a]: https://example.org/a\n"
        changed = insert(text, Section(Version("1.2.0"), DAY, "- a", "v1.2.0"))

        assert changed == (
            "## [Unreleased]\n\n## [1.2.0] - 2025-08-20\n\n- by hand\n- a\n\n"
            "[a]: https://example.org/a\n"
        )


class TestLinks:
    @pytest.mark.parametrize(
        ("foot", "expected"),
        [
            (
                "[unreleased]: https://gitlab.com/a/b/-/compare/v1.1.0...main\n",
                (
                    "[unreleased]: https://gitlab.com/a/b/-/compare/v1.2.0...main\n"
                    "[1.2.0]: https://gitlab.com/a/b/-/compare/v1.1.0...v1.2.0\n"
                ),
            ),
            (
                f"[1.1.0]: {FORGE}/compare/v1.0.0...v1.1.0\n",
                (
                    f"[1.2.0]: {FORGE}/compare/v1.1.0...v1.2.0\n"
                    f"[1.1.0]: {FORGE}/compare/v1.0.0...v1.1.0\n"
                ),
            ),
            (
                f"[1.1.0]: {FORGE}/releases/tag/v1.1.0\n",
                f"[1.2.0]: {FORGE}/releases/tag/v1.2.0\n[1.1.0]: {FORGE}/releases/tag/v1.1.0\n",
            ),
            (
                "[Unreleased]: https://bitbucket.org/a/b/branches/compare/HEAD%0Dv1.1.0\n",
                (
                    "[Unreleased]: https://bitbucket.org/a/b/branches/compare/HEAD%0Dv1.2.0\n"
                    "[1.2.0]: https://bitbucket.org/a/b/branches/compare/v1.2.0%0Dv1.1.0\n"
                ),
            ),
            (
                f"[1.1.0]: {AZURE}?baseVersion=GTv1.0.0&targetVersion=GTv1.1.0\n",
                (
                    f"[1.2.0]: {AZURE}?baseVersion=GTv1.1.0&targetVersion=GTv1.2.0\n"
                    f"[1.1.0]: {AZURE}?baseVersion=GTv1.0.0&targetVersion=GTv1.1.0\n"
                ),
            ),
            (
                f"[Unreleased]: {FORGE}/commits/main\n",
                f"[Unreleased]: {FORGE}/commits/main\n",
            ),
            ("[docs]: https://example.org\n", "[docs]: https://example.org\n"),
            ("", ""),
        ],
    )
    def test_take_the_shape_of_those_in_the_file(self, foot: str, expected: str) -> None:
        text = "# Log\n\n## [1.1.0] - 2024-01-01\n\n- old\n\n"
        changed = insert(text + foot, Section(Version("1.2.0"), DAY, "- a", "v1.2.0"))

        assert changed.endswith(f"- old\n\n{expected}")


class TestReading:
    def test_a_section_is_found_by_version_in_any_spelling(self) -> None:
        assert section_of(OLD, Version("1.1")) == "### Added\n\n- old thing"
        assert section_of(OLD, Version("1.0.0")) is None
        assert section_of("", Version("1.0.0")) is None

    def test_the_last_section_ends_before_the_links(self) -> None:
        assert section_of("## 1.0\n\n- a\n\n[1.0]: https://example.org\n", Version("1.0")) == "- a"

    @pytest.mark.parametrize(
        ("text", "version"),
        [
            (EXPECTED, "1.2.0"),
            ("# Changes in 3 steps\n\n## 2.0rc1\n", "2.0rc1"),
            ("# demo 2026.1\n", "2026.1"),
        ],
    )
    def test_headings_name_versions_in_many_ways(self, text: str, version: str) -> None:
        assert section_of(text, Version(version)) is not None

    @pytest.mark.parametrize(
        ("heading", "almost"),
        [
            ("Python 3.11 support", "3.11"),
            ("1.0 release plans", "1.0"),
            ("2024-01-01", "2024"),
            ("2 things", "2"),
        ],
    )
    def test_other_headings_are_no_versions(self, heading: str, almost: str) -> None:
        assert section_of(f"## {heading}\n", Version(almost)) is None


class TestErrors:
    @pytest.mark.parametrize("path", ["CHANGES.org", "docs/news.html"])
    def test_other_formats_are_refused(self, path: str) -> None:
        with pytest.raises(ChangelogUnsupported) as caught:
            insert("old\n", path=path)

        assert caught.value.message.startswith(
            f"{path} is no Markdown, reStructuredText or AsciiDoc (."
        )
        assert "changelog.enabled = false" in caught.value.hint

    def test_a_heading_that_is_not_there_afterwards_stops_the_release(self) -> None:
        """P7: the changelog is silently not updated elsewhere."""
        with pytest.raises(ChangelogUnchanged) as caught:
            insert(OLD, version_header_template="## A new one")

        assert caught.value.message == "CHANGELOG.md would not have a section for 1.2.0"


PIECES = st.sampled_from(
    [
        "# Changelog",
        "## [Unreleased]",
        "## 1.1.0 - 2024-01-01",
        "## [1.0.0]",
        "1.0.0\n=====",
        "### Bug fixes",
        "- an entry",
        "Some words",
        "```\n## 0.5.0\n```",
        "<!-- ## 0.4.0 -->",
        "<!--",
        "",
        "",
        "   ",
        f"[1.1.0]: {FORGE}/compare/v1.0.0...v1.1.0",
    ]
)


@given(st.lists(PIECES, max_size=12), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_nothing_that_was_there_is_lost(pieces: list[str], newline: str, ended: bool) -> None:  # noqa: FBT001 -- a property
    text = "\n".join(pieces).replace("\n", newline) + (newline if ended else "")
    try:
        changed = insert(text)
    except ChangelogUnchanged:
        assert "<!--" in pieces  # a comment without an end swallows what follows
        return

    assert is_insertion(text, changed) or not text.strip()
    assert section_of(changed, Version("1.2.0")) is not None
    assert "1.1.0" not in "".join(each.text for each in headings(changed)).partition("1.2.0")[0]
    assert changed == insert(changed)
    assert newline not in text or newline == "\n" or "\n" not in changed.replace("\r\n", "")


@pytest.mark.parametrize(
    ("newest", "following"),
    [
        ("[2024.1.5] - 2024-01-05", "[2024.1.6] - 2026-03-01"),
        ("[2024.01.5] - 2024-01-05", "[2024.01.6] - 2026-03-01"),
        ("2024.1.5", "2024.1.6"),
        ("v2024.1.5 (2024.01.05)", "v2024.1.6 (2026.03.01)"),
        ("5.2", "2024.1.6"),
    ],
)
def test_versions_that_are_dates_have_headings_too(newest: str, following: str) -> None:
    version, tag = Version("2024.1.6"), "v2024.1.6"
    section = Section(version, date(2026, 3, 1), "- b\n", tag, "v2024.1.5", None)
    text = f"# Changelog\n\n## {newest}\n\n- old\n"

    assert f"# Changelog\n\n## {following}\n\n- b\n\n## {newest}\n\n- old\n" == (
        inserted(text, section, ChangelogConfig(), "CHANGELOG.md").text
    )
