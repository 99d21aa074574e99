"""What commits say is shown as it is by docutils, and never breaks the file."""

from __future__ import annotations

import re
from io import StringIO

from docutils.core import publish_doctree
from hypothesis import assume, given
from hypothesis import strategies as st

from releasio.rules.changelog.markdown import Heading
from releasio.rules.changelog.markup.markup import Layout
from releasio.rules.changelog.rst.rst import RST
from releasio.rules.notes.escape import escape, plain
from releasio.rules.notes.formats.rst import rst_as_markdown

LAYOUT = Layout(
    Heading(2, "1.0", 0, 0, "-"), (), (Heading(1, "News", 0, 0, "="),), "", flat=False, newline="\n"
)
PARTS = [
    *"ab1 _*`|\\:.<>[]()-+#@/'\"!~={}^&;,\n\t",
    *("``", "::", ":x:", "`x`", "**", "foo_", "__", "https://e.org/a_", "(1)", "- ", ".. ", "1. "),
    *("a. ", "<b>", "`a <b>`_", "|x|", "[1]_", "Ä", "\u200b", "..", "--x", "/V", ".. include:: x"),
]
SUBJECTS = st.lists(st.sampled_from(PARTS), max_size=12).map("".join)


def items(text: str) -> list[str]:
    """Return the text of each item; docutils stops at the first warning."""
    settings = {"report_level": 2, "halt_level": 2, "warning_stream": StringIO()}
    document = publish_doctree(text, settings_overrides=settings)
    return [node.astext() for node in document.findall() if node.tagname == "list_item"]


def visible(text: str) -> str:
    """Return *text* without blanks, which lines may be broken at, and marks of code."""
    return re.sub(r"[`\s\u200b]+", "", text)


class TestSubjects:
    @given(SUBJECTS)
    def test_are_shown_as_they_are(self, subject: str) -> None:
        assume(plain(subject))
        # both mean something else in the Markdown that notes are generated in
        assume("\\`" not in subject and not ("\\" in subject and "http" in subject))
        notes = f"### Added\n\n- {escape(subject)}\n- **api:** {escape(subject)}x"
        text = f"News\n====\n\n1.0\n---\n\n{RST.fitted(notes, LAYOUT)}\n"

        first, second = items(text)

        assert visible(plain(subject)) == visible(first)
        assert visible(f"api:{plain(subject)}x") == visible(second)

    @given(SUBJECTS)
    def test_notify_nobody_on_their_way_back_to_markdown(self, subject: str) -> None:
        section = RST.fitted(f"- {escape(subject)} @all", LAYOUT)

        assert re.search(r"(?<![\w`])@all", rst_as_markdown(section)) is None or "`" in subject
