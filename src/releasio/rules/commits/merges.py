"""Which commits a merge brought in."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from releasio.rules.commits.change import Change
    from releasio.rules.commits.commit import Commit


class Merges:
    """
    The merges of a range and what each brought in.

    A commit belongs to one merge: to the first that has it, and of merges within
    a branch to the innermost.

    Args:
        commits: Newest first, as `git log` lists them; parents may lie outside.
    """

    def __init__(self, commits: Sequence[Commit]) -> None:
        self._direct: dict[str, list[str]] = {}
        if commits:
            self._sort_in(commits[0].id, {commit.id: commit.parents for commit in commits})

    def __bool__(self) -> bool:
        return bool(self._direct)

    def innermost_first(self) -> Iterator[str]:
        """Yield the id of each merge, those within a branch before the one that merged it."""
        return reversed(self._direct)

    def direct(self, merge: str) -> Sequence[str]:
        """Return the ids of the commits of *merge*'s branch; merges among them have their own."""
        return self._direct.get(merge, ())

    def brought_in(self, merge: str) -> Iterator[str]:
        """Yield the ids of all that *merge* brought in."""
        waiting = [merge]
        while waiting:
            for member in self.direct(waiting.pop()):
                yield member
                waiting.append(member)

    def by_member(self) -> Mapping[str, str]:
        """Return the merge that each commit belongs to, by the commit's id."""
        return {member: merge for merge, members in self._direct.items() for member in members}

    def _sort_in(self, head: str, parents_of: dict[str, tuple[str, ...]]) -> None:
        """Give each commit in *parents_of* to its merge, and take it out there."""
        lines = [(head, "")]
        while lines:
            tip, owner = lines.pop()
            line = self._direct.setdefault(owner, [])
            # first parents, as far as they are in no other line
            while (parents := parents_of.pop(tip, None)) is not None:
                line.append(tip)
                if len(parents) > 1:
                    # the oldest is looked at first, as it has what several of them reach
                    lines += [(parent, tip) for parent in reversed(parents[1:])]
                tip = parents[0] if parents else ""
        del self._direct[""]


def unsaid_breaks(
    changes: Iterable[Change], member_changes: Iterable[Change]
) -> tuple[Change, ...]:
    """
    Return what a merge breaks by its own words and by none of its commits'.

    Args:
        changes: What the message of the merge says.
        member_changes: What the commits say that it brought in.
    """
    breaking = tuple(change for change in changes if change.breaking)
    members = (change for change in member_changes if change.breaking) if breaking else ()
    said = {note for change in members for note in ("", *change.breaking_notes)}
    return tuple(
        change for change in breaking if not said.issuperset(change.breaking_notes or ("",))
    )
