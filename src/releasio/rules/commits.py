"""From commits to changes: what each commit says, and why some are left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.version import InvalidVersion, LocalVersion
from releasio.frozen import frozen
from releasio.rules import conventional
from releasio.rules.breaking import breaking_marks
from releasio.rules.conventional import Entry, entries_of, note_behind, parse_subject
from releasio.rules.merges import brought_in
from releasio.rules.parsers import Parsed, compile_parsers
from releasio.rules.reverts import cancelled, is_revert
from releasio.rules.version import parse_public_version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from packaging.version import Version

    from releasio.config.model import CommitsConfig
    from releasio.facts import Commit


class Change(NamedTuple):
    """One thing that changed; a squashed commit may say several."""

    commit: Commit
    type: str  # in lower case
    scope: str | None
    description: str  # without the reference to a pull request
    breaking: bool = False
    breaking_notes: tuple[str, ...] = ()  # what `BREAKING CHANGE:` footers say
    group: str | None = None  # the changelog heading a parser asks for
    reference: str = ""  # the pull request as the forge writes it: `#12`, `!12`

    @property
    def pull_request(self) -> int | None:
        """The number of the pull request it came with."""
        return int(self.reference[1:]) if self.reference else None


A_RELEASE = "the commit of a release itself"
A_MERGE = "a merge; the commits it brings in are listed themselves"


class LeftOut(NamedTuple):
    """A commit that changes neither version nor changelog, and why."""

    commit: Commit
    reason: str


class ReleaseAs(NamedTuple):
    """A commit that names the next version in a `Release-As:` footer."""

    commit: Commit
    version: Version


@frozen
class Reading:
    """
    What a range of commits says.

    Attributes:
        changes: Newest first; the changes of one commit in the order of its message.
        left_out: Newest first.
        wish: The newest `Release-As:` footer.
        warnings: What somebody probably meant differently; whole sentences.
    """

    changes: tuple[Change, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    wish: ReleaseAs | None = None
    warnings: tuple[str, ...] = ()


def read_changes(commits: Iterable[Commit], settings: CommitsConfig) -> Reading:
    """
    Read what *commits*, newest first, say about the next release.

    No commit disappears: it gives changes or is left out with a reason.
    """
    reader = _Reader(settings)
    for commit in commits:
        reader.read(commit)
    return reader.finish()


class _Reader:
    """Reads one commit after the other; patterns are compiled once, state is this range's."""

    def __init__(self, settings: CommitsConfig) -> None:
        self._settings = settings
        self._skip = settings.skip_release_patterns
        self._parsers = compile_parsers(settings.commit_parsers)
        self._conventional = settings.use_conventional_fallback
        self._scopes = re.compile(settings.scope_regex).search if settings.scope_regex else None
        self._ignored = frozenset(map(str.lower, settings.types_ignore))
        self._breaking = breaking_marks(settings)
        self._types = conventional.KNOWN_TYPES.union(
            settings.types_major, settings.types_minor, settings.types_patch, settings.types_ignore
        )
        self._commits: list[Commit] = []
        self._changes: list[Change] = []
        self._left_out: list[LeftOut] = []
        self._wishes: list[ReleaseAs] = []
        self._reverts: list[Commit] = []
        self._merges: dict[str, str] = {}  # id to the pull request
        self._warnings: list[str] = []

    def read(self, commit: Commit) -> None:
        self._commits.append(commit)
        message = commit.message
        if "\r" in message:
            message = message.replace("\r\n", "\n")
        for pattern in self._skip:
            if pattern in message:
                self._leave_out(commit, f"its message contains {pattern}")
                return
        subject, _, body = message.partition("\n")
        if subject.startswith("chore(release): ") and _RELEASE(subject):
            self._leave_out(commit, A_RELEASE)
            return
        if "elease-" in message or "ELEASE-" in message:
            self._read_wish(commit)
        if is_revert(commit):
            self._reverts.append(commit)
        own = self._by_parser(subject)
        if own is None and len(commit.parents) > 1:
            self._merges[commit.id] = conventional.unwrap_subject(subject, body)[1]
            self._leave_out(commit, A_MERGE)
            return
        self._read_message(commit, subject, body, own)

    def finish(self) -> Reading:
        """Cancel what reverts undo, and hand over what was read."""
        members = brought_in(self._commits) if self._merges else {}
        gone = self._cancelled(members) if self._reverts else {}
        changes, left_out = self._changes, self._left_out
        if gone:
            lost = [one for one in self._commits if one.id in gone]
            left_out = [one for one in left_out if one.commit.id not in gone]
            left_out.extend(LeftOut(one, gone[one.id]) for one in lost)
            place = {one.id: number for number, one in enumerate(self._commits)}
            left_out.sort(key=lambda one: place[one.commit.id])
            changes = [one for one in changes if one.commit.id not in gone]
        if members:
            changes = _with_references(changes, self._merges, members)
        wishes = (one for one in self._wishes if one.commit.id not in gone)
        return Reading(tuple(changes), tuple(left_out), next(wishes, None), tuple(self._warnings))

    def _cancelled(self, members: Mapping[str, Sequence[str]]) -> dict[str, str]:
        numbers: dict[str, list[str]] = {}
        for change in self._changes:
            numbers.setdefault(change.reference[1:], []).append(change.commit.id)
        for merge, reference in self._merges.items():
            numbers.setdefault(reference[1:], []).append(merge)
        return cancelled(self._reverts, self._commits, numbers, members)

    def _leave_out(self, commit: Commit, reason: str) -> None:
        self._left_out.append(LeftOut(commit, reason))

    def _by_parser(self, subject: str) -> Parsed | None:
        for parser in self._parsers:
            if found := parser.read(subject):
                return found
        return None

    def _read_message(self, commit: Commit, subject: str, body: str, own: Parsed | None) -> None:
        title, reference = subject, ""
        if subject.startswith("Merge") or "!" in body:
            title, reference = conventional.unwrap_subject(subject, body)
        changes: list[Change] = []
        if own is not None:
            changes.append(self._own_change(commit, own, reference))
        elif self._conventional and (entry := parse_subject(title)):
            changes.append(_change(commit, entry, reference))
        elif self._conventional and _quoted(title):
            text, number = conventional.split_reference(title)
            changes.append(Change(commit, "revert", None, text, reference=number or reference))
        if body := body.strip("\n"):
            self._read_body(commit, body, changes, reference or _reference(title))
        if not changes:
            changes = self._unknown(commit, title, reference)
        for change in changes:
            if reason := self._reason_against(change):
                self._leave_out(commit, reason)
            else:
                self._changes.append(change)

    def _own_change(self, commit: Commit, own: Parsed, reference: str) -> Change:
        text, number = conventional.split_reference(own.description)
        type_ = (own.type or self._settings.unknown_type or "other").lower()
        return Change(
            commit, type_, own.scope, text, own.breaking, (), own.group, number or reference
        )

    def _unknown(self, commit: Commit, title: str, reference: str) -> list[Change]:
        """Give what nothing recognises the configured type, or leave it out."""
        type_, group = self._settings.unknown_type, self._settings.unknown_group
        if type_ is None and group is None:
            reason = conventional.why_not(title)
            if not self._conventional:
                reason = "no parser of commits.commit_parsers matches it"
            self._leave_out(commit, reason)
            return []
        text, number = conventional.split_reference(title)
        type_ = (type_ or "other").lower()
        return [Change(commit, type_, None, text, group=group, reference=number or reference)]

    def _reason_against(self, change: Change) -> str:
        if change.type in self._ignored:
            return f"commits.types_ignore names {change.type}"
        if self._scopes and change.scope and not self._scopes(change.scope):
            return f"commits.scope_regex does not match {change.scope}"
        return ""

    def _read_body(self, commit: Commit, body: str, changes: list[Change], reference: str) -> None:
        """Add the further changes that *body* lists, and the notes about breaking ones."""
        places = [0] * len(changes)
        if self._conventional:
            for entry in entries_of(body, self._types):
                change = _change(commit, entry, reference)
                if all(_said(change) != _said(one) for one in changes):
                    changes.append(change)
                    places.append(entry.start)
        marks = self._breaking(body)
        if changes:
            for start, end in marks:
                # a footer belongs to the entry it stands below
                owner = max(n for n, place in enumerate(places) if place <= start or n == 0)
                change = changes[owner]
                note = note_behind(body, end)
                notes = (*change.breaking_notes, note) if note else change.breaking_notes
                changes[owner] = change._replace(breaking=True, breaking_notes=notes)
        if "BREAKING" in body and not marks:
            self._warnings.append(
                f"{commit.id[:8]} has BREAKING in its body, but not as a footer "
                "`BREAKING CHANGE: ...`; it does not count as breaking"
            )

    def _read_wish(self, commit: Commit) -> None:
        text = conventional.release_as(commit.message)
        if text is None:
            return
        try:
            self._wishes.append(ReleaseAs(commit, parse_public_version(text)))
        except (InvalidVersion, LocalVersion) as error:
            self._warnings.append(f"the Release-As footer of {commit.id[:8]} is ignored: {error}")


_RELEASE = re.compile(r"chore\(release\): (?:prepare )?(?:\S+ )?v?\d").match
_QUOTED = re.compile(r'(?:Revert|Reapply) "').match


def _change(commit: Commit, entry: Entry, reference: str) -> Change:
    text, number = conventional.split_reference(entry.description)
    return Change(
        commit, entry.type, entry.scope, text, entry.marked, (), None, number or reference
    )


def _said(change: Change) -> tuple[str, str | None, str]:
    return change.type, change.scope, change.description


def _quoted(title: str) -> bool:
    return bool(_QUOTED(title))


def _reference(title: str) -> str:
    return conventional.split_reference(title)[1]


def _with_references(
    changes: Iterable[Change], merges: Mapping[str, str], members: Mapping[str, Sequence[str]]
) -> list[Change]:
    """Give each change the pull request of the merge that brought it in."""
    of = {one: merges.get(merge, "") for merge, ids in members.items() for one in ids}
    return [
        change if change.reference else change._replace(reference=of.get(change.commit.id, ""))
        for change in changes
    ]
