"""The section of a version in a changelog, heading and all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.markdown import newline_of
from releasio.rules.changelog.markup.markdown_markup import MARKDOWN
from releasio.rules.changelog.outline import chapter_of, outline
from releasio.rules.proposal.line_changes import LineChanges, line_changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from packaging.version import Version

    from releasio.rules.changelog.markup.markup import Markup
    from releasio.rules.changelog.outline import Chapter


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


def changes_around(
    before: str, after: str, versions: Sequence[Version], markup: Markup = MARKDOWN
) -> LineChanges:
    """
    Return what makes *after* of *before*, besides the section of one of *versions*.

    Args:
        before: The changelog without that section; what is pending in it may become part of it.
        after: The changelog with it.
        versions: Those that count as the same one.
        markup: The format of both.
    """
    outside = _without(after, _chapters(after, versions, markup))
    chapters = (*outline(before, markup=markup).pending, *_chapters(before, versions, markup))
    settled = _without(before, chapters)
    came = line_changes(before, outside, versions).came
    went = line_changes(settled, after, versions).went
    return LineChanges(came, went)


def _chapters(text: str, versions: Sequence[Version], markup: Markup) -> Iterable[Chapter]:
    return filter(None, (chapter_of(text, version, markup) for version in versions))


def _without(text: str, chapters: Iterable[Chapter]) -> str:
    """Return *text* without *chapters*, and without blank lines."""
    for start, end in sorted({(one.start, one.end) for one in chapters}, reverse=True):
        text = text[:start] + text[end:]
    return "\n".join(filter(str.strip, text.splitlines()))
