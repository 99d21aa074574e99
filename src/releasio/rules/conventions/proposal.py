"""Which convention would read a history that says little by Conventional Commits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.conventions.convention import convention_of
from releasio.rules.conventions.conventional import KNOWN_TYPES, parse_subject

if TYPE_CHECKING:
    from collections.abc import Collection

SAMPLE = 200  # commits
ANY = "change"  # the type proposed for commits of no convention
_ENOUGH = 10  # fewer commits are no habit
# what their subjects have, those first that read the fewest by chance
_PROPOSED = {
    "gitmoji": "begin with a gitmoji",
    "prefix": "begin with a prefix such as [Fix] or BUG:",
    "kernel": "name a subsystem before a colon",
}


def is_conventional(subject: str) -> bool:
    """Whether *subject* is a conventional commit of a type that everybody's tools know."""
    entry = parse_subject(subject)
    return entry is not None and entry.type in KNOWN_TYPES


def proposal(subjects: Collection[str], types_patch: Collection[str] = ()) -> str:
    """
    Return which setting would read *subjects*, as a sentence; empty where none is to be proposed.

    That is where fewer than one in ten is conventional. It is the convention that reads more than
    half, or else what lists them as they are.

    Args:
        subjects: Of the newest commits, without merges.
        types_patch: What `commits.types_patch` says.
    """
    number = len(subjects)
    conventional_count = sum(map(is_conventional, subjects))
    if number < _ENOUGH or conventional_count * 10 >= number:
        return ""
    for name, habit in _PROPOSED.items():
        read = convention_of(name).read
        read_count = sum(1 for subject in subjects if read and read(subject))
        if read_count * 2 > number:
            return (
                f"{read_count} of the last {number} commits {habit}, and fewer than one in ten is "
                f'conventional: commits.convention = "{name}" reads them'
            )
    types = ", ".join(f'"{type_}"' for type_ in (*types_patch, ANY))
    return (
        f"{number - conventional_count} of the last {number} commits follow no convention known "
        f'here: commits.unknown_type = "{ANY}" lists such commits in the notes, and '
        f"commits.types_patch = [{types}] has each raise the patch number"
    )
