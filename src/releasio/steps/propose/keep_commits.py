"""Keep what people committed on the branch of a release pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.proposal.weave import weave
from releasio.steps.prepare.commit import commit_ref
from releasio.steps.step import State, Todo

if TYPE_CHECKING:
    from releasio.rules.commits.commit import Commit
    from releasio.world.run import Run
    from releasio.world.world import World

PROPOSAL = "proposal"  # what the commits of a proposal are kept under; no tag is called so


@frozen
class KeepCommits:
    """
    Put people's commits on top of the release commit.

    Attributes:
        branch: The branch they are on.
        base: The branch it is to be merged into.
        remote: The remote's name.
        commits: Oldest first, no merges.
        changelog: Where people and we write the same lines: woven, it never conflicts.
    """

    branch: str
    base: str
    remote: str
    commits: tuple[Commit, ...]
    changelog: str

    def __str__(self) -> str:
        count = len(self.commits)
        commits = "the commit" if count == 1 else f"the {count} commits"
        return f"keep {commits} that people made on {self.branch}"

    def probe(self, world: World) -> State:
        """They are to be put on a commit that is still to be made."""
        return Todo()

    def apply(self, world: World, run: Run) -> None:
        """
        Put one after the other on top, and keep the last one under the proposal's ref.

        Raises:
            ProposalConflicts: One does not fit any more; nothing was pushed.
        """
        from releasio.world.replay import replay

        tree = run.open_tree
        for commit in self.commits:
            paths = replay(tree, commit.id, self._resolved)
            if paths:
                from releasio.errors.forge.proposal import ProposalConflicts

                raise ProposalConflicts(
                    self.branch,
                    base=self.base,
                    remote=self.remote,
                    commit=commit.id,
                    subject=commit.subject,
                    paths=paths,
                )
        world.git.ref_changes.point(tip_ref(), tree.work_tree.head() or "")

    def _resolved(self, path: str, before: bytes, theirs: bytes, ours: bytes) -> bytes | None:
        if path != self.changelog:
            return None
        try:
            texts = [content.decode() for content in (before, theirs, ours)]
        except UnicodeDecodeError:
            return None
        text = weave(*texts).text
        return (text.replace("\n", "\r\n") if "\r\n" in texts[2] else text).encode()


def release_commit_ref() -> str:
    """Return the private ref that keeps the release commit of a proposal."""
    return commit_ref(PROPOSAL)


def tip_ref() -> str:
    """Return the private ref that keeps what people's commits on top of it end with."""
    return f"refs/releasio/{PROPOSAL}/tip"
