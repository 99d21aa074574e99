from __future__ import annotations

from releasio.frozen import replace
from releasio.rules.proposal.description import Description, render

DESCRIPTION = Description(
    headline="demo 0.1.0 -> 0.1.1",
    reasons=("1 fix: patch", "fix: greet @all <b>politely</b> (#7)"),
    section="### Fixed\n\n- greet politely",
    changelog="CHANGELOG.md",
    after_merge=("`releasio release` builds it",),
)


def test_tells_what_why_and_what_the_merge_does() -> None:
    text = render(DESCRIPTION)

    assert text.startswith("## demo 0.1.0 -> 0.1.1\n\n### Why this version\n\n- 1 fix: patch\n")
    assert "### Changelog\n\n#### Fixed\n\n- greet politely\n" in text
    assert "### What the merge will release\n\n- `releasio release` builds it\n" in text


def test_words_of_commits_mention_nobody_and_are_no_html() -> None:
    text = render(DESCRIPTION)

    assert "<b>" not in text
    assert " @all" not in text


def test_a_warning_comes_first() -> None:
    text = render(replace(DESCRIPTION, warning="No CI runs."))

    assert text.partition("### ")[0].endswith("> [!WARNING]\n> No CI runs.\n\n")


def test_a_long_section_is_cut_at_the_end_of_a_line() -> None:
    section = "- an entry of many\n" * 5_000

    text = render(replace(DESCRIPTION, section=section))

    assert len(text) < 40_000
    assert "- an entry of many\n\n… and more: see CHANGELOG.md.\n" in text
