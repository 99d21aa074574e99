"""Branches in a forge's repository, as a push would make them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.standins.forge.bare import Person

if TYPE_CHECKING:
    from releasio.standins.forge.bare import BareRepository

ADA = Person("Ada Tester", "ada@example.org")


def branch(git: BareRepository, name: str, *messages: str, author: Person = ADA) -> list[str]:
    """Let *name* name new commits over `main`, one for each of *messages*; return them."""
    parent = git.ref("refs/heads/main") or ""
    commits = []
    for number, message in enumerate(messages):
        contents = {f"file-{number}.txt": message.encode()}
        parent = git.write_commit(
            tree=git.tree_with(parent, contents),
            parents=[parent],
            message=message,
            author=author,
            committer=author,
            moment=datetime(2026, 11, 29, 12, tzinfo=UTC),
        )
        commits.append(parent)
    git.set_ref(f"refs/heads/{name}", parent)
    return commits
