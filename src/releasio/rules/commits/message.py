"""What one commit message says: its title, the lines of its body, its footers."""

from __future__ import annotations

from bisect import bisect_right
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.commits.breaking import BreakingFooters
from releasio.rules.commits.change import Change
from releasio.rules.commits.footers import MARK
from releasio.rules.commits.levels import levels_of
from releasio.rules.commits.own_words import own_words
from releasio.rules.commits.parsers import compile_parsers
from releasio.rules.conventions import conventional
from releasio.rules.conventions.convention import CONVENTIONAL, convention_of, items_of
from releasio.rules.conventions.conventional import NOT_CONVENTIONAL, entries_of
from releasio.rules.conventions.pull_requests import split_reference, unwrap_subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.config.tables.model import CommitsConfig
    from releasio.rules.commits.breaking import Mark
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.parsers import Parsed
    from releasio.rules.conventions.conventional import Entry

_new = tuple.__new__  # of a NamedTuple: its own takes twice the time
_NONE: frozenset[str] = frozenset()
NO_PARSER = "no parser of commits.commit_parsers matches it"


class MessageReading(NamedTuple):
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
    """
    Reads messages by the settings of one project; patterns are compiled once.

    Attributes:
        parsers: The project's own.
    """

    def __init__(self, settings: CommitsConfig) -> None:
        self._settings = settings
        self.parsers = compile_parsers(settings.commit_parsers)
        self._convention = convention_of(settings.convention)
        self._conventional = settings.use_conventional_fallback
        self._breaking = BreakingFooters(settings)
        self._levels = levels_of(settings)
        types = conventional.KNOWN_TYPES.union(self._levels, settings.types_ignore)
        if self._convention.types is not None:
            types = self._convention.types
        self._types = types - {""}
        self._is_usual = self._convention is CONVENTIONAL and self._conventional

    def by_parser(self, subject: str) -> Parsed | None:
        """Return what a parser of the project's own reads from *subject*."""
        for parser in self.parsers:
            if parsed := parser.read(subject):
                return parsed
        return None

    def read(
        self, commit: Commit, subject: str, body: str, own: Parsed | None = None
    ) -> MessageReading:
        """
        Return what a message says.

        Args:
            commit: Whose it is.
            subject: Its first line.
            body: The rest.
            own: What a parser of the project's own reads from the subject.
        """
        title, reference = subject, ""
        if "!" in body or subject.startswith("Merge"):
            title, reference = unwrap_subject(subject, body)
        title_change = self._title_change(commit, title, reference, own)
        if not body or not (body := body.strip("\n")):
            return _new(MessageReading, ((title_change,) if title_change else (), (), _NONE))
        if title_change:
            reference = title_change.reference or reference
        else:
            reference = reference or split_reference(title)[1]
        return self._with_body(commit, title, body, title_change, reference)

    def read_merge(self, commit: Commit, subject: str, body: str) -> MessageReading:
        """Return what the title of a merge says: its subject, or else the first line below."""
        title, reference = unwrap_subject(subject, body)
        title_below, _, rest_of_body = body.lstrip("\n").partition("\n")
        if (
            not title_below
            or self._speaks(title)
            or not subject.startswith("Merge")
            or MARK.match(title_below)
        ):
            return self.read(commit, subject, body, self.by_parser(subject))
        reading = self.read(commit, title_below, rest_of_body, self.by_parser(title_below))
        changes = [
            change if change.reference else change._replace(reference=reference)
            for change in reading.changes
        ]
        return reading._replace(changes=changes)

    def unknown(self, commit: Commit, title: str, reference: str) -> Change | str:
        """Return what nothing recognises as a change of the configured type, or why it is none."""
        type_, group = self._settings.unknown_type, self._settings.unknown_group
        if type_ is None and group is None:
            if not self._conventional:
                return NO_PARSER
            reason = conventional.why_not(title)
            if reason == NOT_CONVENTIONAL or conventional.parse_subject(title):  # of another type
                return self._convention.lacks
            return reason
        return self._plain(commit, title, reference)._replace(group=group)

    def _speaks(self, line: str) -> bool:
        return self._entry(line) is not None or self.by_parser(line) is not None

    def _entry(self, title: str) -> Entry | None:
        """Return what the convention reads from *title*, or else that of Conventional Commits."""
        convention = self._convention
        if convention.read and (entry := convention.read(title)):
            return entry
        if not self._conventional:
            return None
        entry = conventional.parse_subject(title)
        if entry and convention.types is not None and entry.type not in convention.types:
            return None
        return entry

    def _entries(self, words: str) -> Sequence[Entry]:
        """Return what the lines of a body say that a squash merge lists."""
        entries = entries_of(words, self._types) if self._conventional else ()
        if read_item := self._convention.read_item:
            starts = {entry.start for entry in entries}
            items = (item for item in items_of(words, read_item) if item.start not in starts)
            entries = sorted([*entries, *items], key=lambda entry: entry.start)
        return entries

    def _title_change(
        self, commit: Commit, title: str, reference: str, own: Parsed | None
    ) -> Change | None:
        if own is not None:
            text, number = split_reference(own.description)
            type_ = (own.type or self._settings.unknown_type or "other").lower()
            scope, group = own.scope, own.group
            reference = number or reference
            return Change(commit, type_, scope, text, own.breaking, (), group, reference)
        if self._is_usual:
            # as nearly all are; an `Entry` costs more
            if match := conventional.SUBJECT.match(title):
                type_, scope, mark, description = match.groups()
                text, number = split_reference(description)
                # there are few of both, and a history may have 100,000 subjects: each is held once
                type_, scope = intern(type_.lower()), intern(scope) if scope else None
                fields = commit, type_, scope, text, bool(mark), (), None, number or reference
                return _new(Change, fields)
        elif self._convention is not CONVENTIONAL:
            if entry := self._entry(title):
                return _change(commit, entry, reference)
        else:
            return None
        if title.startswith(('Revert "', 'Reapply "')):
            text, number = split_reference(title)
            return Change(commit, "revert", None, text, reference=number or reference)
        return None

    def _with_body(
        self, commit: Commit, title: str, body: str, title_change: Change | None, reference: str
    ) -> MessageReading:
        words = own_words(body)
        entries = self._entries(words)
        starts = [entry.start for entry in entries] if entries else ()
        breaking = self._breaking(body, starts, entries[0].bullet if entries else "")
        if title_change is not None and not entries and not breaking.marks:  # as most bodies are
            differs = title_change.reference != reference
            references = _listed_references((title_change,), reference) if differs else _NONE
            return _new(MessageReading, ((title_change,), breaking.near_misses, references))
        if title_change is None and not entries and breaking.marks:
            title_change = self._plain(commit, title, reference)
        changes = [] if title_change is None else [title_change]
        changes += [_change(commit, entry, reference) for entry in entries]
        places = [*(() if title_change is None else (0,)), *starts]
        changes = list(_breaking(changes, places, breaking.marks))
        if title_change is not None:
            title_change, *entry_changes = changes
            changes = [title_change, *self._entries_beside(title_change, entry_changes)]
        return MessageReading(
            _without_repeats(changes), breaking.near_misses, _listed_references(changes, reference)
        )

    def _entries_beside(self, title: Change, entries: Iterable[Change]) -> Iterable[Change]:
        from releasio.rules.commits.squash import stands_beside

        title_words = _words(title)
        for entry in entries:
            if _words(entry) == title_words or stands_beside(entry, title, self._levels):
                yield entry

    def _plain(self, commit: Commit, title: str, reference: str) -> Change:
        text, number = split_reference(title)
        type_ = (self._settings.unknown_type or "other").lower()
        return Change(commit, type_, None, text.strip(), reference=number or reference)


def subject_and_body(message: str) -> tuple[str, str]:
    """Return subject and body, with the line ends of Unix."""
    if "\r" in message:
        message = message.replace("\r\n", "\n")
    subject, _, body = message.partition("\n")
    return subject, body


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


def _without_repeats(changes: Iterable[Change]) -> Sequence[Change]:
    """Return *changes* without those that say the same; what one of them breaks, all do."""
    by_words: dict[tuple[str, str | None, str], list[Change]] = {}
    for change in changes:
        by_words.setdefault(_words(change), []).append(change)
    return tuple(
        repeats[0] if len(repeats) == 1 else _merged(repeats) for repeats in by_words.values()
    )


def _merged(repeats: Sequence[Change]) -> Change:
    notes = tuple(dict.fromkeys(note for change in repeats for note in change.breaking_notes))
    breaking = any(change.breaking for change in repeats)
    return repeats[0]._replace(breaking=breaking, breaking_notes=notes)


def _listed_references(changes: Iterable[Change], reference: str) -> frozenset[str]:
    return frozenset(change.reference for change in changes if change.reference != reference)


def _change(commit: Commit, entry: Entry, reference: str) -> Change:
    text, number = split_reference(entry.description)
    return Change(
        commit, entry.type, entry.scope, text, entry.marked, (), None, number or reference
    )


def _words(change: Change) -> tuple[str, str | None, str]:
    return change.type, change.scope, change.description
