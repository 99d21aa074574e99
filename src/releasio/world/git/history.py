"""Commits: one `git log`, streamed."""

from __future__ import annotations

from collections import Counter
from contextlib import closing, suppress
from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.git.checkout import ShallowClone
from releasio.errors.git.commands import GitFailed
from releasio.frozen import frozen
from releasio.rules.commits.commit import FIELDS, read_commits
from releasio.world.git.place import TAGS, Part

if TYPE_CHECKING:
    from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence

    from releasio.rules.commits.commit import Commit
    from releasio.world.git.refs import Refs

# no message can hold the NUL that -z ends it with
_LOG = ("log", "-z", "--no-show-signature", "--encoding=UTF-8", f"--format={FIELDS}")
_BY_SIDE = ("--left-right", f"--format=%m{FIELDS}")  # of a symmetric difference
_LEFT = "<"
_UNRELEASED = -1
_MENTIONS = ("(%s)", "pull request %s ", "pull request %s)")
_AT_ONCE = 200  # the length of a command line has a limit
_ASKED_AT_ONCE = 5000  # commits with their files are one text


class History(NamedTuple):
    """
    The commits since a release.

    Attributes:
        base: The release's tag; None: the history is told from its beginning.
        commits: Newest first.
        twin: The commit that stands for the tag, where the tag itself is on another line.
    """

    base: str | None
    commits: list[Commit]
    twin: str | None = None


class TrustFailed(Exception):
    """A clock went back between a commit and its child, or a tag has a twin."""


@frozen
class Histories(Part):
    """
    Reading many commits at once.

    Attributes:
        place: The repository.
        refs: Reads its refs.
    """

    refs: Refs

    def is_shallow(self) -> bool:
        """Tell whether the clone's history was cut off somewhere."""
        return bool(self.horizon())

    def commits(self, since: str | None, until: str = "HEAD", *options: str) -> Iterator[Commit]:
        """Yield the commits of *until* that *since* does not contain, newest first."""
        exclude = [f"^{since}"] if since else []
        return read_commits(self._log(*options, until, *exclude))

    def commit(self, commit: str) -> Commit:
        """Return one commit, which is read once if *commit* is its whole id."""
        args = (*_LOG, "--no-walk", "--end-of-options", commit, "--")

        def read() -> Commit:
            return next(read_commits(_records([self.process.run(*args).out])))

        # the last one of a shallow clone gets its parents when more is fetched
        return read() if self.is_shallow() else self.place.fact(commit, read)

    def touched(self, commits: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """
        Yield each of *commits*, by its whole id, with the files that it touches.

        Those of a merge are what it brings to the line that it is merged into. Some thousand are
        asked about at once, so that memory does not grow with their number.
        """
        names = ("log", "--no-walk=unsorted", "-z", "--name-only", "--no-renames", "--no-relative")
        options = ("--diff-merges=first-parent", "--no-show-signature", "--format=%x01%H")
        for begin in range(0, len(commits), _ASKED_AT_ONCE):
            feed = "".join(f"{id_}\n" for id_ in commits[begin : begin + _ASKED_AT_ONCE])
            outcome = self.process.run(*names, *options, "--stdin", feed=feed.encode())
            for entry in outcome.out.decode("utf-8", "surrogateescape").split("\0\x01"):
                commit, _, files = entry.removeprefix("\x01").partition("\0")
                yield commit, tuple(filter(None, files.removeprefix("\n").split("\0")))

    def since(self, candidates: Sequence[str], until: str = "HEAD") -> History:
        """
        Return the commits of *until* since the first of *candidates* that counts there.

        That is one it descends from, or one with a twin there (`Refs.twins`): one `git log` where
        it is the very first one.

        Args:
            candidates: Names of tags, highest version first.
            until: A commit.

        Raises:
            ShallowClone: Some of these commits are missing here.
        """
        history = self._since(candidates[0], until) if candidates else None
        if history is None:
            history = self._since_reachable(candidates, until)
        if not self.horizon().isdisjoint(commit.id for commit in history.commits):
            raise ShallowClone(len(history.commits))
        return history

    def by_tag(
        self, candidates: Sequence[str], until: str = "HEAD", *, trusting: bool = False
    ) -> Iterator[History]:
        """
        Yield the whole history of *until*, release by release.

        A commit belongs to the lowest version that contains it. A release is yielded as soon as
        it is complete, usually newest first, and forgotten: memory grows with the largest one.
        The commits since the last release come with base None.

        Args:
            candidates: Names of tags, highest version first.
            until: A commit.
            trusting: Trust that no tag has a twin, and no commit an older date than its parents.

        Raises:
            ShallowClone: Some of these commits are missing here.
            TrustFailed: At the end: what was yielded may be wrong.
        """
        if self.is_shallow():
            raise ShallowClone(sum(1 for _ in self.commits(None, until)))
        known = self.refs.peeled_tags() if trusting else self.refs.places(candidates, until)
        places = {name: known[name] for name in candidates if name in known}
        ranked = reversed([*enumerate(candidates)])
        sorter = _Sorter({places[name]: rank for rank, name in ranked if name in places})
        # --date-order: no parent before its children, which the default does not promise
        records = self._log(*() if trusting else ("--date-order",), until)
        for rank, commits in sorter.sort(read_commits(records)):
            yield History(candidates[rank] if rank != _UNRELEASED else None, commits)
        strays = [name for name, place in places.items() if place in sorter.places_to_meet]
        if not sorter.met_all() or self.refs.twins(strays, until):
            raise TrustFailed

    def first_parent_line(
        self, since: str | None, until: str, paths: Sequence[str]
    ) -> tuple[tuple[str, str | None], ...]:
        """
        Return the commits of *until*'s own line that changed one of *paths*, newest first.

        A merge counts as the one change it made to the branch it went into.

        Args:
            since: A revision: it, and what it contains, is left out.
            until: A commit.
            paths: Relative to the root; no patterns.

        Returns:
            Pairs: a commit, and its first parent or None.
        """
        exclude = [f"^{since}"] if since else []
        log = ("log", "--first-parent", "--no-show-signature", "--format=%H %P")
        revisions = ("--end-of-options", until, *exclude)
        outcome = self.process.run("--literal-pathspecs", *log, *revisions, "--", *paths)
        lines = (line.split(" ") for line in outcome.text.split("\n") if line)
        return tuple((commit, parents[0] or None) for commit, *parents in lines)

    def ids(self, *revisions: str) -> list[str]:
        """Return the ids of the commits that `git rev-list` names for *revisions*."""
        return self.process.run("rev-list", *revisions, "--").text.split()

    def released_references(self, references: Collection[str], since: str) -> frozenset[str]:
        """
        Return which of *references* to pull requests, such as `#12`, were merged before.

        Args:
            references: As subjects name them: `(#12)` at the end, or in a forge's own words.
            since: A commit; all that it contains counts.
        """
        released: set[str] = set()
        ordered = sorted(references)
        for begin in range(0, len(ordered), _AT_ONCE):
            batch = ordered[begin : begin + _AT_ONCE]
            patterns = [f"--grep={form % name}" for name in batch for form in _MENTIONS]
            args = ("log", "-z", "--no-show-signature", "--fixed-strings", *patterns, "--format=%s")
            outcome = self.process.run(*args, "--end-of-options", since, "--")
            for subject in outcome.text.split("\0"):
                released.update(name for name in batch if _is_merge_of(subject, name))
        return frozenset(released)

    def _since(self, tag: str, until: str) -> History | None:
        """Return the commits since *tag*; None if *until* does not descend from it."""
        kept_records = []
        try:
            with closing(self._log(*_BY_SIDE, f"{TAGS}{tag}...{until}")) as records:
                for record in records:
                    if record[0] == _LEFT:
                        return None
                    kept_records.append(record[1:])
        except GitFailed:  # a tag that names no commit
            return None
        return History(tag, list(read_commits(kept_records)))

    def _since_reachable(self, candidates: Sequence[str], until: str) -> History:
        reachable = self.refs.reachable_tags(until) if candidates else ()
        base = next((tag for tag in candidates if tag in reachable), None)
        since = f"{TAGS}{base}" if base else None
        higher = candidates[: candidates.index(base)] if base else candidates
        twins = self.refs.twins(higher, until, since)
        base, twin = next(((tag, twins[tag]) for tag in higher if tag in twins), (base, None))
        return History(base, list(self.commits(twin or since, until)), twin)

    def _log(self, *arguments: str) -> Generator[str, None, None]:
        options = [word for word in arguments if word.startswith("--")]
        revisions = [word for word in arguments if not word.startswith("--")]
        command = (*_LOG, *options, "--end-of-options", *revisions, "--")
        with closing(self.process.stream(*command)) as out:
            yield from _records(out)

    def horizon(self) -> frozenset[str]:
        """In a shallow clone, return the commits whose parents are not here."""
        with suppress(FileNotFoundError):
            return frozenset((self.place.directory / "shallow").read_text(encoding="ascii").split())
        return frozenset()


def _is_merge_of(subject: str, reference: str) -> bool:
    """Whether *subject* is that of the pull request's commit, not one that speaks of it."""
    if subject.rstrip().endswith(f"({reference})") or f"(pull request {reference})" in subject:
        return True
    return subject.startswith(f"Merge pull request {reference} ")


class _Sorter:
    """Gives every commit, children first, to the lowest version that contains it."""

    def __init__(self, ranks: Mapping[str, int]) -> None:
        self.places_to_meet = set(ranks)  # commits of tags that did not come yet
        self._ranks = ranks
        self._expected: dict[str, int] = {}  # a parent that was not met yet: its version so far
        self._left: Counter[int] = Counter()  # how many of them each version has
        self._open: dict[int, list[Commit]] = {}

    def sort(self, commits: Iterable[Commit]) -> Iterator[tuple[int, list[Commit]]]:
        """Sort *commits* in; yield each version with its commits as soon as it is complete."""
        ranks, expected, open_versions = self._ranks, self._expected, self._open
        for commit in commits:
            inherited = expected.pop(commit.id, None)
            only = commit.parents[0] if len(commit.parents) == 1 else ""
            if inherited is None or not only or only in expected or commit.id in ranks:
                yield from self._turn(commit, inherited)
            else:  # nearly every commit: one line goes on, and nothing is complete by it
                expected[only] = inherited
                open_versions[inherited].append(commit)

    def met_all(self) -> bool:
        """Tell whether every parent came after its children; only then is everything sorted."""
        return not self._expected

    def _turn(self, commit: Commit, inherited: int | None) -> Iterator[tuple[int, list[Commit]]]:
        """Sort in a commit at which lines begin, meet, end or change their version."""
        self.places_to_meet.discard(commit.id)
        rank = self._ranks.get(commit.id, _UNRELEASED if inherited is None else inherited)
        self._open.setdefault(rank, []).append(commit)
        touched_ranks = {rank}
        if inherited is not None:
            self._left[inherited] -= 1
            touched_ranks.add(inherited)
        for parent in commit.parents:
            touched_ranks |= self._expect(parent, rank)
        for touched_rank in sorted(touched_ranks):  # of several that end here, the newest first
            if not self._left[touched_rank] and touched_rank in self._open:
                yield touched_rank, self._open.pop(touched_rank)

    def _expect(self, parent: str, rank: int) -> set[int]:
        earlier_rank = self._expected.get(parent)
        if earlier_rank is not None and earlier_rank >= rank:
            return set()
        self._expected[parent] = rank
        self._left[rank] += 1
        if earlier_rank is None:
            return set()
        self._left[earlier_rank] -= 1
        return {earlier_rank}


def _records(chunks: Iterable[bytes]) -> Iterator[str]:
    """Yield what stands before each NUL; bytes that are not UTF-8 become U+FFFD."""
    remainder = b""
    for chunk in chunks:
        whole, _, remainder = (remainder + chunk).rpartition(b"\0")
        if whole:
            yield from whole.decode("utf-8", "replace").split("\0")
