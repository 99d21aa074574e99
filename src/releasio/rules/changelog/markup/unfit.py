"""Which files that may be changelogs are left to their authors, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.changelog.outline import outline

if TYPE_CHECKING:
    from packaging.version import Version


def unfit(name: str, text: str, last: Version | None) -> str | None:
    """
    Return what keeps a section out of a file that nobody named; `None`: nothing does.

    Such a file may only say where the changelog is, end with a version of long ago, or be
    what another tool collects.

    Args:
        name: The file's.
        text: What is in it.
        last: The version that was released last.
    """
    markup = markup_of(name, text)
    if markup is None:
        return "is in no format that is written"
    if "towncrier release notes start" in text or "scriv-insert-here" in text:
        return "is collected from fragments (changelog.fragments)"
    outlined = outline(text, last, markup)
    newest = next((chapter.title for chapter in outlined.released if chapter.title), None)
    if outlined.pending or (last is None and any(markup.headings(text))):
        return None
    if newest is None:
        return "has no heading with a version"
    if last is not None and newest.version.release[0] != last.release[0]:
        return f"has no heading with {last.release[0]}.*"
    return None
