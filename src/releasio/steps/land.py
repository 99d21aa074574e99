"""Bring the user's own repository up to what was pushed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.git import FastForwardRefused
from releasio.frozen import frozen
from releasio.steps.push import tag_ref
from releasio.steps.step import Done, Omitted, State, Todo

if TYPE_CHECKING:
    from releasio.facts import Remote
    from releasio.world.world import World


@frozen
class Land:
    """
    Name the tag here too, and fast-forward the branch, its index and its files.

    Attributes:
        branch: The branch that is checked out; `None` when none moves.
        tag: The release's tag.
        commit: The release commit; `None` in a preview in which it does not exist yet.
        remote: Where the tag is, for a clone that lacks it.
        beside: The branch that is checked out instead of one releases are made from.
    """

    branch: str | None
    tag: str
    commit: str | None
    remote: Remote | None
    beside: str | None = None

    def __str__(self) -> str:
        return f"bring {f'{self.branch} and ' if self.branch else ''}{self.tag} up to date here"

    def probe(self, world: World) -> State:
        """Compare the local tag and branch with the release commit."""
        detail = ""
        if self.beside:
            detail = f"{self.beside} stays as it is: releases are made from other branches"
        elif self._is_anothers(world):
            detail = f"{self.branch} stays as it is: {self.tag} was not made from it"
        return Done(detail) if self._is_done(world) else Todo(detail)

    def _is_done(self, world: World) -> bool:
        if self.commit is None or world.git.peel(f"refs/tags/{self.tag}") != self.commit:
            return False
        return not self._moves(world) and not world.git.refs(f"refs/releasio/{self.tag}/")

    def _moves(self, world: World) -> bool:
        """Whether the branch lacks the release commit, and should have it."""
        if self.branch is None or self.commit is None or self._is_anothers(world):
            return False
        return not world.git.is_ancestor(self.commit, f"refs/heads/{self.branch}")

    def _is_anothers(self, world: World) -> bool:
        """Whether the branch, from which releases are made, too, is only somewhere behind it."""
        here = world.git.read_ref(f"refs/heads/{self.branch}") if self.branch else None
        if here is None or self.commit in {None, here}:
            return False
        made = world.git.commit_info(self.commit or "")
        return here not in made.parents and world.git.is_ancestor(here, made.id)

    def apply(self, world: World) -> Omitted | None:
        """
        Create the tag and fast-forward.

        A branch that cannot move (local changes in the way) is said and is no
        failure: the release is public and goes on. `git pull` moves it later, and
        nothing is kept for a run that would do the whole rest, hooks included, again.
        """
        if self.commit is None:
            msg = "landing needs the release commit"
            raise RuntimeError(msg)
        self._tag(world)
        left = self._follow(world, self.commit) if self._moves(world) else None
        for ref in world.git.refs(f"refs/releasio/{self.tag}/"):
            world.git.delete_ref(ref)
        return left

    def _follow(self, world: World, commit: str) -> Omitted | None:
        try:
            world.git.fast_forward(commit)
        except FastForwardRefused as error:
            world.screen.note(f"{error}. {error.hint}")
            return Omitted(f"{self.tag} is here, {self.branch} was left where it was")
        return None

    def _tag(self, world: World) -> None:
        if world.git.read_ref(f"refs/tags/{self.tag}") is not None:
            return
        made = world.git.read_ref(tag_ref(self.tag))
        if made is None and self.remote is not None:
            world.git.fetch(self.remote, f"refs/tags/{self.tag}:refs/tags/{self.tag}")
        elif made is not None:
            world.git.create_tag_ref(self.tag, made)
