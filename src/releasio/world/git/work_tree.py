"""HEAD, and what differs from it in the work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.world.git.place import BRANCHES, Part
from releasio.world.git.process import failed
from releasio.world.git.under_way import Pending

if TYPE_CHECKING:
    from releasio.world.git.refs import Refs

_STATUS = (
    "--no-optional-locks",  # looking must not write the index
    "status",
    "--porcelain",
    "-z",
    "--no-renames",
    "--ignore-submodules=dirty",  # what is changed inside one is not in our commit
    "--untracked-files=no",
)


class Status:
    """A `git status` under way: it takes 20 to 40 ms in a large tree."""

    def __init__(self, pending: Pending) -> None:
        self._pending = pending

    def changed(self) -> tuple[str, ...]:
        """Return the tracked files with changes that are not committed, staged or not."""
        outcome = self._pending.outcome()
        if outcome.status:
            raise failed(_STATUS, outcome)
        return tuple(line[3:] for line in outcome.text.split("\0") if line)


@frozen
class WorkTree(Part):
    """
    What is checked out, and what was changed since.

    Attributes:
        place: The repository.
        refs: Reads its refs.
    """

    refs: Refs

    def head(self) -> str | None:
        """Return the id of the commit that is checked out; None before the first one."""
        return self.process.ask("rev-parse", "--verify", "--quiet", "HEAD^{commit}").text or None

    def branch(self) -> str | None:
        """Return the branch that is checked out; None when HEAD is detached."""
        if (listing := self.refs.listing()) and listing.current:
            return listing.current.removeprefix(BRANCHES)
        ref = self.process.ask("symbolic-ref", "--quiet", "HEAD").text
        return ref.removeprefix(BRANCHES) if ref.startswith(BRANCHES) else None

    def position(self) -> tuple[str | None, str | None]:
        """Return `head()` and `branch()` from one git process where there is a commit."""
        if (listing := self.refs.listing()) and listing.current:
            return listing.objects[listing.current], listing.current.removeprefix(BRANCHES)
        outcome = self.process.ask("rev-parse", "HEAD", "--symbolic-full-name", "HEAD")
        if outcome.status:
            return None, self.branch()
        head, _, ref = outcome.text.partition("\n")
        return head, ref.removeprefix(BRANCHES) if ref.startswith(BRANCHES) else None

    def start_status(self) -> Status:
        """Begin to look for changes of tracked files."""
        return Status(Pending(self.process, _STATUS))
