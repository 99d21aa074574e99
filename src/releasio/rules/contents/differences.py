"""How two archives differ that should be the same, member by member."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal, cast

from releasio.text.listing import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Cause = Literal[
        "content", "mode", "time stamp", "owner", "type", "order", "packing", "missing", "added"
    ]


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
        return frozenset(cause for difference in self.found for cause in difference.causes)

    @property
    def only_times(self) -> bool:
        """Whether all members have the same content, and merely other time stamps."""
        return self.causes == {"time stamp"}

    def __str__(self) -> str:
        if self.only_times:
            paths = [difference.path or "the archive itself" for difference in self.found]
            return f"only time stamps inside differ: {shortened(paths)}"
        return shortened([str(difference) for difference in self.found])


def compare_listings(first: Listing, second: Listing) -> Differences:
    """
    Return how *second* differs from *first*, for two archives that are not the same bytes.

    There is always something: what cannot be told from the members is in their packing.
    """
    if first.members is None or second.members is None:
        return Differences((Difference("", ("packing",)),))
    inside = [*_member_differences(first.members, second.members)]
    around: list[Cause] = []
    if first.time != second.time:
        around.append("time stamp")
    if _common_paths(first.members, second.members) != _common_paths(second.members, first.members):
        around.append("order")
    if not inside and not around:
        around.append("packing")
    whole = [Difference("", tuple(around))] if around else []
    return Differences((*inside, *whole))


def _member_differences(first: Sequence[Member], second: Sequence[Member]) -> Iterator[Difference]:
    first_members = {member.path: member for member in first}
    second_members = {member.path: member for member in second}
    for path in sorted({*first_members, *second_members}):
        old, new = first_members.get(path), second_members.get(path)
        if new is None:
            yield Difference(path, ("missing",))
        elif old is None:
            yield Difference(path, ("added",))
        elif causes := tuple(_causes(old, new)):
            yield Difference(path, causes)


def _causes(old: Member, new: Member) -> Iterator[Cause]:
    for field in fields(Member):
        if getattr(old, field.name) != getattr(new, field.name):
            yield cast("Cause", "time stamp" if field.name == "time" else field.name)


def _common_paths(first: Sequence[Member], second: Sequence[Member]) -> list[str]:
    """Return the paths of *first* that *second* has too, in the order of *first*."""
    second_paths = {member.path for member in second}
    return [member.path for member in first if member.path in second_paths]
