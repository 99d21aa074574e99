"""The section of a version in a changelog, heading and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.markdown import newline_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.changelog.outline import chapter_of

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.rules.changelog.markup.markup import Markup


def whole_section(text: str, version: Version, markup: Markup = MARKDOWN) -> str | None:
    """Return the section of *version*, from its heading on; None: there is none."""
    chapter = chapter_of(text, version, markup)
    if chapter is None:
        return None
    section = text[chapter.start : chapter.end].replace("\r\n", "\n")
    return section.strip("\n") + "\n"


def with_whole_section(text: str, version: Version, section: str, markup: Markup = MARKDOWN) -> str:
    """Return the changelog *text* with *section* in place of that of *version*, which it has."""
    chapter = chapter_of(text, version, markup)
    if chapter is None:
        return text
    old = text[chapter.start : chapter.end]
    blank = old[len(old.rstrip("\r\n")) :]
    new = section.strip("\n").replace("\n", newline_of(text))
    return f"{text[: chapter.start]}{new}{blank}{text[chapter.end :]}"
