"""How two archives differ that should be the same, member by member."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Cause = Literal[
        "content", "mode", "time stamp", "owner", "type", "order", "packing", "missing", "added"
    ]

_MOST_NAMED = 3


@dataclass(frozen=True)
class Member:
    """
    What an archive says of one file in it.

    Attributes:
        path: Where it is.
        content: sha256 of its bytes, or where a link leads; empty for a directory.
        mode: Its permissions.
        time: When it was changed, in the archive's own unit.
        owner: User and group.
        type: `file`, `directory`, `link` or something else.
    """

    path: str
    content: str
    mode: int
    time: object
    owner: str = ""
    type: str = "file"


@dataclass(frozen=True)
class Listing:
    """
    An archive: its members in their order, and the time stamp of what is around them, if any.

    None for the members: it cannot be read.
    """

    members: tuple[Member, ...] | None
    time: object = None


@dataclass(frozen=True)
class Difference:
    """
    What differs in one member, or, where *path* is empty, around all of them.

    `missing` is what only the first archive has, `added` what only the second has.
    """

    path: str
    causes: tuple[Cause, ...]

    def __str__(self) -> str:
        return f"{self.path or 'the archive itself'} ({', '.join(self.causes)})"


@dataclass(frozen=True)
class Differences:
    """All that differs between two archives whose bytes are not the same."""

    found: tuple[Difference, ...]

    @property
    def causes(self) -> frozenset[Cause]:
        """Every way in which anything differs."""
        return frozenset(cause for one in self.found for cause in one.causes)

    @property
    def only_times(self) -> bool:
        """Whether all members have the same content, and merely other time stamps."""
        return self.causes == {"time stamp"}

    def __str__(self) -> str:
        if self.only_times:
            named = [one.path or "the archive itself" for one in self.found]
            return f"only time stamps inside differ: {_some(named)}"
        return _some([str(one) for one in self.found])


def compare_listings(one: Listing, other: Listing) -> Differences:
    """
    Return how *other* differs from *one*, for two archives that are not the same bytes.

    There is always something: what cannot be told from the members is in their packing.
    """
    if one.members is None or other.members is None:
        return Differences((Difference("", ("packing",)),))
    found = [*_members(one.members, other.members)]
    around: list[Cause] = []
    if one.time != other.time:
        around.append("time stamp")
    if _common(one.members, other.members) != _common(other.members, one.members):
        around.append("order")
    if not found and not around:
        around.append("packing")
    whole = [Difference("", tuple(around))] if around else []
    return Differences((*found, *whole))


def _members(one: Sequence[Member], other: Sequence[Member]) -> Iterator[Difference]:
    ours, theirs = {m.path: m for m in one}, {m.path: m for m in other}
    for path in sorted({*ours, *theirs}):
        mine, its = ours.get(path), theirs.get(path)
        if its is None:
            yield Difference(path, ("missing",))
        elif mine is None:
            yield Difference(path, ("added",))
        elif causes := tuple(_causes(mine, its)):
            yield Difference(path, causes)


def _causes(one: Member, other: Member) -> Iterator[Cause]:
    for each in fields(Member):
        if getattr(one, each.name) != getattr(other, each.name):
            yield _NAMES[each.name]


_NAMES: dict[str, Cause] = {
    "content": "content",
    "mode": "mode",
    "time": "time stamp",
    "owner": "owner",
    "type": "type",
}


def _common(one: Sequence[Member], other: Sequence[Member]) -> list[str]:
    """Return the paths of *one* that *other* has too, in the order of *one*."""
    there = {member.path for member in other}
    return [member.path for member in one if member.path in there]


def _some(texts: Sequence[str]) -> str:
    rest = f" and {len(texts) - _MOST_NAMED} more" if texts[_MOST_NAMED:] else ""
    return f"{', '.join(texts[:_MOST_NAMED])}{rest}"
