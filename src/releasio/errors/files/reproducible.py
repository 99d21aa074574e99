"""Builds that come out otherwise the second time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

_HINTS = {
    "content": "What changes is written into these files: the time, the build folder's path, "
    "random numbers, or things in the order of the file system.",
    "missing": "Files come and go: look for leftovers of the build, and for patterns that match "
    "what the build writes.",
    "added": "Files come and go: look for leftovers of the build, and for patterns that match what "
    "the build writes.",
    "time stamp": "Let the build take time stamps from SOURCE_DATE_EPOCH, which is set for it; "
    "hatchling, flit and poetry-core do, setuptools does it for wheels and not for sdists.",
    "order": "The members come in the order of the file system: sort them.",
    "mode": "Permissions come from the machine: fix them, not to be at the umask's mercy.",
    "owner": "User and group of the machine are written into the archive: write 0 and no names.",
    "type": "A file is a link or a directory the other time.",
    "packing": "The members are the same, their packing is not: look for another compression "
    "library or level, or for a time stamp in what surrounds them.",
    "name": "The names differ, mostly by a time in the version: take the version from the tag, or "
    "write it down.",
}


class NotReproducible(ReleasioError):
    """
    Two builds of the same commit gave different files.

    They were made in two folders with the same `SOURCE_DATE_EPOCH`. A release whose build is
    not repeatable cannot be finished from another clone, for its tag names the
    files by their hash, and nobody can prove that the files on the index were built from the
    commit. The message names the members that differ, and how.
    """

    message = "two builds of this commit differ in {differences}"
    hint = "{remedies}"
    found: Mapping[str, str]
    causes: Collection[str]

    @property
    def differences(self) -> str:
        """Each file, and how it differs."""
        return "; ".join(f"{name}: {how}" for name, how in self.found.items())

    @property
    def remedies(self) -> str:
        """What to do about each cause, once."""
        return " ".join(dict.fromkeys(_HINTS[one] for one in _HINTS if one in self.causes))
