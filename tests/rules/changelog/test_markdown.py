"""The reader of changelogs looks only where something may be, and sees what a full walk sees."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.rules.changelog.markdown import bold_lines, definitions, headings
from releasio.rules.changelog.outline import chapter_of, outline
from tests.rules.changelog.full_walk import walked_bold_lines, walked_definitions, walked_headings
from tests.rules.changelog.test_changelog_properties import VERSIONS, changelogs
from tests.rules.changelog.test_changelog_styles import ROWS

LINES = (
    *("", "text", "more words", "# one", "## two ##", "#none", "   ### three", "    # code"),
    *("===", "---", "-", "=", "  --- ", "--\r-", "***", "- item", "1. item", "> quote", "(label)="),
    *("```", "```python", "````", "~~~", "  ~~~~ ", "``` ```", "``` <!--"),
    *("<!--", "-->", "<!-- a -->", "words <!-- b", "c --> words", "<!-->", "# x <!-- y"),
    *("[a]: b", "  [c]: <d>", "[e]:", "[f] g", "**bold**", "  **bold:**", "** no **"),
)  # fmt: skip
ENDS = ("\n", "\r\n", "\r\r\n")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Return lines of a few kinds, often one after the other, with the ends that files have."""
    kinds = st.sampled_from(draw(st.lists(st.sampled_from(LINES), min_size=1, max_size=6)))
    lines = draw(st.lists(st.tuples(kinds, st.sampled_from(ENDS)), max_size=14))
    mark, last = draw(st.sampled_from(["", "\ufeff"])), draw(st.sampled_from(["", *LINES]))
    return mark + "".join(line + end for line, end in lines) + last


def agrees(text: str) -> bool:
    """Whether the reader sees in *text* what a walk over all its lines does."""
    return (
        list(walked_headings(text)) == list(headings(text))
        and list(walked_bold_lines(text)) == bold_lines(text)
        and list(walked_definitions(text)) == list(definitions(text))
    )


@pytest.mark.parametrize("name", ROWS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_reader_agrees_with_a_full_walk_on_every_changelog(name: str, newline: str) -> None:
    before, after = ROWS[name].before, ROWS[name].after

    assert agrees(before.replace("\n", newline))
    assert agrees("\ufeff" + after.replace("\n", newline))


@given(texts())
@example("a\nb\n===\na\n===\n---\n")
@example("<!--\n# a\n--> # b\n# c <!-- d\n# e\n-->\n# f")
@example("```\n<!--\n```\n# a\n-->\n# b")
def test_the_reader_agrees_with_a_full_walk_whatever_is_in_a_text(text: str) -> None:
    assert agrees(text)


@given(changelogs().map(lambda made: made.text))
def test_one_section_is_the_same_by_itself_and_of_all(text: str) -> None:
    sections = outline(text)

    assert agrees(text)
    for version in map(Version, VERSIONS):
        assert sections.of(version) == chapter_of(text, version)


def test_who_stops_reading_can_begin_anew_and_go_on() -> None:
    text = "# one\n\n# two\n\n# three\n"
    first = next(headings(text))
    both = zip(headings(text), headings(text), strict=True)

    assert "one" == first.text
    assert [("one", "one"), ("two", "two"), ("three", "three")] == [
        (one.text, other.text) for one, other in both
    ]
