"""Bring a release back to another branch by a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.forge.answers import NoForgeToken
from releasio.frozen import frozen
from releasio.rules.proposal.merge_back import LABELS
from releasio.rules.running.remote import commit_of_tag, tag_refs
from releasio.steps.forge.access import forge_at, look, not_asked
from releasio.steps.step import Done, Omitted, State, Todo
from releasio.world.git.remotes import RefUpdate

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import PullRequest, PullRequestText
    from releasio.rules.running.remote import Remote
    from releasio.world.forge.forge import Forge
    from releasio.world.run import Run
    from releasio.world.world import World

NOT_OPENED = "it could not be opened"
_STATES = {"open": "is open", "merged": "is merged", "closed": "was closed"}


@frozen
class MergeBack:
    """
    Open a pull request by which another branch gets a release.

    What it lacks is no part of the release: nothing of this stops one.

    Attributes:
        place: The repository on its forge.
        remote: The same, for git.
        tag: The release.
        text: What the pull request says, with both branches.
    """

    place: ForgePlace
    remote: Remote
    tag: str
    text: PullRequestText

    def __str__(self) -> str:
        return f"open a pull request on {self.place.name} that merges {self.tag} into {self.base}"

    @property
    def base(self) -> str:
        """The branch that is to have the release."""
        return self.text.base

    def probe(self, world: World) -> State:
        """Look for the pull request, a person's end of it too, and into the branch."""
        if world.offline:
            return Todo(not_asked(self.place))
        try:
            pull_requests = look(world, self.place, self._pull_requests)
            return Done(_state_of(pull_requests[0])) if pull_requests else self._state(world)
        except NoForgeToken as error:
            return Omitted(str(error))
        except ReleasioError as error:  # what is public already must not wait for it
            return Todo(str(error))

    def _pull_requests(self, forge: Forge) -> tuple[PullRequest, ...]:
        return forge.pull_requests(self.text.head, base=self.base)

    def _state(self, world: World) -> State:
        base, tag = f"refs/heads/{self.base}", f"refs/tags/{self.tag}"
        refs = world.git.remotes.list_refs(self.remote, base, *tag_refs(self.tag))
        if base not in refs:
            return Omitted(f"{self.remote.name} has no branch {self.base}")
        commit = commit_of_tag(refs, self.tag)
        if commit is None:
            return Todo()
        world.git.remotes.fetch(self.remote, base, tag)
        return (
            Done(f"{self.base} has it")
            if world.git.objects.is_ancestor(commit, refs[base])
            else Todo()
        )

    def apply(self, world: World, run: Run) -> Omitted | None:
        """Push the branch, if nobody did, and open it; what fails is said at the end."""
        try:
            self._push(world)
            forge = forge_at(world, self.place)
            pull_request = forge.create_pull_request(self.text)
        except ReleasioError as error:
            run.postponed.append(error)
            return Omitted(NOT_OPENED)
        run.afterwards.append(f"{self.base} gets {self.tag} by {pull_request.url}")
        try:
            forge.add_labels(pull_request.number, LABELS)
        except ReleasioError as error:  # somebody may take it off again, so no run comes back
            run.afterwards.append(f"it has no label {', '.join(LABELS)}: {error}")
        return None

    def _push(self, world: World) -> None:
        head = f"refs/heads/{self.text.head}"
        refs = world.git.remotes.list_refs(self.remote, head, *tag_refs(self.tag))
        commit = commit_of_tag(refs, self.tag)
        if commit and head not in refs:
            world.git.remotes.push(self.remote, [RefUpdate(head, commit, None)])


def _state_of(pull_request: PullRequest) -> str:
    return f"{pull_request.url} {_STATES[pull_request.state]}"
