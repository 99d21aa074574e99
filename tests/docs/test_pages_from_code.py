"""The pages that the code itself writes."""

from __future__ import annotations

import tomllib

import pytest
from from_code import defaults_table, errors_page, findings_page, troubleshooting_page
from settings_page import settings_page

from releasio.config.reading.generations import CHANGED, ChangedDefault
from releasio.config.reading.kinds import keys
from releasio.config.tables.model import Config
from releasio.errors.foreign_words import ELSEWHERE, WORDS
from releasio.setup.finding_catalogue import finding_catalogue


class TestSettings:
    def test_has_a_heading_for_every_key(self) -> None:
        page = settings_page().splitlines()

        missing = [key.name for key in keys(Config) if f"### `{key.name}`" not in page]

        assert [] == missing

    def test_shows_type_and_default(self) -> None:
        assert "A number; default `60.0`.\n" in settings_page()
        assert 'A regular expression; default `"BREAKING[ -]CHANGE:"`.\n' in settings_page()

    def test_says_what_has_no_effect(self) -> None:
        assert "**No effect:** releasio opens no advisories" in settings_page()
        assert "**Not yet:** releasing several packages of one repository" in settings_page()

    @pytest.mark.parametrize("heading", ["`[packages.NAME]`"])
    def test_says_it_of_whole_tables(self, heading: str) -> None:
        _, _, section = settings_page().partition(f"## {heading}\n")

        assert "**Not yet:** " in section.partition("\n#")[0]


@pytest.mark.parametrize("changed", CHANGED, ids=lambda changed: changed.key)
def test_a_changed_default_stands_in_the_table_with_the_line_that_keeps_the_old_one(
    changed: ChangedDefault,
) -> None:
    tomllib.loads(changed.line)

    assert f"| `{changed.key}` | " in defaults_table()
    assert f" | `{changed.line}` |" in defaults_table()


def test_words_of_others_with_one_meaning_stand_with_the_error() -> None:
    _, _, section = errors_page().partition("## publisher-unknown\n")

    assert "Elsewhere: `invalid-publisher`" in section.partition("\n## ")[0]


class TestFindings:
    def test_has_a_section_for_every_code(self) -> None:
        page = findings_page().splitlines()

        assert [] == [code for code in finding_catalogue() if f"### {code}" not in page]


class TestTroubleshooting:
    def test_has_every_word_that_explain_knows(self) -> None:
        page = troubleshooting_page().lower()
        words = [word for group in (*WORDS.values(), *ELSEWHERE) for word in group]

        assert [] == [word for word in words if word not in page]

    def test_links_to_the_error_behind_the_words(self) -> None:
        _, _, section = troubleshooting_page().partition("## invalid-pending-publisher\n")

        assert "[`pending-publisher-stale`](errors.md#pending-publisher-stale)" in section
        assert "Also: `valid token, but project already exists`" in section
