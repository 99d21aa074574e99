"""
Changelogs as projects have them: where the new section goes, and how it looks.

`changelogs.txt` has one after the other, before and after.
"""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig, CommitsConfig
from releasio.rules.changelog.changelog import Section, inserted, section_of
from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.commits.reading import read_changes
from releasio.rules.forge.links import Links
from releasio.rules.notes.notes import render_notes
from tests.rules.history import commit

TABLE = Path(__file__).with_name("changelogs.txt")
WEB = "https://github.com/o/r"
LINKS = Links("github", WEB)
SETTINGS = ChangelogConfig()


class Row(NamedTuple):
    """One changelog: the tags of the last and of the new release, the file before and after."""

    previous: str | None
    tag: str
    before: str
    after: str
    remarks: tuple[str, ...]

    @property
    def version(self) -> Version:
        """The version that is released."""
        return Version(re.sub(r"^\D*", "", self.tag))

    def section(self) -> Section:
        changes = read_changes([commit("feat: new")], CommitsConfig()).changes
        notes = render_notes(changes, SETTINGS, titles=group_titles(self.before, SETTINGS))
        return Section(self.version, date(2026, 11, 29), notes, self.tag, self.previous, LINKS)


def rows() -> dict[str, Row]:
    text = TABLE.read_bytes().decode().replace("\r\n", "\n").replace("R/", f"{WEB}/")
    found = {}
    for block in re.split(r"^%% (?=[^\n]* -> )", text, flags=re.MULTILINE)[1:]:
        head, _, rest = block.partition("\n")
        name, _, tags = head.partition(" | ")
        previous, _, tag = tags.partition(" -> ")
        before, _, rest = rest.partition("%% becomes\n")
        after, *remarks = rest.split("%% because ")
        found[name] = Row(
            None if previous == "-" else previous,
            tag,
            before,
            after.rstrip("\n") + "\n",
            tuple(remark.strip() for remark in remarks),
        )
    return found


ROWS = rows()


@pytest.mark.parametrize("name", ROWS)
class TestChangelog:
    def test_gets_its_section_where_and_as_the_file_has_them(self, name: str) -> None:
        row = ROWS[name]
        done = inserted(row.before, row.section(), SETTINGS)

        assert row.after == done.text
        assert row.remarks == done.remarks

    def test_with_the_line_ends_of_windows_is_the_same(self, name: str) -> None:
        row = ROWS[name]
        done = inserted(row.before.replace("\n", "\r\n"), row.section(), SETTINGS)

        assert row.after.replace("\n", "\r\n") == done.text

    def test_is_the_same_when_it_is_done_again(self, name: str) -> None:
        row = ROWS[name]

        assert row.after == inserted(row.after, row.section(), SETTINGS).text

    def test_has_notes_that_are_found(self, name: str) -> None:
        row = ROWS[name]
        notes = section_of(row.after, row.version) or ""
        human = [line for line in ("- human", "- by hand", "- hand") if f"\n{line}" in row.before]

        assert re.search(r"^[-*+] new$", notes, re.MULTILINE)
        assert all(line in notes for line in human)


def test_the_table_is_read_whole() -> None:
    assert len(ROWS) > 60


LISTS = "## 1.1.0\n\n- b\n\n## 1.0.0\n\n- c\n"


class TestListsWithoutGroups:
    """Settings, and whoever writes into the file, decide for groups all the same."""

    def after(self, before: str = LISTS, title: str = "Added", **settings: object) -> str:
        notes = f"### {title}\n\n- new\n\n### Fixed\n\n- mended"
        section = Section(Version("1.2.0"), date(2026, 11, 29), notes, "v1.2.0")
        return inserted(before, section, ChangelogConfig(**settings)).text

    def test_get_another_list(self) -> None:
        assert self.after().startswith("## 1.2.0\n\n- new\n- mended\n\n## 1.1.0\n")

    @pytest.mark.parametrize(
        "settings",
        [
            {"section_headers": {"feat": "Added"}},
            {"section_template": "{{ notes }}"},
            {"engine": "git-cliff"},
        ],
        ids=lambda settings: next(iter(settings)),
    )
    def test_get_the_groups_that_a_setting_chose(self, settings: dict[str, object]) -> None:
        assert "### Added\n\n- new\n\n### Fixed\n\n- mended\n" in self.after(**settings)

    def test_get_groups_that_somebody_named(self) -> None:
        assert "### Engines\n\n- new\n\n### Fixed\n" in self.after(title="Engines")

    def test_get_groups_where_the_notes_for_the_next_one_have_some(self) -> None:
        before = f"## Unreleased\n\n### Fixed\n\n- by hand\n\n{LISTS}"

        assert "### Fixed\n\n- by hand\n- mended\n\n### Added\n\n- new\n" in self.after(before)
