"""The repository as it would be after a pull request is merged: only looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.commits.commit import Commit
from releasio.world.git.history import Histories, History
from releasio.world.past.git_as_it_was import GitAsItWas

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.world.git.git import Git

_NOBODY = Commit("", (), "", "", 0, "")


@frozen
class GitAfterSquash(GitAsItWas):
    """
    A view of a repository after the squash merge of what is checked out.

    The files are those that are checked out; the history is that of the branch it would be merged
    to, and one commit on top of it that touches what the pull request touches.

    Attributes:
        head_then: The commit that is checked out.
        branch_then: The branch that it would be merged to.
        tags_then: The tags that this branch contains, each with the object it names.
        base: The newest commit of that branch.
        squash: The commit that the merge would make.
        files: What it touches.
    """

    base: str = ""
    squash: Commit = _NOBODY
    files: tuple[str, ...] = ()

    @classmethod
    def after(
        cls, git: Git, title: str, *, base: str, branch: str, tags: Mapping[str, str], time: int
    ) -> GitAfterSquash:
        """
        Return *git* as it would be after the merge.

        Args:
            git: The repository; what is checked out is the pull request.
            title: That of the pull request, which becomes the subject of the commit.
            base: The newest commit of the branch that it would be merged to.
            branch: The name of that branch.
            tags: The tags that *base* contains, with the objects that they name.
            time: Seconds since 1970: when it would be merged.
        """
        head, _ = git.work_tree.position()
        head = head or base
        diff = ("diff", "--name-only", "-z", "--no-renames", f"{base}...{head}", "--")
        names = git.process.run(*diff).text.split("\0")
        return cls(
            git.root,
            git.directory,
            git.process,
            head_then=head,
            branch_then=branch,
            tags_then=tags,
            base=base,
            squash=Commit(f"{head[:-1]}~", (base,), "", "", time, title),
            files=tuple(filter(None, names)),
        )

    @property
    def history(self) -> Histories:
        """Reads the commits, with that of the merge on top."""
        return _HistoryAfterSquash(
            self, self.refs, self.head_then, self.base, self.squash, self.files
        )


@frozen
class _HistoryAfterSquash(Histories):
    head_then: str
    base: str
    squash: Commit
    files: tuple[str, ...]

    def since(self, candidates: Sequence[str], until: str = "HEAD") -> History:
        """Return the commits since the first of *candidates*, with the one of the merge on top."""
        if until != self.head_then:
            return super().since(candidates, until)
        tag, commits, twin = super().since(candidates, self.base)
        return History(tag, [self.squash, *commits], twin)

    def touched(self, commits: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Yield each of *commits* with the files that it touches."""
        yield from super().touched([commit for commit in commits if commit != self.squash.id])
        if self.squash.id in commits:
            yield self.squash.id, self.files
