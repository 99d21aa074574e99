"""Write the heading of a version as the one below it is written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changelog.heading_date import date_like, find_date
from releasio.rules.changelog.not_released import find_mark
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from datetime import date

    from packaging.version import Version

    from releasio.rules.changelog.heading_style import Title
    from releasio.rules.changelog.outline import Chapter
    from releasio.rules.changelog.succession import Succession

_CLOSING = pattern(r"[\]*`_]*(?:\((?P<target>[^)]*)\)|\[[^\]]*\])?[*`_]*")
_ATTRIBUTE = pattern(r"\{[^}]*\}")
_YANKED = pattern(r"\s*[\[(]yanked[\])]", re.IGNORECASE)


def title_like(model: Title, succession: Succession) -> str:
    """Return the text of the next version's heading, in the manner of the one below it."""
    match = _CLOSING.match(model.behind)
    closing = match[0] if match else ""
    remainder = _YANKED.sub("", model.behind[len(closing) :])
    before = date_like(model.before, succession.day, succession.order) or model.before
    if match and match["target"] is not None:
        target = succession.url(match["target"])
        if target == match["target"]:  # about the former version, and nobody knows how
            before, closing = before.replace("[", ""), ""
        else:
            closing = closing.replace(match["target"], target)
    return f"{before}{succession.next}{closing}{_behind(model, remainder, succession)}".rstrip()


def title_after_unreleased(chapter: Chapter, version: Version, day: date) -> str:
    """Return the heading's text for *version* where none is released; *chapter* is what comes."""
    title = chapter.title
    if title is None:
        name = f"[{version}]" if chapter.heading.text.lstrip().startswith("[") else str(version)
        return f"{name} - {day.isoformat()}"
    mark = find_mark(title.behind)
    behind = title.behind
    if mark is not None:
        behind = f"{behind[: mark.start()]}{day.isoformat()}{behind[mark.end() :]}"
    return f"{title.before}{version}{behind}"


def _behind(model: Title, remainder: str, succession: Succession) -> str:
    """Return what stands behind version and link: the date; names are the former version's own."""
    if model.pending and (mark := find_mark(remainder)):
        return f"{remainder[: mark.start()]}{succession.day.isoformat()}{remainder[mark.end() :]}"
    date = find_date(remainder)
    if model.bare:
        return _for_next_version(remainder, succession)
    if date is None:
        return ""
    begin, end = date.start(), date.end()
    while begin and remainder[begin - 1] in "([*_` -\u2013\u2014:|,":
        begin -= 1
    while end < len(remainder) and remainder[end] in ")]*_`":
        end += 1
    chunk = remainder[begin:end]
    if not chunk.startswith(" ") and remainder[:begin].endswith(" "):
        chunk = f" {chunk}"
    return date_like(chunk, succession.day, succession.order) or ""


def _for_next_version(behind: str, succession: Succession) -> str:
    """Return *behind* about the next version; an attribute names it in a way of its own."""
    pieces, position = [], 0
    for match in _ATTRIBUTE.finditer(behind):
        text = succession.text(behind[position : match.start()])
        pieces += [text, succession.anchor(match[0])]
        position = match.end()
    return "".join((*pieces, succession.text(behind[position:])))
