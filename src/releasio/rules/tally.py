"""How far an upload came: which files the index has, and which it has not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 5  # names that a sentence can bear; the document of --json has them all


@dataclass
class Tally:
    """
    The files of one upload, counted while they are stored.

    Attributes:
        registry: The name of the index.
        files: Their names, in the order they are told.
        stored: Those that the index had before, or has confirmed since; grows from several
            threads. A file that is not among them may be there, if an answer was lost.
    """

    registry: str
    files: tuple[str, ...]
    stored: set[str] = field(default_factory=set)

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


def _some(names: Sequence[str]) -> str:
    """Return *names* as a sentence has them, not more than it can bear."""
    shown, rest = list(names[:_MOST]), len(names[_MOST:])
    if rest:
        return f"{', '.join(shown)} and {rest} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if shown[1:] else shown)
