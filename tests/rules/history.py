"""Commits for tests of rules: no repository, only values."""

from __future__ import annotations

from hashlib import sha1
from typing import TYPE_CHECKING

from releasio.rules.commits.commit import Commit

if TYPE_CHECKING:
    from releasio.rules.commits.reading import Reading

ADA = ("Ada Tester", "ada@example.org")


def commit(message: str, *parents: Commit, author: tuple[str, str] = ADA) -> Commit:
    """Return a commit whose id follows from its message and parents."""
    text = message + "".join(parent.id for parent in parents)
    name = sha1(text.encode(), usedforsecurity=False).hexdigest()
    return Commit(name, tuple(parent.id for parent in parents), *author, 1_700_000_000, message)


def told(reading: Reading) -> list[str]:
    """Return each change as one line."""
    return [
        f"{one.type}{f'({one.scope})' if one.scope else ''}{'!' if one.breaking else ''}: "
        f"{one.description}"
        for one in reading.changes
    ]
