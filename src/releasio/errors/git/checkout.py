"""What is checked out, where no release can be made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence


class NoCommits(ReleasioError):
    """
    The repository has no commit yet, so there is nothing a release could be made of.

    A release is made from commits only; files that lie beside them are not
    part of it. Commit the project first.
    """

    exit_code = DISAGREES
    message = "this repository has no commits yet"
    hint = "Commit the project first, then run again."


class DetachedHead(ReleasioError):
    """
    No branch is checked out, so the release commit would belong to none.

    A tag or commit was checked out by name, as GitHub does for tag builds and
    GitLab for all of them. A release that raises the version needs a branch to
    put its commit on.
    """

    exit_code = DISAGREES
    message = "HEAD is at {head:.8} and on no branch, but the release commit needs one"
    hint = (
        "git switch {branch:shell}; in GitHub Actions, check out the branch: with `ref: {branch}`; "
        'in GitLab CI, run before releasio: git checkout -B "$CI_COMMIT_BRANCH"'
    )
    head: str
    branch: str


class WrongBranch(ReleasioError):
    """
    The branch that is checked out is not one releases are made from.

    Releases come from `default_branch`, or from a branch that matches one of
    the `[branches]` channels. A branch such as 1.2.x gets a channel with the range of its
    versions.
    """

    exit_code = DISAGREES
    message = "the branch is {branch}, but releases are made from {wanted}"
    hint = (
        'git switch {wanted:shell}; or set default_branch = "{branch}", or add a channel: '
        '[branches.{channel}] match = "{branch}"{range:?, range = "%s"}'
    )
    branch: str
    wanted: str
    range: str = ""

    @property
    def channel(self) -> str:
        """A table's name that the branch could have: a bare key."""
        return "".join(
            letter if letter.isascii() and letter.isalnum() else "-" for letter in self.branch
        )


class DirtyTree(ReleasioError):
    """
    Files that git tracks have changes that are not committed.

    They would not be part of the release, which is made from commits only.
    """

    exit_code = DISAGREES
    message = "{paths:#tracked file} changed and not committed: {paths:shortened}"
    hint = "Commit or stash them, or release without them: allow_dirty = true"
    paths: Sequence[str]


class ShallowClone(ReleasioError):
    """
    The clone does not reach back to the last release.

    The version follows from the commits since the last release, and some of
    them are not in this clone. Guessing would give a wrong version, so nothing
    is proposed. When a release is executed, and not offline, releasio fetches
    what is missing by itself.
    """

    exit_code = DISAGREES
    message = """
        this clone is shallow: only {commits:#commit} to be seen from HEAD, and no complete way back
        to a release"""
    hint = """
        git fetch --unshallow --tags; in GitHub Actions, give actions/checkout `fetch-depth: 0`."""
    commits: int


class TagsMissing(ReleasioError):
    """
    The remote has tags of releases which this clone has the commits of, but not the tags.

    The version and the notes follow from the commits since the last release. Without
    its tag everything would look new. Nothing is fetched for a preview; when a release
    is executed, and not offline, releasio fetches the tags by itself.
    """

    exit_code = DISAGREES
    message = """
        this clone lacks {tags:/tag/tags} {tags:shortened} of {remote}, so what is new since then
        cannot be told"""
    hint = """
        git fetch --tags {remote:shell}; in GitHub Actions, give actions/checkout `fetch-depth:
        0`."""
    tags: Sequence[str]
    remote: str


class SubmoduleMissing(ReleasioError):
    """
    The build needs a submodule that is not checked out here, or not at the commit it must have.

    Distributions are built from exactly the release commit, its submodules included.
    They are taken from where they are checked out; nothing is fetched for them.
    """

    exit_code = DISAGREES
    message = "submodule {submodule} is not here at {commit:.8}, which the release commit names"
    hint = """
        git submodule update --init --recursive; in GitHub Actions, give actions/checkout
        `submodules: recursive`."""
    submodule: str
    commit: str
