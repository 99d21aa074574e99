"""Push the branch of a release pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.git.commands import GitFailed, RemoteUnreachable
from releasio.frozen import frozen
from releasio.steps.propose.keep_commits import release_commit_ref, tip_ref
from releasio.steps.step import Blocked, Omitted, State, Todo, needed
from releasio.world.git.remotes import RefUpdate

if TYPE_CHECKING:
    from releasio.rules.running.remote import Remote
    from releasio.world.run import Run
    from releasio.world.world import World


@frozen
class PushBranch:
    """
    Move the branch to the commits that were made, if it still is where it was found.

    The remote decides between two runs: it takes the push of one.

    Attributes:
        remote: Where to.
        branch: Which one.
        expected: What it names; None: there is none.
        base: The commit it is made from.
        keeps: Whether people's commits are on top of the release commit.
    """

    remote: Remote
    branch: str
    expected: str | None
    base: str
    keeps: bool = False

    def __str__(self) -> str:
        return f"push {self.branch} to {self.remote.name}"

    @property
    def _ref(self) -> str:
        return f"refs/heads/{self.branch}"

    def probe(self, world: World) -> State:
        """Ask the remote what the branch is."""
        if world.offline:
            return Todo(f"{self.remote.name} was not asked")
        commit = world.git.remotes.list_refs(self.remote, self._ref).get(self._ref)
        if commit != self.expected:
            return Blocked(self._elsewhere())
        return Todo("" if commit else "a new branch there")

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Push; nothing where the branch has the very files already.

        Raises:
            ProposedElsewhere: Another run was faster; nothing was changed.
            PushRefused: The remote's rules forbid it.
            RemoteUnreachable: No answer came, and the remote could not be asked whether it came.
        """
        from releasio.errors.git.push import PushRaced

        git = world.git
        sentence = "a push needs the release commit"
        release_commit = needed(git.refs.read(release_commit_ref()), sentence)
        commit = needed(git.refs.read(tip_ref()), sentence) if self.keeps else release_commit
        if self.expected and self._is_the_same(world, commit):
            return Omitted("it has that already")
        try:
            git.remotes.push(
                self.remote, [RefUpdate(self._ref, commit, self.expected, rewinds=True)]
            )
        except PushRaced:
            raise self._elsewhere() from None
        except (RemoteUnreachable, GitFailed):
            if not self._has_arrived(world, commit):
                raise
        run.proposed_commit = release_commit
        return None

    def _is_the_same(self, world: World, commit: str) -> bool:
        git, expected = world.git, self.expected or ""
        return git.objects.is_ancestor(self.base, expected) and not git.commits.differing(
            expected, commit
        )

    def _has_arrived(self, world: World, commit: str) -> bool:
        """Whether it is there all the same: only the answer was lost; not, if nobody can tell."""
        try:
            return world.git.remotes.list_refs(self.remote, self._ref).get(self._ref) == commit
        except ReleasioError:
            return False

    def _elsewhere(self) -> ReleasioError:
        from releasio.errors.forge.proposal import ProposedElsewhere

        return ProposedElsewhere(self.branch, self.remote.name)
