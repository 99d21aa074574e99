"""Sections of other formats as Markdown."""

from __future__ import annotations

from datetime import date

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.rules.changelog.changelog import Section, inserted
from releasio.rules.commits.change import Change
from releasio.rules.commits.commit import Commit
from releasio.rules.notes.escape import escape
from releasio.rules.notes.formats.asciidoc import asciidoc_as_markdown
from releasio.rules.notes.formats.rst import rst_as_markdown
from releasio.rules.notes.formats.section_notes import section_notes
from releasio.rules.notes.notes import render_notes
from releasio.rules.notes.own_words import has_own_words


class TestRst:
    @pytest.mark.parametrize(
        ("rst", "markdown"),
        [
            ("Fixed\n~~~~~\n\n* a\n* b", "### Fixed\n\n* a\n* b"),
            ("``a`` and **b** and *c*", "`a` and **b** and *c*"),
            ("see `there <https://e.org/x>`__", "see [there](https://e.org/x)"),
            ("`there`_ and x_\n\n.. _there: https://e.org\n.. _x: https://e.org/x",
             "[there](https://e.org) and [x](https://e.org/x)"),
            (":issue:`12`, :pr:`#13`, :user:`ada`", "#12, #13, @&#8203;ada"),
            (":class:`~demo.Thing`, :ref:`words <label>`, :pep:`517`",
             "`demo.Thing`, words, PEP 517"),
            ("foo\\_ and \\*x\\*", "foo\\_ and \\*x\\*"),
            ("by @all <b>", "by @&#8203;all &lt;b>"),
            ("So::\n\n    a = `1`\n\nend", "So:\n\n```\na = `1`\n```\n\nend"),
            (".. code-block:: python\n   :caption: x\n\n   a\n     b", "```python\na\n  b\n```"),
            ("- a\n\n..\n   hidden\n\n- b", "- a\n\n- b"),
            ("-   one\n    two", "-   one\n    two"),
            ("a `broken\n  over <https://e.org>`_", "a [broken over](https://e.org)"),
            ("- a\n\n----", "- a"),
            ("run `javascript <javascript:x>`_", "run javascript"),
        ],
    )  # fmt: skip
    def test_is_what_forges_show(self, rst: str, markdown: str) -> None:
        assert markdown == rst_as_markdown(rst)


class TestAsciiDoc:
    @pytest.mark.parametrize(
        ("adoc", "markdown"),
        [
            ("=== Fixed\n\n* a\n** b\n* c", "### Fixed\n\n- a\n  - b\n- c"),
            (".Fixed\n- a", "**Fixed**\n\n- a"),
            ("`a` and *b* and _c_ &#91;x]", "`a` and **b** and *c* \\[x\\]"),
            ("link:https://e.org[there] https://e.org/x[more]",
             "[there](https://e.org) [more](https://e.org/x)"),
            ("* a\n+\n[source,python]\n----\nx `y`\n----", "- a\n\n  ```python\n  x `y`\n  ```"),
            ("by @all <b>", "by @&#8203;all &lt;b>"),
            ("// hidden\na", "a"),
        ],
    )  # fmt: skip
    def test_is_what_forges_show(self, adoc: str, markdown: str) -> None:
        assert markdown == asciidoc_as_markdown(adoc)


class TestSectionNotes:
    @pytest.mark.parametrize(
        ("path", "text"),
        [
            ("CHANGES.rst", "1.0\n---\n\n- ``a``\n"),
            ("CHANGES.adoc", "== 1.0\n\n* `a`\n"),
            ("CHANGES.md", "## 1.0\n\n- `a`\n"),
            ("CHANGES", "1.0\n---\n\n- ``a``\n"),
        ],
    )
    def test_are_markdown_whatever_the_file_is(self, path: str, text: str) -> None:
        assert "- `a`" == section_notes(text, Version("1.0"), ChangelogConfig(), path)

    def test_are_not_there_without_a_section(self) -> None:
        assert section_notes("", Version("1.0"), ChangelogConfig(), "CHANGES.rst") is None
        assert section_notes("1.0", Version("1.0"), ChangelogConfig(), "CHANGES.org") is None


class TestOwnWords:
    @pytest.mark.parametrize(
        ("path", "old"),
        [("CHANGES.rst", "1.1.0\n-----\n\n* a\n"), ("CHANGES.adoc", "== 1.1.0\n\n* a\n")],
    )
    def test_are_none_in_a_section_that_was_generated(self, path: str, old: str) -> None:
        subjects = (
            "mend foo_ and `a|b` (#12)",
            "[x] @all <b> *c*",
            "see https://e.org/a_b",
            "C++ {x}",
        )
        notes = "### Fixed\n\n" + "\n".join(f"- **api:** {escape(text)}" for text in subjects)
        section = Section(Version("1.2.0"), date(2026, 11, 29), notes, "v1.2.0", "v1.1.0")
        text = inserted(old, section, ChangelogConfig(), path).text
        written = section_notes(text, Version("1.2.0"), ChangelogConfig(), path) or ""

        assert not has_own_words(written, notes)
        assert has_own_words(f"{written}\n- by hand", notes)


class TestFormatStrings:
    def test_of_2_x_word_the_entries_of_other_formats_safely(self) -> None:
        settings = ChangelogConfig(
            commit_template="* {description} by *{author}* ({hash})",
            version_header_template="## v{version} on {date}",
        )
        commit = Commit("c0ffee0" + "0" * 33, (), "Ada `_|x", "ada@example.org", 1, "fix: foo_")
        notes = render_notes([Change(commit, "fix", None, "leave foo_ and |x| be")], settings)
        section = Section(Version("1.2.0"), date(2026, 11, 29), notes, "v1.2.0", "v1.1.0")
        old = "v1.1.0 on 2026-01-31\n--------------------\n\n- a\n- b\n\nv1.0\n----\n\n- c\n"

        assert inserted(old, section, settings, "CHANGES.rst").text == (
            "v1.2.0 on 2026-11-29\n--------------------\n\n"
            "- leave foo\\_ and \\|x\\| be by *Ada \\`\\_\\|x* (c0ffee0)\n\n" + old
        )
