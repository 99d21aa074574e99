"""What the changes of one commit make of another, whatever the two have in common."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.standins.forge.bare import Person

if TYPE_CHECKING:
    from releasio.standins.forge.bare import BareRepository

GIT = Person("git", "git@localhost")


def rebased_tree(git: BareRepository, ours: str, theirs: str, base: str) -> str | None:
    """Return the tree of *ours* with what *theirs* changed since *base*; None: a conflict."""
    # git looks for a common one: a commit after *base* with the tree of *ours*
    side = git.write_commit(
        tree=git.line("rev-parse", f"{ours}^{{tree}}"),
        parents=[base],
        message="for a merge",
        author=GIT,
        committer=GIT,
        moment=datetime.now(UTC),
    )
    return git.merged_tree(side, theirs)
