"""A commit of the history."""

from __future__ import annotations

from sys import intern
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# As `git log` is asked for them, names through .mailmap. No field but the message, which comes
# last, can hold a newline.
FIELDS = "%H%n%P%n%ct%n%aN%n%aE%n%B"
_new = tuple.__new__  # of a NamedTuple: its own takes twice the time


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


def read_commits(records: Iterable[str]) -> Iterator[Commit]:
    """Yield the commits of *records*, each with the `FIELDS`; what comes often is held once."""
    expected_id = ""
    for record in records:
        id_, parents, time, author, email, message = record.split("\n", 5)
        if id_ == expected_id:  # a parent comes next nearly always
            id_ = expected_id
        expected_id = parents
        ids = (parents,) if len(parents) == len(id_) else tuple(parents.split())
        fields = id_, ids, intern(author), intern(email), int(time), message.rstrip("\n")
        yield _new(Commit, fields)
