"""What git says no to, and remotes that cannot be reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, NO_CREDENTIAL, USAGE, ReleasioError
from releasio.text.command_line import quoted
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from dataclasses import KW_ONLY

_LOCK = pattern(r"'([^']+\.lock)': File exists")
# what git says when it cannot follow, and what to do about that
_IN_THE_WAY = {
    "quota exceeded": "Make space within your quota",
    "insufficient permission": "Give yourself the right to write there",
    "permission denied": "Give yourself the right to write there",
    "read-only file system": "Make it writable",
    "untracked working tree files": "Move these files away",
    "local changes": "Commit or stash your changes",
}


def _way_out(said: str) -> str:
    """Return what to do about what git *said*; empty: that is not known."""
    from releasio.text.full_disk import tells_full_disk  # a preview meets none

    words = said.lower()
    remedies = (remedy for reason, remedy in _IN_THE_WAY.items() if reason in words)
    return next(remedies, "Make space on the disk" if tells_full_disk(said) else "")


class GitMissing(ReleasioError):
    """
    The program `git` was not found.

    releasio reads history, commits, tags and pushes with the git that is
    installed, so that its configuration, credentials and hooks apply.
    """

    exit_code = USAGE
    message = "git is not on PATH"
    hint = "Install git 2.31 or newer."


class GitFailed(ReleasioError):
    """
    A git command failed in a way releasio does not know.

    What git said is shown as it came.
    """

    message = "git {command} exited with {status}: {said:?%s|it said nothing}"
    hint = "{remedy:?%s, then run again.}"
    command: str
    status: int
    said: str

    @property
    def remedy(self) -> str:
        """What to do about it, where git's words are known."""
        return _way_out(self.said)


class RefMoved(ReleasioError):
    """
    A ref of the local repository changed while releasio was working.

    Something else, most likely another program, moved or created it.
    """

    exit_code = DISAGREES
    message = "{ref} is not what it was: {said}"
    hint = "Run again."
    ref: str
    said: str


class RepositoryLocked(ReleasioError):
    """
    Another git holds a lock that is needed, or one that died has left it.

    git makes a file whose name ends in `.lock` as long as it changes something. What git
    left when a run of releasio was killed is removed by the next one; any other lock may be of
    a git that is at work, so it is only named.
    """

    exit_code = DISAGREES
    message = "{what} cannot be changed: another git holds {lock}, or one that died has left it"
    hint = "{remedy}, then run again."
    what: str
    lock: str

    @property
    def remedy(self) -> str:
        """What to do, before whatever comes next."""
        return f"If no other git is at work here: rm {quoted(self.lock)}"


class NoIdentity(ReleasioError):
    """
    git does not know who makes the release commit.

    A commit and an annotated tag carry a name and an address.
    """

    exit_code = USAGE
    message = "git does not know who commits: user.name or user.email is not set"
    hint = 'git config user.name "Your Name"; git config user.email you@example.org'


class CommitRefused(ReleasioError):
    """
    A commit hook of the repository refused the release commit.

    Hooks that reformat files are given a second chance with what they changed.
    A hook that refuses twice has to be satisfied: by the settings that shape
    the commit's message and files, or in the hook itself.
    """

    message = "the repository's commit hooks refuse the release commit:\n{said}"
    hint = """
        Nothing was changed. Satisfy the hook, or let it pass commits that begin with the release
        message, then run again."""
    said: str


class VersionChangedByHook(ReleasioError):
    """
    The release commit does not say the version that is released.

    A hook of git's, or one of the settings, changed the file with the version or left it out
    of the commit. The tag would stand for a commit of another version.
    """

    exit_code = DISAGREES
    message = "{path} of the release commit should say {version}: {what}"
    hint = """
        Nothing was changed. Look at git's hooks (pre-commit, commit-msg) and at the hooks of the
        settings: one of them changes {path}, or leaves it out."""
    path: str
    version: str
    what: str


class SigningFailed(ReleasioError):
    """
    git could not sign the commit or the tag.

    `commit.gpgSign` or `tag.gpgSign` asks for a signature, and the signing
    program did not give one.
    """

    message = "the {what} could not be signed:\n{said}"
    hint = """
        Nothing was pushed. Make this work first: {by_hand}. Or release unsigned: git config
        {what}.gpgSign false"""
    what: str
    said: str

    @property
    def by_hand(self) -> str:
        """The command that signs one without releasio."""
        return "git tag -s -m test test" if self.what == "tag" else "git commit -S --allow-empty"


class FastForwardRefused(ReleasioError):
    """
    The local branch could not follow to the release commit.

    The release itself is public and complete. Local changes to a file that the
    release commit touches, or commits of your own, are in the way; or git could not
    write, for want of space, say. Once that is mended `git pull` moves the branch.
    """

    exit_code = DISAGREES
    message = """
        your branch was left where it is, {diverged:?beside|behind} the release commit {commit:.8}:
        {reason}"""
    hint = "{remedy:?%s, then: |}{half_way:?releasio release --execute|git pull --rebase}"
    commit: str
    said: str
    _: KW_ONLY
    half_way: bool = False  # files are as a landing left them that was cut short
    diverged: bool = False  # neither has all the commits of the other

    @property
    def reason(self) -> str:
        """What git said, or what it means."""
        return "it has commits of its own" if self.diverged else self.said.rstrip(".")

    @property
    def remedy(self) -> str:
        """What to do about that before the branch can follow."""
        if self.diverged:
            return ""
        if lock := _LOCK.search(self.said):
            return f"If no other git is at work here: rm {quoted(lock[1])}"
        return _way_out(self.said) or "Mend what git names"


class RemoteUnreachable(ReleasioError):
    """
    The git remote did not answer.

    Running again later goes on from where this run stopped.
    """

    exit_code = NO_ANSWER
    message = "{remote} cannot be reached: {said}"
    hint = "Check the network, and with `git ls-remote {remote:shell}` the address; then run again."
    remote: str
    said: str


class RemoteNotFound(ReleasioError):
    """
    There is no repository at the remote's address, or it hides from this account.

    Servers answer the same for a private repository and one that does not
    exist.
    """

    exit_code = DISAGREES
    message = "there is no repository at the address of {remote}, or it may not be seen: {said}"
    hint = """
        Look at the address: git remote get-url {remote:shell}. If it is right, the credential git
        uses has no access to it."""
    remote: str
    said: str


class RemoteAuthFailed(ReleasioError):
    """
    The git remote does not accept the credential, or there is none.

    git is asked without a terminal, so it cannot ask back: the credential must
    come from a helper, an SSH agent or, in GitHub Actions, actions/checkout.
    """

    exit_code = NO_CREDENTIAL
    message = "{remote} does not accept git's credential: {said}"
    remote: str
    said: str
    _: KW_ONLY
    hint: str = """
        In GitHub Actions the job needs `permissions: contents: write`; where releasio runs without
        its Action, actions/checkout must also keep its credential (as it does by default).
        Elsewhere, make this work first: git fetch {remote:shell}"""

    @property
    def asks_login(self) -> bool:
        """Whether no credential was there to be refused."""
        words = ("could not read username", "could not read password", "terminal prompts disabled")
        return any(each in self.said.lower() for each in words)


class RemoteReadOnly(ReleasioError):
    """
    The repository takes no pushes, whoever sends them.

    It is archived, a mirror of another one, or its server is being maintained. Nothing was
    pushed.
    """

    exit_code = DISAGREES
    message = "{remote} takes no pushes: {said}"
    hint = """
        Unarchive the repository in its settings, or let the remote have the address that pushes go
        to: git remote set-url {remote:shell} URL"""
    remote: str
    said: str
