"""What a template may show of a release: frozen values, with commits' text made safe."""

from __future__ import annotations

from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.notes.entry import Entries
from releasio.rules.notes.escape import escape
from releasio.rules.notes.listed import without_excluded
from releasio.rules.notes.notes import group_changes, render_groups
from releasio.rules.notes.people import is_ignored

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.changelog.group_titles import GroupTitles
    from releasio.rules.commits.change import Change
    from releasio.rules.forge.links import Links


@frozen
class About:
    """
    What a release is called.

    Attributes:
        project: The name of the project.
        version: The version; empty: of what is not released.
        tag: Its tag.
        day: The day of the release; `None`: there is none yet.
        previous_tag: The tag before it; empty: there is none.
        links: The pages of the forge; `None`: not known.
    """

    project: str
    version: str = ""
    tag: str = ""
    day: date | None = None
    previous_tag: str = ""
    links: Links | None = None

    def values(self) -> dict[str, object]:
        """Return it as a template has it."""
        links, tag, previous = self.links, self.tag, self.previous_tag
        return {
            "project": self.project,
            "version": self.version,
            "tag": tag,
            "date": self.day.isoformat() if self.day else "",
            "previous_tag": previous,
            "tag_url": links.tag(tag) if links and tag else "",
            "compare_url": links.compare(previous, tag) if links and tag and previous else "",
        }


def section_values(
    about: About,
    changes: Iterable[Change],
    settings: ChangelogConfig,
    titles: GroupTitles,
) -> Mapping[str, object]:
    """
    Return the values of a section's template.

    All text is Markdown that shows what commits say and does nothing else.

    Args:
        about: What the release is called.
        changes: What the notes tell.
        settings: The `[changelog]` table.
        titles: What the groups are called.
    """
    remaining = without_excluded(changes, settings)
    entries = Entries(settings, links=about.links, marked=titles.breaking is None)
    grouped = [
        (title, tuple(_entry(change, entries) for change in group))
        for title, group in group_changes(remaining, settings, titles)
    ]
    groups = tuple(
        MappingProxyType({"title": escape(title), "entries": group}) for title, group in grouped
    )
    commits = [change.commit for change in remaining if not is_ignored(change.commit, settings)]
    numbers = {change.pull_request: None for change in remaining if change.pull_request}
    return MappingProxyType(
        about.values()
        | {
            "groups": groups,
            "entries": tuple(entry for _, group in grouped for entry in group),
            "authors": tuple(dict.fromkeys(escape(commit.author) for commit in commits)),
            "pull_requests": tuple(numbers),
            "notes": render_groups(remaining, settings, titles, entries),
        }
    )


def _entry(change: Change, entries: Entries) -> Mapping[str, object]:
    commit = change.commit
    return MappingProxyType(
        {
            "type": escape(change.type),
            "scope": escape(change.scope or ""),
            "description": escape(change.description),
            "breaking": change.breaking,
            "breaking_notes": tuple(escape(note) for note in change.breaking_notes),
            "reference": change.reference,
            "pull_request": change.pull_request,
            "author": escape(commit.author),
            "hash": commit.id,
            "short_hash": commit.id[:7],
            "date": datetime.fromtimestamp(commit.time, UTC).date().isoformat(),
            "line": entries.line(change),
        }
    )
