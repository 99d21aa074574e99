"""What is said of a pull request: in a terminal, and as a comment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.notes.escape import escape, plain

if TYPE_CHECKING:
    from releasio.release.merging.effect import MergeEffect
    from releasio.release.merging.title import Title


def sentence(effect: MergeEffect, type_: str) -> str:
    """
    Return what merging would release, as a sentence without its full stop.

    Args:
        effect: What it does; it is known.
        type_: The type of its title.
    """
    if effect.version is None:
        return "merging this would release nothing"
    if not effect.is_changed:
        return (
            f"merging this leaves {effect.version} ({effect.bump}) the next release{_with(effect)}"
        )
    return f"merging this would release {effect.version} ({effect.bump}, {type_}){_with(effect)}"


def _with(effect: MergeEffect) -> str:
    """Return what else would be released, to go behind a version."""
    count = effect.waiting_commits
    noun = "commit" if count == 1 else "commits"
    return f", with {count} {noun} waiting on {effect.branch}" if count else ""


def comment(title: Title, effect: MergeEffect, suggestion: str | None) -> str:
    """Return a comment for the pull request, in Markdown: its title will do."""
    lines = [_headline(effect), "", f"The title says: {escape(title.meaning)}."]
    return "\n".join([*lines, *(["", f"Did you mean {code(suggestion)}?"] if suggestion else [])])


def _headline(effect: MergeEffect) -> str:
    if effect.unknown:
        return f"**What this pull request would release is not known**: {escape(effect.unknown)}."
    if effect.version is None:
        return "**This pull request would release nothing.**"
    version, together = escape(str(effect.version)), escape(_with(effect))
    if not effect.is_changed:
        return f"**The next release stays {version}** ({effect.bump}){together}."
    return f"**This pull request would release {version}** ({effect.bump}){together}."


def refusal_comment(title: str, reason: str, suggestion: str | None) -> str:
    """Return a comment for the pull request, in Markdown: its *title* will not do."""
    lines = ["**The title of this pull request will not do.**", ""]
    lines.append(f"{escape(title)}: {escape(reason)}.")
    return "\n".join([*lines, *(["", f"Try {code(suggestion)}."] if suggestion else [])])


def code(text: str) -> str:
    """Return *text* as a code span in Markdown, whatever backticks it has."""
    text = plain(text)
    marks = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    around = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{around}{text}{around}{marks}"
