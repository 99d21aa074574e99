"""Make the release commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.git import NoIdentity
from releasio.frozen import frozen
from releasio.steps.step import Blocked, Done, State, Todo

if TYPE_CHECKING:
    from releasio.world.world import World


def commit_ref(tag: str) -> str:
    """Return the private ref that keeps the commit of *tag* until it is pushed."""
    return f"refs/releasio/{tag}/commit"


@frozen
class Commit:
    """Commit what the steps before it wrote; no branch moves by it."""

    message: str
    base: str
    tag: str

    def __str__(self) -> str:
        return f'commit as "{self.message}"'

    def probe(self, world: World) -> State:
        """Done when what the scratch work tree has come to is kept; a hook may have committed."""
        if world.tree is not None:
            head = world.tree.head()
            if head != self.base and head == world.git.read_ref(commit_ref(self.tag)):
                return Done()
        known = (world.tree or world.git).knows_author()
        return Todo() if known else Blocked(NoIdentity())

    def apply(self, world: World) -> None:
        """
        Commit all of the scratch work tree and keep the commit under a private ref.

        Raises:
            CommitRefused: A commit hook said no.
            NoIdentity: git does not know who commits.
        """
        if world.tree is None:
            msg = "a commit needs an open tree"
            raise RuntimeError(msg)
        made = world.tree.commit_all(self.message, world.dated())
        world.git.set_ref(commit_ref(self.tag), made)
