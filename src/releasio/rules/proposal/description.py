"""The description of a release pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.notes.escape import escape
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

_ID = pattern(r"[0-9a-f]{8}")
_MOST = 32_000  # characters of the changelog; GitHub takes 65,536 for the whole description


@frozen
class Description:
    """
    What the description tells.

    Attributes:
        headline: Name and versions, as one line.
        reasons: Why it is that version: sentences, with words of commits.
        section: The changelog's new section, Markdown.
        changelog: The file it is in; empty: none is written.
        after_merge: What happens after the merge: sentences in Markdown.
        remarks: What to look at: sentences, with words of others.
        warning: That no CI will run, and what to do; Markdown; empty: it will.
    """

    headline: str
    reasons: tuple[str, ...]
    section: str
    changelog: str
    after_merge: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    warning: str = ""


def render(description: Description) -> str:
    """Return the description as Markdown; everything that others wrote is escaped."""
    parts = [f"## {escape(description.headline)}"]
    if description.warning:
        parts.append(f"> [!WARNING]\n> {description.warning}")
    parts += _listed("Why this version", map(_reason, description.reasons))
    if description.section:
        parts += ["### Changelog", _cut(description)]
    parts += _listed("What the merge will release", description.after_merge)
    parts += _listed("To look at", map(escape, description.remarks))
    parts.append(
        "Edit whatever you like: the changelog in this branch, this text, the title, and the "
        "version. What you change stays when the pull request is brought up to date."
    )
    return "\n\n".join(parts) + "\n"


def _listed(title: str, sentences: Iterable[str]) -> list[str]:
    lines = [f"- {sentence}" for sentence in sentences]
    return [f"### {title}", "\n".join(lines)] if lines else []


def _cut(description: Description) -> str:
    """Return the section, with its groups one level below our own headings, if it is not long."""
    section = description.section
    if len(section) > _MOST:
        end = section.rfind("\n", 0, _MOST)
        section = section[: max(end, 0)] + f"\n\n… and more: see {description.changelog}."
    return "\n".join(f"#{line}" if line.startswith("###") else line for line in section.split("\n"))


def _reason(reason: str) -> str:
    """Return *reason* as text; the id of the commit that it begins with stays one."""
    id_, space, words = reason.partition(" ")
    return f"{id_} {escape(words)}" if space and _ID.fullmatch(id_) else escape(reason)
