"""What git or the remote refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, NO_CREDENTIAL, USAGE, ReleasioError
from releasio.rules.command_line import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence


class GitMissing(ReleasioError):
    """
    The program `git` was not found.

    releasio reads history, commits, tags and pushes with the git that is
    installed, so that its configuration, credentials and hooks apply.
    """

    code = "git-missing"
    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__("git is not on PATH", hint="Install git 2.31 or newer.")


class GitFailed(ReleasioError):
    """
    A git command failed in a way releasio does not know.

    What git said is shown as it came.
    """

    code = "git-failed"

    def __init__(self, command: str, status: int, said: str) -> None:
        super().__init__(f"git {command} exited with {status}: {said or 'it said nothing'}")


class UnsafeRepository(ReleasioError):
    """
    The repository belongs to another user, so git refuses to read it.

    This is usual in containers, where the checkout belongs to the host's user.
    git must be told that the directory is to be trusted.
    """

    code = "unsafe-repository"
    exit_code = USAGE

    def __init__(self, path: str, *, remedy: str) -> None:
        super().__init__(
            f"{path} belongs to another user, so git refuses to read it",
            hint=f"If you trust it: {remedy}",
        )


class ShallowClone(ReleasioError):
    """
    The clone does not reach back to the last release.

    The version follows from the commits since the last release, and some of
    them are not in this clone. Guessing would give a wrong version, so nothing
    is proposed. When a release is executed, and not offline, releasio fetches
    what is missing by itself.
    """

    code = "shallow-clone"
    exit_code = DISAGREES

    def __init__(self, commits: int) -> None:
        have = "only 1 commit" if commits == 1 else f"only {commits} commits"
        super().__init__(
            f"this clone is shallow: {have} to be seen from HEAD, and no complete way back to a "
            "release",
            hint="git fetch --unshallow --tags; in GitHub Actions, give actions/checkout "
            "`fetch-depth: 0`.",
        )


class TagsMissing(ReleasioError):
    """
    The remote has tags of releases which this clone has the commits of, but not the tags.

    The version and the notes follow from the commits since the last release. Without
    its tag everything would look new. Nothing is fetched for a preview; when a release
    is executed, and not offline, releasio fetches the tags by itself.
    """

    code = "tags-missing"
    exit_code = DISAGREES

    def __init__(self, tags: Sequence[str], remote: str) -> None:
        rest = f" and {len(tags) - 3} more" if tags[3:] else ""
        super().__init__(
            f"this clone lacks tag{'' if len(tags) == 1 else 's'} {', '.join(tags[:3])}{rest} of "
            f"{remote}, so what is new since then cannot be told",
            hint=f"git fetch --tags {quoted(remote)}; in GitHub Actions, give actions/checkout "
            "`fetch-depth: 0`.",
        )


class SubmoduleMissing(ReleasioError):
    """
    The build needs a submodule that is not checked out here, or not at the commit it must have.

    Distributions are built from exactly the release commit, its submodules included.
    They are taken from where they are checked out; nothing is fetched for them.
    """

    code = "submodule-missing"
    exit_code = DISAGREES

    def __init__(self, path: str, commit: str) -> None:
        super().__init__(
            f"submodule {path} is not here at {commit[:8]}, which the release commit names",
            hint="git submodule update --init --recursive; in GitHub Actions, give "
            "actions/checkout `submodules: recursive`.",
        )


class RefMoved(ReleasioError):
    """
    A ref of the local repository changed while releasio was working.

    Something else, most likely another program, moved or created it.
    """

    code = "ref-moved"
    exit_code = DISAGREES

    def __init__(self, ref: str, said: str) -> None:
        super().__init__(f"{ref} is not what it was: {said}", hint="Run again.")


class NoIdentity(ReleasioError):
    """
    git does not know who makes the release commit.

    A commit and an annotated tag carry a name and an address.
    """

    code = "no-identity"
    exit_code = USAGE

    def __init__(self) -> None:
        super().__init__(
            "git does not know who commits: user.name or user.email is not set",
            hint='git config user.name "Your Name"; git config user.email you@example.org',
        )


class CommitRefused(ReleasioError):
    """
    A commit hook of the repository refused the release commit.

    Hooks that reformat files are given a second chance with what they changed.
    A hook that refuses twice has to be satisfied: by the settings that shape
    the commit's message and files, or in the hook itself.
    """

    code = "commit-refused"

    def __init__(self, said: str) -> None:
        super().__init__(
            f"the repository's commit hooks refuse the release commit:\n{said}",
            hint="Nothing was changed. Satisfy the hook, or let it pass commits that begin with "
            "the release message, then run again.",
        )


class SigningFailed(ReleasioError):
    """
    git could not sign the commit or the tag.

    `commit.gpgSign` or `tag.gpgSign` asks for a signature, and the signing
    program did not give one.
    """

    code = "signing-failed"

    def __init__(self, what: str, said: str) -> None:
        by_hand = "git tag -s -m test test" if what == "tag" else "git commit -S --allow-empty"
        super().__init__(
            f"the {what} could not be signed:\n{said}",
            hint=f"Nothing was pushed. Make this work first: {by_hand}. Or release unsigned: "
            f"git config {what}.gpgSign false",
        )


class FastForwardRefused(ReleasioError):
    """
    The local branch could not follow to the release commit.

    The release itself is public and complete. Local changes to a file that the
    release commit touches, or commits of your own, are in the way.
    """

    code = "fast-forward-refused"
    exit_code = DISAGREES

    def __init__(self, commit: str, said: str) -> None:
        super().__init__(
            f"your branch was left where it is, behind the release commit {commit[:8]}: {said}",
            hint="Commit or stash your changes, then: git pull --rebase",
        )


class PushRaced(ReleasioError):
    """
    Somebody else changed a branch or tag of the remote in the meantime.

    The push was sent with the values the remote had, and these are no longer
    true. Nothing was pushed: branch and tag go together or not at all.
    """

    code = "push-raced"
    exit_code = DISAGREES

    def __init__(self, ref: str) -> None:
        super().__init__(
            f"{ref} changed on the remote in the meantime; nothing was pushed",
            hint="git fetch, look at what is new, and run again.",
        )
        self.ref = ref


class PushRefused(ReleasioError):
    """
    The remote's rules forbid the push.

    Branch or tag protection, a repository rule or a hook on the server said
    no. Nothing was pushed: branch and tag go together or not at all.
    """

    code = "push-refused"
    exit_code = DISAGREES

    def __init__(self, remote: str, said: str, *, remedy: str) -> None:
        super().__init__(f"{remote} refuses the push; nothing was pushed:\n{said}", hint=remedy)


class RemoteUnreachable(ReleasioError):
    """
    The git remote did not answer.

    Running again later goes on from where this run stopped.
    """

    code = "remote-unreachable"
    exit_code = NO_ANSWER

    def __init__(self, remote: str, said: str) -> None:
        super().__init__(
            f"{remote} cannot be reached: {said}",
            hint=f"Check the network, and with `git ls-remote {quoted(remote)}` the address; then "
            "run again.",
        )


class RemoteNotFound(ReleasioError):
    """
    There is no repository at the remote's address, or it hides from this account.

    Servers answer the same for a private repository and one that does not
    exist.
    """

    code = "remote-not-found"
    exit_code = DISAGREES

    def __init__(self, remote: str, said: str) -> None:
        super().__init__(
            f"there is no repository at the address of {remote}, or it may not be seen: {said}",
            hint=f"Look at the address: git remote get-url {quoted(remote)}. If it is right, the "
            "credential git uses has no access to it.",
        )


class RemoteAuthFailed(ReleasioError):
    """
    The git remote does not accept the credential, or there is none.

    git is asked without a terminal, so it cannot ask back: the credential must
    come from a helper, an SSH agent or, in GitHub Actions, actions/checkout.
    """

    code = "remote-auth-failed"
    exit_code = NO_CREDENTIAL

    def __init__(self, remote: str, said: str) -> None:
        super().__init__(
            f"{remote} does not accept git's credential: {said}",
            hint="In GitHub Actions the job needs `permissions: contents: write`; where releasio "
            "runs without its Action, actions/checkout must also keep its credential (as it does "
            "by default). "
            f"Elsewhere, make this work first: git fetch {quoted(remote)}",
        )
