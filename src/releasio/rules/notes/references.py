"""The pull requests and issues that a description names at its end, in parentheses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.notes.escape import escape
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from releasio.rules.forge.links import Links

_ONE = pattern(r"(?<![\w/#!])[#!][0-9]{1,18}(?!\w)")
_GROUP = pattern(
    r"(?:(?:fix(?:e[sd])?|close[sd]?|resolve[sd]?|refs?|see|part of|issues?|bug|pr)[ :]+)?"
    r"[#!][0-9]{1,18}(?:(?:, ?(?:and )?| and |; ?| )[#!][0-9]{1,18}){0,20}",
)
_LINKED = pattern(r"\(\[[#!][0-9]+\]\(https?://")
_NEWEST = 20_000  # characters
_MOST = 20  # groups; nobody writes more


def split_own(description: str) -> tuple[str, tuple[str, ...]]:
    """
    Split `mend it (fixes #12) (#13)` into the text and what stands in the parentheses.

    Only what names references and nothing else counts. It is meant to lead somewhere, which a
    number elsewhere in a sentence may not be.
    """
    groups: list[str] = []
    while description.endswith(")") and len(groups) < _MOST:
        text, _, group = description[:-1].rpartition("(")
        if not text.strip() or not _GROUP.fullmatch(group.lower()):
            break
        description = text.rstrip()
        groups.insert(0, group)
    return description, tuple(groups)


def links_like(text: str | None, links: Links | None) -> Links | None:
    """Return *links* where the newest sections of the changelog *text* link their references."""
    return links if text and _LINKED.search(text, 0, _NEWEST) else None


def linked(group: str, links: Links | None) -> str:
    """
    Return *group*, such as `fixes #12`, with links to the pages of its references.

    Without *links*, references stay as the forge knows them; those behind a word do not, which
    might close an issue once more.
    """
    if links is None:
        return group if group[0] in "#!" else escape(group)

    def link(reference: str) -> str:
        page = links.reference(reference)
        return f"[{links.named(reference)}]({page})" if page else escape(reference)

    return _ONE.sub(lambda match: link(match[0]), group)
