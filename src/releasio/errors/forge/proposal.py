"""What keeps a release pull request from being opened or brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class ProposedElsewhere(ReleasioError):
    """
    Another run brought the release pull request up to date, and was faster.

    Of two runs that start at the same time the remote takes one push. The other run ends, and
    its work is done: what it would have proposed is proposed, or a run for newer commits is on
    its way. The exit code is 0.
    """

    exit_code = 0
    message = "{branch} on {remote} was moved by another run meanwhile"
    hint = "Nothing was pushed from here. The next run goes on from what is there now."
    branch: str
    remote: str


class ProposalConflicts(ReleasioError):
    """
    A commit that somebody made on the branch of the release pull request does not fit any more.

    The branch is made anew from its base each time, and commits of people are put on top of
    it. This one changes lines that were changed on the base as well. Nothing was pushed.
    """

    exit_code = DISAGREES
    message = """
        commit {commit:.8} on {branch} ({subject}) does not go on top of {base} any more:
        {paths:listed}"""
    hint = """
        Bring it there yourself, then run again: git switch {branch:shell}; git rebase
        {remote:shell}/{base:shell}; git push --force-with-lease. Or take the commit off the
        branch."""
    branch: str
    _: KW_ONLY
    base: str
    remote: str
    commit: str
    subject: str
    paths: Sequence[str]


class ProposalBranchTaken(ReleasioError):
    """
    The branch of the release pull request has commits, and none is a release commit.

    Somebody uses a branch of this name for something else, or rewrote the release commit under
    other words. It is not overwritten.
    """

    exit_code = DISAGREES
    message = "{branch} on {remote} is not what releasio made: {found}"
    hint = """
        Put what is to stay into a commit of its own, on the base or on top of the release
        commit; delete the branch (git push --delete {remote:shell} {branch:shell}), or set
        github.release_pr_branch; then run again."""
    branch: str
    remote: str
    found: str


class BaseNotPushed(ReleasioError):
    """
    The commit that is checked out is not on the remote's branch.

    A release pull request would bring along commits that nobody was asked about.
    """

    exit_code = DISAGREES
    message = "{branch} here has commits that {remote} does not have"
    hint = "git push {remote:shell} {branch:shell}, then run again."
    branch: str
    remote: str
