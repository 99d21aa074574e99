"""What keeps branch and tag of a release from being pushed."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class TagTaken(ReleasioError):
    """
    The tag of this release already names another commit.

    A tag that others may have fetched is never moved. Either the version was
    released before, or an earlier attempt left the tag.
    """

    exit_code = DISAGREES
    message = """
        tag {tag} points at {found:.8}, but this release {wanted:?is %.8s|makes a commit of its
        own}"""
    hint = """
        If {tag} was never published, delete it (git tag -d {tag:shell}; git push --delete origin
        {tag:shell}); else release the next version with --version."""
    tag: str
    _: KW_ONLY
    found: str
    wanted: str | None


class TagMoved(ReleasioError):
    """
    Somebody moved the tag of a release on the remote.

    Its files on the index were built from the commit that it named before, and nothing of it is
    finished while the two disagree.
    """

    exit_code = DISAGREES
    message = "tag {tag} points at {found:.8} on {remote}, and at {here:.8} here: somebody moved it"
    hint = """
        If {here:.8} was released, put it back: git push --force {remote:shell} tag {tag:shell};
        else take the one of {remote}: git fetch --force {remote:shell} tag {tag:shell}."""
    tag: str
    remote: str
    _: KW_ONLY
    found: str
    here: str


class TagNameBlocked(ReleasioError):
    """
    A tag whose name begins with another tag's name and a slash is in the way.

    git keeps tags like files and directories, so `v1.0.0` and `v1.0.0/old`
    cannot both exist. Nothing was pushed.
    """

    exit_code = DISAGREES
    message = "tag {tag} cannot be made beside tag {other}"
    hint = """
        If {other} was never published, delete it: git tag -d {other:shell}; else choose another
        version.tag_prefix."""
    tag: str
    other: str


class BranchMoved(ReleasioError):
    """
    The branch on the remote has commits that are not here.

    The release would have to overwrite or skip them. Nothing was pushed.
    """

    exit_code = DISAGREES
    message = "{branch} on {remote}{found:? (%.8s)} has commits that are not in this clone"
    hint = "git pull --rebase {remote:shell} {branch:shell}, then run again."
    branch: str
    remote: str
    _: KW_ONLY
    found: str


class NoRemote(ReleasioError):
    """
    The repository has no remote to push the release to.

    The push of branch and tag is the moment a release becomes public, and the
    tag on the remote is what keeps two runs apart.
    """

    exit_code = DISAGREES
    message = "this repository has no remote to push the release to"
    hint = """
        git remote add origin URL; of several, choose one: git config remote.pushDefault NAME; or
        try everything without one: releasio rehearse"""


class PushRaced(ReleasioError):
    """
    Somebody else changed a branch or tag of the remote in the meantime.

    The push was sent with the values the remote had, and these are no longer
    true. Nothing was pushed: branch and tag go together or not at all.
    """

    exit_code = DISAGREES
    message = "{ref} changed on the remote in the meantime; nothing was pushed"
    hint = "git fetch, look at what is new, and run again."
    ref: str


class PushRefused(ReleasioError):
    """
    The remote's rules forbid the push.

    Branch or tag protection, a repository rule or a hook on the server said
    no. Nothing was pushed: branch and tag go together or not at all.
    """

    exit_code = DISAGREES
    message = "{remote} refuses the push; nothing was pushed:\n{said}"
    remote: str
    said: str
    _: KW_ONLY
    hint: str


class BranchDemands(ReleasioError):
    """
    The branch takes no release commit by a push of this token: its rules demand more.

    The forge was asked before anything was changed. A release pull request is one way on, where
    after the merge the tag is all that is pushed; whoever may bypass the rules is another.
    """

    exit_code = DISAGREES
    message = "{branch} on {forge} demands {demands:and}{reason:? (%s)}"
    branch: str
    forge: str
    demands: Sequence[str]
    _: KW_ONLY
    reason: str
    hint: str


class TagDemands(ReleasioError):
    """
    The rules of the forge keep this token from making the tag.

    The forge was asked before anything was changed.
    """

    exit_code = DISAGREES
    message = "{forge} does not let this token make the tag {tag}{reason:? (%s)}"
    tag: str
    forge: str
    _: KW_ONLY
    reason: str
    hint: str


class PrePushHookFailed(ReleasioError):
    """
    This clone's `pre-push` hook ended with a failure, so git did not push.

    git runs it before each push, a release's included. The remote refused nothing,
    and has nothing of the release.
    """

    message = """
        this clone's pre-push hook stopped the push to {remote}; nothing was
        pushed{said:?:|, and it said nothing}{tail:indented}"""
    hint = """
        Satisfy or mend the hook {hook:shell}, then run again. To run it alone: git push --dry-run
        {remote:shell} HEAD"""
    remote: str
    hook: str
    tail: Sequence[str]

    @property
    def said(self) -> bool:
        """Whether it wrote anything."""
        return any(line.strip() for line in self.tail)


class ReleasedElsewhere(ReleasioError):
    """
    Another run released this version from the same commit, and was faster.

    Of two runs that start at the same time the remote takes one tag. The other
    run ends before it uploads anything, unless the index still lacks files of that
    release when it begins: then it finishes it. There is nothing to repair; the
    exit code is 0.
    """

    exit_code = 0
    message = "{tag} was released by another run: commit {commit:.8} by {author}, {when}"
    hint = "This run pushed and uploaded nothing. To follow: git pull --rebase --tags"
    tag: str
    _: KW_ONLY
    commit: str
    author: str
    time: int

    @property
    def when(self) -> str:
        """Day and minute."""
        return datetime.fromtimestamp(self.time, UTC).strftime("%Y-%m-%d %H:%M UTC")
