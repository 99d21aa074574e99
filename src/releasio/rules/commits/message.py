"""What one commit message says: its title, the lines of its body, its footers."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.commits import conventional
from releasio.rules.commits.breaking import BreakingFooters
from releasio.rules.commits.change import Change
from releasio.rules.commits.conventional import entries_of, parse_subject, split_reference
from releasio.rules.commits.footers import MARK
from releasio.rules.commits.levels import levels_of
from releasio.rules.commits.own_words import own_words
from releasio.rules.commits.parsers import compile_parsers
from releasio.rules.commits.squash import stands_beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.config.tables.model import CommitsConfig
    from releasio.rules.commits.breaking import Mark
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.conventional import Entry
    from releasio.rules.commits.parsers import Parsed

_NONE: frozenset[str] = frozenset()
NO_PARSER = "no parser of commits.commit_parsers matches it"


class Said(NamedTuple):
    """
    What one message says.

    Attributes:
        changes: In the order of the message.
        near_misses: What only looks as if it broke something: kinds of `breaking`.
        listed: The references of pull requests that lines of the body name as theirs.
    """

    changes: Sequence[Change] = ()
    near_misses: Sequence[str] = ()
    listed: frozenset[str] = _NONE


class MessageReader:
    """Reads messages by the settings of one project; patterns are compiled once."""

    def __init__(self, settings: CommitsConfig) -> None:
        self._settings = settings
        self._parsers = compile_parsers(settings.commit_parsers)
        self._conventional = settings.use_conventional_fallback
        self._breaking = BreakingFooters(settings)
        self._levels = levels_of(settings)
        self._types = conventional.KNOWN_TYPES.union(self._levels, settings.types_ignore)

    def by_parser(self, subject: str) -> Parsed | None:
        """Return what a parser of the project's own reads from *subject*."""
        for parser in self._parsers:
            if found := parser.read(subject):
                return found
        return None

    def read(self, commit: Commit, subject: str, body: str, own: Parsed | None = None) -> Said:
        """
        Return what a message says.

        Args:
            commit: Whose it is.
            subject: Its first line.
            body: The rest.
            own: What a parser of the project's own reads from the subject.
        """
        title, reference = subject, ""
        if subject.startswith("Merge") or "!" in body:
            title, reference = conventional.unwrap_subject(subject, body)
        told = self._title(commit, title, reference, own)
        if not body or not (body := body.strip("\n")):
            return Said((told,) if told else ())
        said = told.reference if told else reference or split_reference(title)[1]
        return self._with_body(commit, title, body, told, said or reference)

    def read_merge(self, commit: Commit, subject: str, body: str) -> Said:
        """Return what the title of a merge says: its subject, or else the first line below."""
        title, reference = conventional.unwrap_subject(subject, body)
        first, _, rest = body.lstrip("\n").partition("\n")
        if not first or self._speaks(title) or not subject.startswith("Merge") or MARK(first):
            return self.read(commit, subject, body, self.by_parser(subject))
        said = self.read(commit, first, rest, self.by_parser(first))
        changes = [c if c.reference else c._replace(reference=reference) for c in said.changes]
        return said._replace(changes=changes)

    def unknown(self, commit: Commit, title: str, reference: str) -> Change | str:
        """Return what nothing recognises as a change of the configured type, or why it is none."""
        type_, group = self._settings.unknown_type, self._settings.unknown_group
        if type_ is None and group is None:
            if not self._conventional:
                return NO_PARSER
            return conventional.why_not(title)
        return self._plain(commit, title, reference)._replace(group=group)

    def _speaks(self, line: str) -> bool:
        known = self._conventional and parse_subject(line) is not None
        return known or self.by_parser(line) is not None

    def _title(
        self, commit: Commit, title: str, reference: str, own: Parsed | None
    ) -> Change | None:
        if own is not None:
            text, number = split_reference(own.description)
            type_ = (own.type or self._settings.unknown_type or "other").lower()
            scope, group = own.scope, own.group
            said = (commit, type_, scope, text, own.breaking, (), group, number or reference)
            return Change(*said)
        if not self._conventional:
            return None
        if match := conventional.SUBJECT(title):  # as nearly all are; an `Entry` is one value more
            type_, scope, mark, description = match.groups()
            text, number = split_reference(description)
            type_, reference = type_.lower(), number or reference
            return Change(commit, type_, scope or None, text, bool(mark), (), None, reference)
        if title.startswith(('Revert "', 'Reapply "')):
            text, number = split_reference(title)
            return Change(commit, "revert", None, text, reference=number or reference)
        return None

    def _with_body(
        self, commit: Commit, title: str, body: str, told: Change | None, reference: str
    ) -> Said:
        words = own_words(body)
        entries = list(entries_of(words, self._types)) if self._conventional else []
        starts = [entry.start for entry in entries]
        found = self._breaking(body, starts, entries[0].bullet if entries else "")
        if told is not None and not entries and not found.marks:  # as most bodies are
            listed = _listed((told,), reference) if told.reference != reference else _NONE
            return Said((told,), found.near_misses, listed)
        if told is None and not entries and found.marks:
            told = self._plain(commit, title, reference)
        changes = [] if told is None else [told]
        changes += [_change(commit, entry, reference) for entry in entries]
        places = ([] if told is None else [0]) + starts
        changes = list(_breaking(changes, places, found.marks))
        if told is not None:
            title_change, *others = changes
            changes = [title_change, *self._beside(title_change, others)]
        return Said(_once(changes), found.near_misses, _listed(changes, reference))

    def _beside(self, title: Change, entries: Iterable[Change]) -> Iterable[Change]:
        said = _words(title)
        for entry in entries:
            if _words(entry) == said or stands_beside(entry, title, self._levels):
                yield entry

    def _plain(self, commit: Commit, title: str, reference: str) -> Change:
        text, number = split_reference(title)
        type_ = (self._settings.unknown_type or "other").lower()
        return Change(commit, type_, None, text.strip(), reference=number or reference)


def _breaking(
    changes: Sequence[Change], places: Sequence[int], marks: Iterable[Mark]
) -> Iterable[Change]:
    """Yield *changes*, each with the marks that stand below it in the body."""
    notes: dict[int, list[str]] = {}
    for start, note in marks:
        owner = max(bisect_right(places, start) - 1, 0)
        notes.setdefault(owner, []).extend([note] if note else [])
    for number, change in enumerate(changes):
        if number in notes:
            yield change._replace(breaking=True, breaking_notes=tuple(notes[number]))
        else:
            yield change


def _once(changes: Iterable[Change]) -> Sequence[Change]:
    """Return *changes* without those that say the same; what one of them breaks, all do."""
    said: dict[tuple[str, str | None, str], list[Change]] = {}
    for change in changes:
        said.setdefault(_words(change), []).append(change)
    return tuple(same[0] if len(same) == 1 else _together(same) for same in said.values())


def _together(same: Sequence[Change]) -> Change:
    notes = tuple(dict.fromkeys(note for one in same for note in one.breaking_notes))
    return same[0]._replace(breaking=any(one.breaking for one in same), breaking_notes=notes)


def _listed(changes: Iterable[Change], reference: str) -> frozenset[str]:
    return frozenset(one.reference for one in changes if one.reference != reference)


def _change(commit: Commit, entry: Entry, reference: str) -> Change:
    text, number = split_reference(entry.description)
    return Change(
        commit, entry.type, entry.scope, text, entry.marked, (), None, number or reference
    )


def _words(change: Change) -> tuple[str, str | None, str]:
    return change.type, change.scope, change.description
