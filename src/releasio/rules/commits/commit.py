"""A commit of the history."""

from __future__ import annotations

from typing import NamedTuple


class Commit(NamedTuple):
    """One commit of the history, as `git log` tells it."""

    id: str  # all 40 (or 64) hexadecimal digits
    parents: tuple[str, ...]
    author: str
    email: str
    time: int  # committer time, seconds since the epoch
    message: str  # subject, blank line, body; no trailing newline

    @property
    def subject(self) -> str:
        """The first line of the message."""
        return self.message.partition("\n")[0]

    @property
    def body(self) -> str:
        """What follows the first line, without surrounding blank lines."""
        return self.message.partition("\n")[2].strip("\n")
