"""One entry of the notes: what changed, in which pull request, by whom."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.notes.escape import escape
from releasio.rules.notes.people import is_ignored
from releasio.rules.notes.references import linked, split_own
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.commits.change import Change
    from releasio.rules.commits.commit import Commit
    from releasio.rules.forge.links import Links

_FIELD = pattern(
    r"\{(scope|description|author|author_email|hash|short_hash|body|type|pr_number|date)\}"
)
_EMPTY_SCOPE = pattern(r"[*_`(\[]*\{scope\}[*_`)\]:]*[ ]?")
_ADDRESS = pattern(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_BULLET = pattern(r"\A\s*[-*+] ")
BREAKING = "**Breaking**:"


@frozen
class Entries:
    """
    How entries are written. All text from commits is escaped.

    Attributes:
        settings: The `[changelog]` table.
        newcomers: Commits that get the mark of a first contribution.
        links: The pages that references lead to; None: references stay text.
        marked: Whether each breaking change says so; not, where a title does.
        credit: Returns who made a change, as Markdown; None: as the settings say.
    """

    settings: ChangelogConfig
    newcomers: Collection[Commit] = frozenset()
    links: Links | None = None
    marked: bool = True
    credit: Callable[[Change], str] | None = None

    def line(self, change: Change) -> str:
        """Return the entry of *change*; further lines are indented below its bullet."""
        settings = self.settings
        if settings.commit_template is not None and self.credit is None:
            line = self._from_template(change, settings.commit_template)
        else:
            line = self._plain(change)
        if change.breaking and self.marked:
            line = _BULLET.sub(lambda bullet: f"{bullet[0]}{BREAKING} ", line, count=1)
        if self.newcomers and change.commit in self.newcomers:
            line += f" {settings.first_contributor_badge}"
        if change.breaking_notes:
            from releasio.rules.notes.breaking_note import render_note

            notes = [note for note in change.breaking_notes if note != change.description]
            line += "".join(f"\n{note_line}" for note in notes for note_line in render_note(note))
        return line

    def _plain(self, change: Change) -> str:
        settings = self.settings
        scope = _scope(change.scope) if change.scope and settings.include_scope else ""
        parts = [f"- {scope}{self._description(change)}"]
        if settings.show_commit_hash:
            parts.append(f"({self._commit(change.commit)})")
        if by := self._by(change):
            parts.append(f"by {by}")
        return " ".join(parts)

    def _description(self, change: Change) -> str:
        """Return what changed, and the references that belong to it, in parentheses."""
        if self.links is None and not change.description.endswith(")"):  # nearly all of 100,000
            words = escape(change.description)
            return f"{words} ({change.reference})" if change.reference else words
        text, groups = split_own(change.description)
        if change.reference:
            groups = (*groups, change.reference)
        return " ".join((escape(text), *(f"({linked(group, self.links)})" for group in groups)))

    def _commit(self, commit: Commit) -> str:
        page = self.links.commit(commit.id) if self.links else ""
        return f"[{commit.id[:7]}]({page})" if page else commit.id[:7]

    def _by(self, change: Change) -> str:
        if self.credit is not None:
            return self.credit(change)
        return self._author(change.commit) if self.settings.show_authors else ""

    def _author(self, commit: Commit) -> str:
        """Return the name to show; empty for those that are not named."""
        return "" if is_ignored(commit, self.settings) else escape(commit.author)

    def _from_template(self, change: Change, template: str) -> str:
        commit = change.commit
        scope = change.scope if self.settings.include_scope else None
        if not scope:
            template = _EMPTY_SCOPE.sub("", template)
        address = commit.email if _ADDRESS.fullmatch(commit.email) else escape(commit.email)
        values = {
            "scope": escape(scope or ""),
            "description": self._description(change),
            "author": self._author(commit),
            "author_email": address,
            "hash": commit.id[:7],
            "short_hash": commit.id[:7],
            "pr_number": str(change.pull_request or ""),
            "date": datetime.fromtimestamp(commit.time, UTC).date().isoformat(),
            "body": "\n".join(escape(line) for line in commit.body.splitlines()),
            "type": escape(change.type),
        }
        text = _FIELD.sub(lambda match: values[match[1]], template).strip()
        text = text if _BULLET.match(text) else f"- {text}"
        return re.sub(r"\n(?=[^\n])", "\n  ", text)  # further lines belong to the bullet


@lru_cache(maxsize=1 << 10)  # a project has few
def _scope(scope: str) -> str:
    return f"**{escape(scope)}:** "
