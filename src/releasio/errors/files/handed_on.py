"""What one job of a release hands on to the next: a commit in a bundle, and built files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY

_AGAIN = "Run the whole workflow again: it prepares and builds the release anew."


class BundleMissing(ReleasioError):
    """
    The release commit was not handed on to this job.

    The stage `prepare` leaves it in `dist/releasio.bundle`, a git bundle; the stages `build` and
    `publish` take it from there, or from a folder in `dist/`.
    """

    exit_code = DISAGREES
    message = "{folder} has no releasio.bundle"
    hint = """
        Prepare first: releasio release --stage prepare --execute; in CI, download what that job
        uploaded into dist/."""
    folder: str


class BundleInvalid(ReleasioError):
    """
    The bundle cannot be read, or has something else than one release commit.

    It was cut off, made by another program, or made of a commit that git does not take.
    """

    exit_code = DISAGREES
    message = "{path} is not a release that was prepared: {problem}"
    hint = _AGAIN
    path: str
    problem: str


class BundlesDiffer(ReleasioError):
    """
    Several bundles were handed on, and they are not of the same commit.

    They come from different runs, or one job changed what another prepared.
    """

    exit_code = DISAGREES
    message = "{paths:and} are of different commits: {commits:and}"
    hint = "Download what the job uploaded that prepared the release, and no other bundle."
    paths: Sequence[str]
    commits: Sequence[str]


class BundleOfAnother(ReleasioError):
    """
    The bundle has another commit, or another tag, than was prepared.

    Both were given by `--commit` and `--tag`, which a job takes from the job that prepared them;
    and a tag must fit the version that the files of the commit say. What came between may have
    replaced the bundle.
    """

    exit_code = DISAGREES
    message = "{path} has {what} {found}, and {wanted} was prepared"
    hint = """
        Nothing was pushed or uploaded. Look which job replaced the bundle; a job that builds has no
        need to upload one."""
    path: str
    what: str
    _: KW_ONLY
    found: str
    wanted: str


class PreparedElsewhere(ReleasioError):
    """
    The release was prepared on a commit that this checkout does not have.

    Each job of a release checks out the commit that the workflow was started for, or one that
    came after it.
    """

    exit_code = DISAGREES
    message = "{path} was prepared on {base:.8}, which is not in the history of what is checked out"
    hint = """
        Check out the same branch in each job, with fetch-depth: 0. If somebody has rewritten the
        branch, run the whole workflow again."""
    path: str
    base: str


class NothingToTake(ReleasioError):
    """
    The folder that another program was to build into has no distribution.

    The stage `build` takes wheels and `.tar.gz` source distributions from it.
    """

    exit_code = DISAGREES
    message = "there is no wheel and no .tar.gz in {folder}"
    hint = "Build into it first, or name another folder: --dist FOLDER"
    folder: str


class RecordsDiffer(ReleasioError):
    """
    Records of several builds contradict each other.

    Every build of a release makes its own files, of one commit, and writes down their hashes.
    Two that name the same file with different hashes, or are of different commits, are not of
    one release.
    """

    exit_code = DISAGREES
    message = "the records of what was built contradict each other:{points:indented}"
    hint = """
        Build all files of a release from the same dist/releasio.bundle, and each file in one job
        only."""
    points: Sequence[str]


class FilesUnrecorded(ReleasioError):
    """
    Files of the release are there that no record names.

    Only what a record names by its hash is published. Files of another builder are recorded by
    the stage `build`, too: `--dist` says where they are.
    """

    exit_code = DISAGREES
    message = "no record names {names:listed} in {folder}"
    hint = """
        Record them where they are built: releasio release --stage build --dist FOLDER --execute; or
        leave them out of what is handed on."""
    names: Sequence[str]
    folder: str


class RecordOfOtherCommit(ReleasioError):
    """
    The files were built from another commit, or under another tag, than is released.

    They come from another run of the workflow, or from a job that did not take the bundle.
    """

    exit_code = DISAGREES
    message = """
        the files were built from {found:.8} as {tag}, and {wanted:.8} is released as {as_tag}"""
    hint = _AGAIN
    found: str
    tag: str
    _: KW_ONLY
    wanted: str
    as_tag: str


class BranchWentOn(ReleasioError):
    """
    The branch went on while the release waited, and cannot take its commit.

    Files were built and approved from the release commit, so it is pushed as it is, and the branch
    gets it by a merge commit. That is only done where nothing is in doubt: where no file was
    changed on the same lines by both, and the changelog not at all. Nothing was pushed.
    """

    exit_code = DISAGREES
    message = """
        {branch} on {remote} went on to {found:.8} while the release waited, and changed what the
        release changes: {paths:listed}"""
    hint = f"Nothing is public. {_AGAIN}"
    branch: str
    remote: str
    _: KW_ONLY
    found: str
    paths: Sequence[str]


class BranchRewritten(ReleasioError):
    """
    Somebody took commits off the branch while the release waited, and it is based on them.

    A merge would bring them back. Nothing was pushed.
    """

    exit_code = DISAGREES
    message = """
        {branch} on {remote} was rewritten while the release waited: {base:.8}, which the release is
        based on, is not on it any more"""
    hint = f"Nothing is public. {_AGAIN}"
    branch: str
    remote: str
    base: str


class Overtaken(ReleasioError):
    """
    Another run released this version while this one waited.

    The remote takes a tag once. Two runs of a workflow are kept apart by a concurrency group.
    """

    exit_code = DISAGREES
    message = """
        {tag} is public and names {found:.8}, but {wanted:.8} was prepared as {tag}: another run was
        faster"""
    hint = f"Nothing was pushed or uploaded from here. {_AGAIN}"
    tag: str
    _: KW_ONLY
    found: str
    wanted: str


class BuiltAnew(ReleasioError):
    """
    The tag is public, and the files were built once more since, with other bytes.

    The tag names the files of the release by their hashes, and some may be on the index already.
    Only those files finish it.
    """

    exit_code = DISAGREES
    message = "{tag} is public, and names other files than these: {names:listed}"
    hint = """
        Publish the files that were built then: in GitHub Actions, open the run that pushed the tag
        and choose Re-run failed jobs, not all jobs."""
    tag: str
    names: Sequence[str]
