"""Bring the user's own repository up to what was pushed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.git.commands import FastForwardRefused, RepositoryLocked
from releasio.frozen import frozen
from releasio.steps.prepare.commit import tip_of
from releasio.steps.publish.tag_object import own_refs, tag_ref
from releasio.steps.step import Done, Omitted, State, Todo
from releasio.text.command_line import quoted
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.rules.running.remote import Remote
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class Land:
    """
    Name the tags here too, and fast-forward the branch, its index and its files.

    Attributes:
        branch: The branch that is checked out; `None` when none moves.
        tags: The releases' tags, all of the same commit.
        commit: The release commit; `None` in a preview in which it does not exist yet.
        remote: Where the tags are, for a clone that lacks one.
        beside: The branch that is checked out instead of one releases are made from.
        base: The commit a new release began with, which the branch follows it from, also where
            hooks made commits in between; empty: the release is not new.
    """

    branch: str | None
    tags: tuple[str, ...]
    commit: str | None
    remote: Remote | None
    beside: str | None = None
    base: str = ""

    def __str__(self) -> str:
        return (
            f"bring {listed([*([self.branch] if self.branch else []), *self.tags])} up to date here"
        )

    def probe(self, world: World) -> State:
        """Compare the local tag and branch with the release commit."""
        detail, refs = "", self._refs(world)
        if self.beside:
            detail = f"{self.beside} stays as it is: releases are made from other branches"
        elif self._is_from_another_branch(world, refs):
            detail = f"{self.branch} stays as it is: {listed(self.tags)} was not made from it"
        return Done(detail) if self._is_done(world, refs) else Todo(detail)

    def _refs(self, world: World) -> dict[str, str]:
        """Return what is here of the branch, the tags, and the private refs of their release."""
        names = [f"refs/heads/{self.branch}"] if self.branch else []
        if self.commit:  # before it is made, none of the others says anything of it
            names += [name for tag in self.tags for name in (f"refs/tags/{tag}", own_refs(tag))]
        return world.git.refs.below(*names) if names else {}

    def _is_done(self, world: World, refs: Mapping[str, str]) -> bool:
        if self.commit is None or self._has_to_move(world, refs):
            return False
        return all(
            f"refs/tags/{tag}" in refs
            and world.git.objects.peel(f"refs/tags/{tag}") == self.commit
            and not any(ref.startswith(own_refs(tag)) for ref in refs)
            for tag in self.tags
        )

    def _has_to_move(self, world: World, refs: Mapping[str, str]) -> bool:
        """Whether the branch lacks the release commit, and should have it."""
        if self.branch is None or self.commit is None:
            return False
        tip = tip_of(world.git, self.tags[0], self.commit, refs)
        branch_commit = refs.get(f"refs/heads/{self.branch}")
        if branch_commit and world.git.objects.is_ancestor(tip, branch_commit):
            return False
        return not self._is_from_another_branch(world, refs)

    def _is_from_another_branch(self, world: World, refs: Mapping[str, str]) -> bool:
        """Whether another branch has the release: this one is only somewhere behind it."""
        branch_commit = refs.get(f"refs/heads/{self.branch}")
        if (
            branch_commit is None
            or branch_commit == self.base
            or self.commit in {None, branch_commit}
        ):
            return False
        release_commit = world.git.history.commit(self.commit or "")
        if branch_commit in release_commit.parents:
            return False
        return world.git.objects.is_ancestor(branch_commit, release_commit.id)

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Create the tag and fast-forward.

        The release is public and goes on, whatever is in the way here: that is no failure, and
        is said at the end, with the command that mends it. Of a branch that cannot move (local
        changes in the way) nothing is kept for a run that would do the whole rest, hooks
        included, again; of files that are half-way something is, for only such a run mends them.
        """
        if self.commit is None:
            msg = "landing needs the release commit"
            raise RuntimeError(msg)
        refs = self._refs(world)
        has_tags = self._attempt(world, run, partial(self._tag, refs), self._fetch_by_hand)
        tip = tip_of(world.git, self.tags[0], self.commit, refs)
        refusal = self._follow(world, run, tip) if self._has_to_move(world, refs) else None
        is_unfinished = not has_tags or (refusal and refusal.half_way)
        is_tidy = not is_unfinished and self._attempt(
            world, run, partial(self._forget, refs), "releasio release --execute"
        )
        if is_tidy and not refusal:
            return None
        verb = "are" if self.tags[1:] else "is"
        tag_sentence = f"{listed(self.tags)} {verb} {'here' if has_tags else 'not here'}"
        return Omitted(
            f"{tag_sentence}, {self.branch} was left where it was" if refusal else tag_sentence
        )

    @property
    def _fetch_by_hand(self) -> str:
        remote = self.remote.name if self.remote else "origin"
        return f"git fetch {quoted(remote)} {' '.join(f'tag {quoted(tag)}' for tag in self.tags)}"

    def _attempt(self, world: World, run: Run, act: Callable[[World], None], by_hand: str) -> bool:
        """Do one thing; if it cannot be done, say at the end how it is done by hand."""
        try:
            act(world)
        except RepositoryLocked as error:
            run.afterwards.append(f"{error}. {error.remedy}, then: {by_hand}")
        except ReleasioError as error:
            run.afterwards.append(f"{error}. {error.hint} Once it is mended: {by_hand}")
        else:
            return True
        return False

    def _follow(self, world: World, run: Run, commit: str) -> FastForwardRefused | None:
        """Move the branch; return why it did not move."""
        try:
            world.git.landing.fast_forward(commit)
        except FastForwardRefused as error:
            run.afterwards.append(f"{error}. {error.hint}")
            return error
        return None

    def _forget(self, refs: Mapping[str, str], world: World) -> None:
        # the commit's goes last: by it a later run knows that something is left
        for tag in self.tags:
            for ref in sorted(refs, reverse=True):
                if ref.startswith(own_refs(tag)):
                    world.git.ref_changes.delete(ref)

    def _tag(self, refs: Mapping[str, str], world: World) -> None:
        for tag in self.tags:
            if f"refs/tags/{tag}" in refs:
                continue
            tag_object = refs.get(tag_ref(tag))
            if tag_object is not None:
                world.git.ref_changes.create_tag(tag, tag_object)
            elif self.remote is not None:
                world.git.remotes.fetch_tag(self.remote, tag)
