"""The notes of a version as its changelog has them, in Markdown whatever that file is in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.changelog import section_of
from releasio.rules.changelog.markup.chosen import markup_of

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.config.tables.model import ChangelogConfig


def section_notes(text: str, version: Version, settings: ChangelogConfig, path: str) -> str | None:
    """
    Return the section of *version* in the changelog at *path*, as Markdown.

    What other formats have beyond headings, lists, code and links stays as text. `None`: there
    is no such section, it is not released yet, or the format is not known.
    """
    markup = markup_of(path, text)
    if markup is None:
        return None
    section = section_of(text, version, settings, markup)
    return None if section is None else as_markdown(section, markup.name)


def as_markdown(section: str, format_name: str) -> str:
    """Return *section*, which is in the format of this name, as Markdown."""
    if format_name == "reStructuredText":
        from releasio.rules.notes.formats.rst import rst_as_markdown

        return rst_as_markdown(section)
    if format_name == "AsciiDoc":
        from releasio.rules.notes.formats.asciidoc import asciidoc_as_markdown

        return asciidoc_as_markdown(section)
    return section
