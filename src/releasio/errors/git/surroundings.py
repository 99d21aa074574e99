"""What other people's code has done, or could do, to the place a release is made in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.text.listing import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence


class LinkInTheWay(ReleasioError):
    """
    Where releasio writes its own files, or what was built, there is a link, or no plain file.

    A commit can bring a link of any name, and a program that ran before can make one. What
    is written through it ends up wherever it leads: in somebody's files, or as a program
    that is run later. So links are never followed, and what is behind one is not emptied.
    """

    exit_code = DISAGREES
    message = "{place} is {kind}, so nothing is written there"
    hint = "Remove it: releasio makes what it needs. A link may lead anywhere, so none is followed."
    place: str
    kind: str


class ChangedUnderway(ReleasioError):
    """
    Something that nobody but you should change was changed while the release ran.

    Hooks and build backends run in the same job as the push. One of git's hooks, a setting
    of git's, the files through which GitHub Actions gives variables to later steps, or your work
    tree are not theirs to change: with them somebody else's code would get at the
    push, or at what the job does next. So they are compared with what they were when the
    release began, before anything is public.

    If it was your own doing, such as an edit while the build ran, run again. If a hook of
    yours sets git up, let a step before releasio do that.
    """

    exit_code = DISAGREES
    message = "changed while the release ran: {shown}"
    hint = """
        Find out who did that: hooks and the build backend run in this job. If you did, run again;
        what sets git up belongs into a step before releasio."""
    changes: Sequence[str]

    @property
    def shown(self) -> str:
        """The first of them."""
        return shortened(self.changes, 10)
