"""A version that leaves others out, and what to say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.versions.dates import YEARS
from releasio.rules.versions.version import padded

if TYPE_CHECKING:
    from packaging.version import Version


def leap_words(last: Version | None, version: Version) -> str:
    """
    Return the sentence that says of *version* that it leaves out what comes after *last*.

    Empty where it leaves out nothing, where nothing was released, and between years.
    """
    if last is None:
        return ""
    if version.epoch != last.epoch:
        return (
            f"the epoch becomes {version.epoch}: all versions of epoch {last.epoch} count as older "
            "from now on, whatever their numbers"
        )
    if {last.major, version.major} <= {*YEARS}:
        return ""
    width = max(len(last.release), len(version.release))
    old, new = padded(last, width), padded(version, width)
    place = next((place for place in range(width) if old[place] != new[place]), None)
    if place is None or (new[place] == old[place] + 1 and not any(new[place + 1 :])):
        return ""
    following = (*old[:place], old[place] + 1, *(0,) * (width - place - 1))
    return (
        f"{version} leaves out versions from {'.'.join(map(str, following))} on: no later release "
        "can go back there"
    )
