"""HEAD, and what differs from it in the work tree."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING

from releasio.world.git.process import Outcome, failed
from releasio.world.git.ref_list import BRANCHES, RefLists
from releasio.world.processes.pipes import converse

if TYPE_CHECKING:
    import subprocess


class Pending:
    """
    A `git status` under way.

    It takes 20 to 40 ms in a large tree: started early and read late it costs
    nothing. One that is never read is ended when it is forgotten.
    """

    def __init__(self, child: subprocess.Popen[bytes], args: tuple[str, ...]) -> None:
        self._child = child
        self._args = args
        self._lines: tuple[str, ...] | None = None
        # holds the child, so that it is still there when this is forgotten in a cycle
        weakref.finalize(self, _forget, child)

    def changed(self) -> tuple[str, ...]:
        """Return the tracked files with changes that are not committed, staged or not."""
        return tuple(line[3:] for line in self._read())

    def _read(self) -> tuple[str, ...]:
        if self._lines is None:
            with self._child as child:
                out, stderr = converse(child)
            outcome = Outcome(child.returncode, out, stderr.decode("utf-8", "replace").strip())
            if outcome.status:
                raise failed(self._args, outcome)
            self._lines = tuple(line for line in outcome.text.split("\0") if line)
        return self._lines


def _forget(child: subprocess.Popen[bytes]) -> None:
    if child.returncode is not None:
        return
    child.kill()
    # nobody listens: at the end of a program no thread can be started any more
    for pipe in (child.stdout, child.stderr):
        if pipe is not None:
            pipe.close()
    child.wait()


class WorkTree(RefLists):
    """What is checked out, and what was changed since."""

    def head(self) -> str | None:
        """Return the id of the commit that is checked out; None before the first one."""
        return self.process.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").text or None

    def branch(self) -> str | None:
        """Return the branch that is checked out; None when HEAD is detached."""
        ref = self.process.ask("symbolic-ref", "--quiet", "HEAD").text
        return ref.removeprefix(BRANCHES) if ref.startswith(BRANCHES) else None

    def position(self) -> tuple[str | None, str | None]:
        """Return `head()` and `branch()` from one git process where there is a commit."""
        if (listing := self.listing()) and listing.current:
            return listing.objects[listing.current], listing.current.removeprefix(BRANCHES)
        outcome = self.process.ask("rev-parse", "HEAD", "--symbolic-full-name", "HEAD")
        if outcome.status:
            return None, self.branch()
        head, _, ref = outcome.text.partition("\n")
        return head, ref.removeprefix(BRANCHES) if ref.startswith(BRANCHES) else None

    def start_status(self) -> Pending:
        """Begin to look for changes of tracked files."""
        args = (
            "--no-optional-locks",  # looking must not write the index
            "status",
            "--porcelain",
            "-z",
            "--no-renames",
            "--ignore-submodules=dirty",  # what is changed inside one is not in our commit
            "--untracked-files=no",
        )
        return Pending(self.process.start(*args), args)
