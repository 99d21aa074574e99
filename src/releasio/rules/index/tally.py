"""How far an upload came: which files the index has, and which it has not."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.index.answers import UploadRefused
from releasio.errors.index.release import FileDiffers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_MOST = 5  # names that a sentence can bear; the document of --json has them all


@dataclass
class Tally:
    """
    The files of one upload, counted while they are stored.

    Attributes:
        registry: The name of the index.
        files: Their names, in the order they are told.
        stored: Those that the index had before, or has confirmed since; grows from several
            threads.
        unanswered: Those that were sent whole, and the index has neither confirmed nor
            refused: each may be there or not.
    """

    registry: str
    files: tuple[str, ...]
    stored: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)

    @contextmanager
    def sending(self, name: str) -> Iterator[Callable[[], None]]:
        """Count the file *name* by how its upload ends; call the result when all of it is sent."""
        try:
            yield partial(self.unanswered.add, name)
        except (UploadRefused, FileDiffers):
            self.unanswered.discard(name)
            raise
        self.stored.add(name)
        self.unanswered.discard(name)

    @property
    def there(self) -> list[str]:
        """The files that the index has."""
        return [name for name in self.files if name in self.stored]

    @property
    def left(self) -> list[str]:
        """The files that it is not known to have."""
        return [name for name in self.files if name not in self.stored]

    @property
    def words(self) -> str:
        """One sentence for people."""
        if open_ := [name for name in self.left if name in self.unanswered]:
            return self._words_without(open_)
        there, left, number = self.there, self.left, len(self.files)
        if number == 1:
            return f"{self.registry} has {'' if there else 'not got '}{self.files[0]}."
        if not left or not there:
            return f"{self.registry} has {'none of the' if left else 'all'} {number} files."
        verb = "are" if left[1:] else "is"
        return (
            f"{self.registry} has {len(there)} of {number} files ({_some(there)}); "
            f"{_some(left)} {verb} left."
        )

    def _words_without(self, unanswered: Sequence[str]) -> str:
        """Return the sentence where nobody knows whether the *unanswered* ones are there."""
        there = self.there
        left = [name for name in self.left if name not in unanswered]
        sent = f"{_some(unanswered)} (sent whole, and never confirmed)"
        doubt = f"{self.registry} is not known to have {sent}"
        if not there and not left:
            return f"{doubt}."
        has = f"{self.registry} has {len(there)} of {len(self.files)} files ({_some(there)})"
        rest = f"{_some(left)} {'are' if left[1:] else 'is'} left"
        return "; ".join([has] * bool(there) + [doubt] + [rest] * bool(left)) + "."


def _some(names: Sequence[str]) -> str:
    """Return *names* as a sentence has them, not more than it can bear."""
    shown, rest = list(names[:_MOST]), len(names[_MOST:])
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)
