"""Whether somebody wrote or changed a section."""

from __future__ import annotations

import pytest

from releasio.rules.notes.own_words import has_own_words

MADE = "### Fixed\n\n- mend it (#12)\n- **Breaking**: drop it\n  - use new"


@pytest.mark.parametrize(
    "section",
    [
        MADE,
        MADE.replace("### Fixed", "## Bug fixes"),
        MADE.replace("- ", "* "),
        MADE.replace("**Breaking**: ", ""),
        MADE.replace("(#12)", "([#12](https://github.com/o/r/pull/12))"),
        f"Released 2026-01-01\n\n{MADE}\n\n[1]: https://x\n---",
        f"{MADE}\n\n[All changes](https://x.org/compare/v1...v2)",
        "No notable changes.",
        "",
    ],
)
def test_headings_links_and_dates_are_nobodys_words(section: str) -> None:
    assert not has_own_words(section, MADE)


@pytest.mark.parametrize(
    "section",
    [
        f"A word first.\n\n{MADE}",
        MADE.replace("mend", "repair"),
        MADE.replace("- mend it (#12)\n", ""),
        f"{MADE}\n- and this",
    ],
)
def test_everything_else_is(section: str) -> None:
    assert has_own_words(section, MADE)
