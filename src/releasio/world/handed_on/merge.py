"""Merges that nobody looks at: without a work tree, and only where nothing conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.git.commits import dates
from releasio.world.git.place import Part
from releasio.world.git.process import failed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

_CONFLICT = 1
_UNSURE = ("what only a git from 2.38 on could merge",)  # where git names no file


class Merges(Part):
    """Merging two commits."""

    def changed_by_both(self, ours: str, theirs: str) -> tuple[str, ...]:
        """Return the paths that both changed since they parted, which they did somewhere."""
        base = self.process.run("merge-base", ours, theirs).text.split("\n")[0]
        changed = [self._changed(base, commit) for commit in (ours, theirs)]
        return tuple(sorted(changed[0] & changed[1]))

    def conflicts(self, ours: str, theirs: str) -> tuple[str, ...]:
        """
        Return the files whose changes git cannot bring together; empty: it can.

        A git before 2.38 cannot merge without a work tree: every file that both changed
        counts as one.
        """
        args = ("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", ours, theirs)
        outcome = self.process.ask(*args)
        if not outcome.status:
            return ()
        if outcome.status == _CONFLICT:
            return tuple(path for path in outcome.text.split("\0")[1:] if path) or _UNSURE
        return self.changed_by_both(ours, theirs) or _UNSURE

    def merge(self, ours: str, theirs: str, message: str, time: datetime | None) -> str:
        """
        Return the new commit that merges *theirs* into *ours*; no ref moves, and no hook runs.

        Raises:
            GitFailed: It cannot be done, which `conflicts` would have said.
            SigningFailed: A signature is asked for and was not made.
        """
        args = ("merge-tree", "--write-tree", ours, theirs)
        outcome = self.process.ask(*args)
        if outcome.status:
            raise failed(args, outcome)
        tree = outcome.text.split("\n")[0]
        return self.commit_tree(tree, (ours, theirs), message, time)

    def commit_tree(
        self, tree: str, parents: Sequence[str], message: str, time: datetime | None
    ) -> str:
        """Return the new commit of *tree*; signed where the settings ask for it."""
        from releasio.world.git.commits import git_error

        signs = self.place.setting("commit.gpgsign") in {"true", "yes", "on", "1"}
        options = [word for parent in parents for word in ("-p", parent)]
        args = ("commit-tree", *(["-S"] if signs else []), *options, "-F", "-", tree)
        outcome = self.process.ask(*args, feed=f"{message}\n".encode(), extra=dates(time))
        if outcome.status:
            raise git_error(outcome, "commit")
        return outcome.text

    def _changed(self, base: str, commit: str) -> set[str]:
        args = ("diff-tree", "-r", "--name-only", "--no-renames", "-z", base, commit)
        return {path for path in self.process.run(*args).text.split("\0") if path}
