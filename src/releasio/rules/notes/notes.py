"""The notes of a release, from its changes: groups with headings, and one entry each."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.notes.entry import Entries
from releasio.rules.notes.escape import escape, plain
from releasio.rules.notes.listed import without_excluded
from releasio.rules.notes.people import is_ignored

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.changelog.group_titles import GroupTitles
    from releasio.rules.commits.change import Change
    from releasio.rules.commits.commit import Commit
    from releasio.rules.forge.links import Links


def render_notes(
    changes: Iterable[Change],
    settings: ChangelogConfig,
    earlier_authors: Collection[str] | None = None,
    titles: GroupTitles | None = None,
    links: Links | None = None,
) -> str:
    """
    Return the groups of a section, each a `###` heading and its entries, without the version.

    Breaking changes are listed once, with what their footers say: in a group of their
    own where there is one, else first in the group of their type, each marked as breaking.
    Entries that say the same are listed once. All text from commits is escaped.

    Args:
        changes: In the order they are listed within a group.
        settings: The `[changelog]` table.
        earlier_authors: The addresses of all who contributed before; `None`:
            nobody is marked as a newcomer.
        titles: What the groups are called; `None`: as the settings say.
        links: The pages that references lead to; `None`: they stay text.
    """
    titles = titles or group_titles(None, settings)
    remaining = without_excluded(changes, settings)
    newcomers = _newcomers(remaining, settings, earlier_authors)
    entries = Entries(settings, newcomers, links, marked=titles.breaking is None)
    return render_groups(remaining, settings, titles, entries)


def render_groups(
    changes: Iterable[Change], settings: ChangelogConfig, titles: GroupTitles, entries: Entries
) -> str:
    """Return *changes* below their titles, in the order of the settings, written by *entries*."""
    parts = [
        f"### {title}\n\n{_lines(group, settings, entries)}"
        for title, group in group_changes(changes, settings, titles)
    ]
    return "\n\n".join(parts)


def group_changes(
    changes: Iterable[Change], settings: ChangelogConfig, titles: GroupTitles
) -> list[tuple[str, list[Change]]]:
    """Return *changes* by title, in the order of the settings; what is said twice is once there."""
    groups = _grouped(changes, titles)
    return [(title, groups[title]) for title in _ordered(groups, settings, titles)]


def _title(change: Change, titles: GroupTitles) -> str:
    if change.breaking and titles.breaking:
        return titles.breaking
    return plain(change.group) if change.group else titles.of(change.type)


def _grouped(changes: Iterable[Change], titles: GroupTitles) -> dict[str, list[Change]]:
    """Return the changes by title; what breaks something comes first in each group."""
    groups: dict[str, list[Change]] = {}
    entries = set()
    titles_by_kind: dict[tuple[str, str | None, bool], str] = {}
    for change in sorted(changes, key=attrgetter("breaking"), reverse=True):
        kind = change.type, change.group, change.breaking
        title = titles_by_kind.get(kind) or titles_by_kind.setdefault(kind, _title(change, titles))
        words = (title, change.scope, change.description, change.breaking, change.breaking_notes)
        if words not in entries:
            entries.add(words)
            groups.setdefault(title, []).append(change)
    return groups


def _ordered(groups: Iterable[str], settings: ChangelogConfig, titles: GroupTitles) -> list[str]:
    """Return the titles in the order of section_order, then the usual one, then as they came."""
    configured = [
        (titles.breaking or "") if type_ == "breaking" else titles.of(type_)
        for type_ in settings.section_order
    ]
    last = titles.last if titles.last not in configured else ""
    usual = (title for title in (*configured, *titles.order()) if title != last)
    ordered = [title for title in dict.fromkeys(usual) if title in groups]
    remaining = [title for title in groups if title not in {*ordered, last}]
    return [*ordered, *remaining, *([last] if last in groups else [])]


def _lines(changes: Sequence[Change], settings: ChangelogConfig, entries: Entries) -> str:
    if settings.group_by_scope:
        return "\n".join(_by_scope(changes, entries))
    return "\n".join(map(entries.line, changes))


def _by_scope(changes: Sequence[Change], entries: Entries) -> Iterator[str]:
    """List what has no scope first, then one bullet for each scope with its entries below."""
    scopes: dict[str, list[Change]] = {"": []}
    for change in changes:
        scopes.setdefault(change.scope or "", []).append(change)
    yield from map(entries.line, scopes.pop(""))
    for scope, own in scopes.items():
        yield f"- **{escape(scope)}**"
        for change in own:
            yield "  " + entries.line(change._replace(scope=None)).replace("\n", "\n  ")


def _newcomers(
    changes: Sequence[Change], settings: ChangelogConfig, earlier: Collection[str] | None
) -> frozenset[Commit]:
    """Return the first commit of each person who never contributed before."""
    if earlier is None or not settings.show_first_time_contributors:
        return frozenset()
    earlier_addresses = {address.lower() for address in earlier}
    first: dict[str, Commit] = {}
    for change in changes:  # newest first, so the last one written is the oldest
        address = change.commit.email.lower()
        if address not in earlier_addresses and not is_ignored(change.commit, settings):
            first[address] = change.commit
    return frozenset(first.values())
