"""Sections of other formats as Markdown."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.config.tables.model import ChangelogConfig
from releasio.rules.notes.formats.asciidoc import asciidoc_as_markdown
from releasio.rules.notes.formats.rst import rst_as_markdown
from releasio.rules.notes.formats.section_notes import section_notes


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
