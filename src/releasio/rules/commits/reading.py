"""From commits to changes: what each commit says, and why some are left out."""

from __future__ import annotations

from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.errors.project.version import InvalidVersion, LocalVersion
from releasio.frozen import frozen, replace
from releasio.rules.commits.footers import release_as
from releasio.rules.commits.left_out import A_MERGE, SPOKEN_FOR, LeftOut, Skipping
from releasio.rules.commits.merges import Merges, unsaid_breaks
from releasio.rules.commits.message import NO_PARSER, MessageReader, subject_and_body
from releasio.rules.commits.near_misses import MISPLACED_MARK, sentences
from releasio.rules.commits.own_words import own_words
from releasio.rules.commits.reverts import cancelled, is_revert
from releasio.rules.conventions.conventional import NOT_CONVENTIONAL, nearly_breaking
from releasio.rules.conventions.pull_requests import unwrap_subject
from releasio.rules.versions.version import parse_public_version

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

    from packaging.version import Version

    from releasio.config.tables.model import CommitsConfig
    from releasio.rules.changes.effect import Effect
    from releasio.rules.commits.change import Change
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.message import MessageReading
    from releasio.rules.fragments.fragment import Fragment
    from releasio.rules.running.own_pattern import OwnPattern

    Released = Callable[[Collection[str]], Collection[str]]


@frozen
class ReleaseAs:
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
        commits: All that were read, newest first.
        released: The pull requests that bodies list and that were released before.
        outside: The commits that touch nothing of the package, by id, and why that is so.
        effects: What else is different for users, whatever the commits say.
        fragments: The news fragments, which decide in place of commits; `None`: commits do.
        dependencies: What differs in manifest and lock files, where notes have a section for it.
    """

    changes: tuple[Change, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    wish: ReleaseAs | None = None
    warnings: tuple[str, ...] = ()
    commits: tuple[Commit, ...] = ()
    released: frozenset[str] = frozenset()
    outside: Mapping[str, str] = MappingProxyType({})
    effects: tuple[Effect, ...] = ()
    fragments: tuple[Fragment, ...] | None = None
    dependencies: tuple[str, ...] = ()

    def again(self, settings: CommitsConfig) -> Reading:
        """Return what the same commits say by other *settings*."""
        reading = read_changes(self.commits, settings, self.released.intersection)
        kept = ("outside", "effects", "fragments", "dependencies")
        return replace(reading, **{name: getattr(self, name) for name in kept})


def read_changes(
    commits: Iterable[Commit],
    settings: CommitsConfig,
    released: Released = lambda _: frozenset(),
) -> Reading:
    """
    Read what *commits*, newest first, say about the next release.

    No commit disappears: it gives changes or is left out with a reason.

    Args:
        commits: The whole range.
        settings: The `[commits]` table.
        released: Which of these references to pull requests (`#12`) were released before;
            only asked about those that the bodies of squash merges list.
    """
    reader = _Reader(settings)
    for commit in commits:
        reader.read(commit)
    return reader.finish(released)


class _Reader:
    """Reads one commit after the other; what they say together is known at the end."""

    def __init__(self, settings: CommitsConfig) -> None:
        self._settings = settings
        self._skipping = Skipping(settings.skip_release_patterns)
        self._messages = MessageReader(settings)
        scopes = settings.scope_regex
        self._scopes = _scope_pattern(scopes).search if scopes else None
        self._ignored = frozenset(map(str.lower, settings.types_ignore))
        self._commits: list[Commit] = []
        self._changes: dict[str, Sequence[Change]] = {}
        self._reasons: dict[str, list[str]] = {}
        self._wishes: list[ReleaseAs] = []
        self._reverts: list[Commit] = []
        self._merges: dict[str, tuple[Commit, str]] = {}  # with the pull request, by id
        self._listed: dict[str, frozenset[str]] = {}  # pull requests that a body names
        self._near_misses: list[tuple[str, str]] = []  # kind and commit
        self._warnings: list[str] = []

    def read(self, commit: Commit) -> None:
        self._commits.append(commit)
        message = commit.message
        subject, body = subject_and_body(message)
        if reason := self._skipping.reason(message, subject):
            self._leave_out(commit, reason)
            return
        if "elease-" in message or "ELEASE-" in message:
            self._read_wish(commit)
        if ("evert" in message or subject.startswith("Reapply")) and is_revert(commit):
            self._reverts.append(commit)
        own = self._messages.by_parser(subject) if self._messages.parsers else None
        if own is None and len(commit.parents) > 1:
            self._merges[commit.id] = commit, unwrap_subject(subject, body)[1]
            return
        if own is None and subject.startswith("Merge"):  # as Bitbucket titles a squash, too
            reading = self._messages.read_merge(commit, subject, body)
        else:
            reading = self._messages.read(commit, subject, body, own)
        if not reading.changes and (changes := self._unknown(commit, subject, body)):
            reading = reading._replace(changes=changes)
        self._take(commit, reading)

    def finish(self, released: Released) -> Reading:
        """Let merges speak, cancel what reverts undo, and hand over what was read."""
        merges = Merges(self._commits if self._merges else ())
        for merge in merges.innermost_first():
            if merge in self._merges:
                self._read_merge(self._merges[merge][0], merges)
        references = frozenset().union(*self._listed.values())
        released_before = frozenset(released(references)) if references else references
        self._drop_released(released_before)
        if merges:
            self._give_references(merges)
        cancelled_ids = self._cancelled(merges) if self._reverts else {}
        ids = [commit.id for commit in self._commits]
        if cancelled_ids:
            ids = [id_ for id_ in ids if id_ not in cancelled_ids]
        wishes = (wish for wish in self._wishes if wish.commit.id not in cancelled_ids)
        return Reading(
            changes=tuple(self._changes_of(ids)),
            left_out=tuple(self._left_out(cancelled_ids)),
            wish=next(wishes, None),
            warnings=(*self._warnings, *sentences(self._near_misses)),
            commits=tuple(self._commits),
            released=released_before,
        )

    def _changes_of(self, ids: Iterable[str]) -> Iterator[Change]:
        return chain.from_iterable(filter(None, map(self._changes.get, ids)))

    def _left_out(self, cancelled_ids: dict[str, str]) -> Iterator[LeftOut]:
        reasons = self._reasons | {id_: [reason] for id_, reason in cancelled_ids.items()}
        for commit in self._commits if reasons else ():
            for reason in reasons.get(commit.id, ()):
                yield _new(LeftOut, (commit, reason))

    def _leave_out(self, commit: Commit, reason: str) -> None:
        self._reasons.setdefault(commit.id, []).append(reason)

    def _unknown(self, commit: Commit, subject: str, body: str) -> tuple[Change, ...]:
        """Give what nothing recognises the configured type, or leave it out."""
        title, reference = unwrap_subject(subject, body)
        if nearly_breaking(title):
            self._near_misses.append((MISPLACED_MARK, commit.id))
        change = self._messages.unknown(commit, title, reference)
        if isinstance(change, str):
            self._leave_out(commit, change)
            return ()
        return (change,)

    def _take(self, commit: Commit, reading: MessageReading) -> None:
        changes, near_misses, listed = reading
        if near_misses:
            self._near_misses += [(kind, commit.id) for kind in dict.fromkeys(near_misses)]
        if listed:
            self._listed[commit.id] = listed
        if self._ignored or self._scopes:
            changes = [change for change in changes if not self._is_unwanted(commit, change)]
        if changes:
            self._changes[commit.id] = changes

    def _read_merge(self, merge: Commit, merges: Merges) -> None:
        """Have the title of *merge* speak where the commits it brings in say nothing."""
        reading = self._messages.read_merge(merge, *subject_and_body(merge.message))
        members = merges.direct(merge.id)
        if any(map(self._speaks, members)):
            member_changes = self._changes_of(merges.brought_in(merge.id))
            reading = reading._replace(changes=unsaid_breaks(reading.changes, member_changes))
        elif reading.changes and not members:
            reading = reading._replace(changes=())
        elif reading.changes:
            for member in members:
                self._reasons[member] = [SPOKEN_FOR]
        if not reading.changes:
            self._leave_out(merge, A_MERGE)
        self._take(merge, reading)

    def _speaks(self, commit: str) -> bool:
        """Whether the commit said something, be it what settings leave out."""
        if self._changes.get(commit):
            return True
        return not all(reason.startswith(_SILENT) for reason in self._reasons.get(commit, ()))

    def _drop_released(self, released_before: frozenset[str]) -> None:
        """Leave out what squash merges list of pull requests in *released_before*."""
        for commit in self._commits if released_before else ():
            if released_again := released_before.intersection(self._listed.get(commit.id, ())):
                self._changes[commit.id] = [
                    change
                    for change in self._changes.get(commit.id, ())
                    if change.reference not in released_again
                ]
                if not self._changes[commit.id]:
                    self._leave_out(commit, f"released before: {', '.join(sorted(released_again))}")

    def _give_references(self, merges: Merges) -> None:
        """Give each change the pull request of the innermost merge that brought it in."""
        owners = merges.by_member()
        for member, merge in owners.items():
            if any(not change.reference for change in self._changes.get(member, ())):
                owner, reference = merge, ""
                while owner and not reference:
                    reference = self._merges[owner][1] if owner in self._merges else ""
                    owner = owners.get(owner, "")
                self._changes[member] = [
                    change if change.reference else change._replace(reference=reference)
                    for change in self._changes[member]
                ]

    def _cancelled(self, merges: Merges) -> dict[str, str]:
        numbers: dict[str, list[str]] = {}
        for commit in self._commits:
            for change in self._changes.get(commit.id, ()):
                numbers.setdefault(change.reference[1:], []).append(commit.id)
        for merge, (_, reference) in self._merges.items():
            numbers.setdefault(reference[1:], []).append(merge)
        return cancelled(self._reverts, self._commits, numbers, merges)

    def _is_unwanted(self, commit: Commit, change: Change) -> bool:
        """Whether the settings leave *change* out; then why is noted."""
        if change.type in self._ignored:
            self._leave_out(commit, f"commits.types_ignore names {change.type}")
        elif self._scopes and change.scope and not self._scopes(change.scope):
            self._leave_out(commit, f"commits.scope_regex does not match {change.scope}")
        else:
            return False
        return True

    def _read_wish(self, commit: Commit) -> None:
        text = release_as(own_words(commit.message))
        if text is None:
            return
        try:
            self._wishes.append(ReleaseAs(commit, parse_public_version(text)))
        except (InvalidVersion, LocalVersion) as error:
            self._warnings.append(f"the Release-As footer of {commit.id[:8]} is ignored: {error}")


_new = tuple.__new__  # of a NamedTuple: its own takes twice the time
_SILENT = (NOT_CONVENTIONAL, A_MERGE, NO_PARSER)


def _scope_pattern(text: str) -> OwnPattern:
    from releasio.rules.running.own_pattern import OwnPattern  # few projects have one

    return OwnPattern("commits.scope_regex", text)
