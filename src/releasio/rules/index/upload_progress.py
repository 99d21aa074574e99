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
class UploadProgress:
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
        if unanswered := [name for name in self.left if name in self.unanswered]:
            return self._words_without(unanswered)
        stored_files, missing_files, number = self.there, self.left, len(self.files)
        if number == 1:
            return f"{self.registry} has {'' if stored_files else 'not got '}{self.files[0]}."
        if not missing_files or not stored_files:
            return (
                f"{self.registry} has {'none of the' if missing_files else 'all'} {number} files."
            )
        verb = "are" if missing_files[1:] else "is"
        return (
            f"{self.registry} has {len(stored_files)} of {number} files "
            f"({_list_of(stored_files)}); {_list_of(missing_files)} {verb} left."
        )

    def _words_without(self, unanswered: Sequence[str]) -> str:
        """Return the sentence where nobody knows whether the *unanswered* ones are there."""
        stored_files = self.there
        missing_files = [name for name in self.left if name not in unanswered]
        names = f"{_list_of(unanswered)} (sent whole, and never confirmed)"
        clauses = [f"{self.registry} is not known to have {names}"]
        if stored_files:
            count = f"{len(stored_files)} of {len(self.files)} files"
            clauses.insert(0, f"{self.registry} has {count} ({_list_of(stored_files)})")
        if missing_files:
            clauses.append(f"{_list_of(missing_files)} {'are' if missing_files[1:] else 'is'} left")
        return f"{'; '.join(clauses)}."


def _list_of(names: Sequence[str]) -> str:
    """Return *names* as a sentence has them, not more than it can bear."""
    bearable, more_count = list(names[:_MOST]), len(names[_MOST:])
    if more_count:
        return f"{', '.join(bearable)} and {more_count} more"
    if not bearable[1:]:
        return "".join(bearable)
    return f"{', '.join(bearable[:-1])} and {bearable[-1]}"
