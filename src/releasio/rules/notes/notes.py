"""The notes of a release, from its changes: groups with headings, and one entry each."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.notes.escape import escape, plain
from releasio.rules.notes.listed import without_excluded
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from releasio.config.tables.model import ChangelogConfig
    from releasio.rules.changelog.group_titles import GroupTitles
    from releasio.rules.commits.change import Change
    from releasio.rules.commits.commit import Commit

_FIELD = pattern(
    r"\{(scope|description|author|author_email|hash|short_hash|body|type|pr_number|date)\}"
)
_EMPTY_SCOPE = pattern(r"[*_`(\[]*\{scope\}[*_`)\]:]*[ ]?")
BREAKING = "**Breaking**:"
_BULLET = pattern(r"\s*[-*+] ")


def render_notes(
    changes: Iterable[Change],
    settings: ChangelogConfig,
    earlier_authors: Collection[str] | None = None,
    titles: GroupTitles | None = None,
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
    """
    titles = titles or group_titles(None, settings)
    remaining = without_excluded(changes, settings)
    newcomers = _newcomers(remaining, settings, earlier_authors)
    groups = _grouped(remaining, titles)
    parts = [
        f"### {title}\n\n{_entries(groups[title], settings, newcomers, titles)}"
        for title in _ordered(groups, settings, titles)
    ]
    return "\n\n".join(parts)


def _title(change: Change, titles: GroupTitles) -> str:
    if change.breaking and titles.breaking:
        return titles.breaking
    return plain(change.group) if change.group else titles.of(change.type)


def _grouped(changes: Iterable[Change], titles: GroupTitles) -> dict[str, list[Change]]:
    """Return the changes by title; what breaks something comes first in each group."""
    groups: dict[str, list[Change]] = {}
    entries = set()
    titles_by_kind: dict[tuple[str, str | None, bool], str] = {}
    for change in sorted(changes, key=lambda change: not change.breaking):
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


def _entries(
    changes: Sequence[Change],
    settings: ChangelogConfig,
    newcomers: Collection[Commit],
    titles: GroupTitles,
) -> str:
    marked = titles.breaking is None
    lines = (_entry(change, settings, newcomers, marked=marked) for change in changes)
    if not settings.group_by_scope:
        return "\n".join(lines)
    return "\n".join(_by_scope(changes, settings, newcomers, marked=marked))


def _by_scope(
    changes: Sequence[Change],
    settings: ChangelogConfig,
    newcomers: Collection[Commit],
    *,
    marked: bool,
) -> Iterator[str]:
    """List what has no scope first, then one bullet for each scope with its entries below."""
    scopes: dict[str, list[Change]] = {"": []}
    for change in changes:
        scopes.setdefault(change.scope or "", []).append(change)
    for change in scopes.pop(""):
        yield _entry(change, settings, newcomers, marked=marked)
    for scope, own in scopes.items():
        yield f"- **{escape(scope)}**"
        for change in own:
            entry = _entry(change._replace(scope=None), settings, newcomers, marked=marked)
            yield "  " + entry.replace("\n", "\n  ")


def _entry(
    change: Change, settings: ChangelogConfig, newcomers: Collection[Commit], *, marked: bool
) -> str:
    if settings.commit_template is not None:
        line = _from_template(change, settings)
    else:
        line = _plain_entry(change, settings)
    if change.breaking and marked:
        line = _BULLET.sub(lambda bullet: f"{bullet[0]}{BREAKING} ", line, count=1)
    if newcomers and change.commit in newcomers:
        line += f" {settings.first_contributor_badge}"
    if change.breaking_notes:
        from releasio.rules.notes.breaking_note import render_note

        notes = [note for note in change.breaking_notes if note != change.description]
        line += "".join(f"\n{note_line}" for note in notes for note_line in render_note(note))
    return line


def _plain_entry(change: Change, settings: ChangelogConfig) -> str:
    scope = f"**{escape(change.scope)}:** " if change.scope and settings.include_scope else ""
    parts = [f"- {scope}{escape(change.description)}"]
    if change.reference:
        parts.append(f"({change.reference})")
    if settings.show_commit_hash:
        parts.append(f"({change.commit.id[:7]})")
    if settings.show_authors and (author := _author(change.commit, settings)):
        parts.append(f"by {author}")
    return " ".join(parts)


def _from_template(change: Change, settings: ChangelogConfig) -> str:
    template = settings.commit_template or ""
    scope = change.scope if settings.include_scope else None
    if not scope:
        template = _EMPTY_SCOPE.sub("", template)
    reference = f" ({change.reference})" if change.reference else ""
    values = {
        "scope": escape(scope or ""),
        "description": escape(change.description) + reference,
        "author": _author(change.commit, settings),
        "author_email": escape(change.commit.email),
        "hash": change.commit.id[:7],
        "short_hash": change.commit.id[:7],
        "pr_number": str(change.pull_request or ""),
        "date": datetime.fromtimestamp(change.commit.time, UTC).date().isoformat(),
        "body": "\n".join(escape(line) for line in change.commit.body.splitlines()),
        "type": escape(change.type),
    }
    text = _FIELD.sub(lambda match: values[match[1]], template).strip()
    text = text if _BULLET.match(text) else f"- {text}"
    return re.sub(r"\n(?=[^\n])", "\n  ", text)  # further lines belong to the bullet


def _author(commit: Commit, settings: ChangelogConfig) -> str:
    """Return the name to show; empty for those that are not named."""
    return "" if _is_ignored(commit, settings) else escape(commit.author)


def _is_ignored(commit: Commit, settings: ChangelogConfig) -> bool:
    login = commit.email.partition("@")[0].rpartition("+")[2]
    ignored = {name.lower() for name in settings.ignore_authors}
    return not ignored.isdisjoint({commit.author.lower(), commit.email.lower(), login.lower()})


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
        if address not in earlier_addresses and not _is_ignored(change.commit, settings):
            first[address] = change.commit
    return frozenset(first.values())
