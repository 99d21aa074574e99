"""What stands in the way of a release and its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, NO_ANSWER, ReleasioError
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY
    from datetime import datetime


class FileChanged(ReleasioError):
    """
    A file is not what the plan was made from.

    Between planning and writing, something else changed it: an editor, another
    program, or a `pre_bump` hook. What a preview showed would no longer be what
    happens, so nothing is written.
    """

    exit_code = DISAGREES
    message = "{path} changed after the plan was made"
    hint = "Run again. If a pre_bump hook changes it, make it a post_bump hook."
    path: str


class NotOnStaging(ReleasioError):
    """
    The staging registry does not show the files that were uploaded to it.

    The release goes on to the registry it is for only when the staging registry has
    every file with its sha256. Tag and branch are public by then; the same command
    looks again and goes on.
    """

    exit_code = NO_ANSWER
    message = "{registry} took the files, but they are not to be seen there: {why}"
    hint = """
        Run the same command again: its pages may be cached for some minutes. To go on without,
        leave publish.staging (or the route's staging) out."""
    registry: str
    missing: Sequence[str]
    trouble: str
    _: KW_ONLY
    waited: float

    @property
    def why(self) -> str:
        """What kept them from being looked for, or which are missing."""
        return self.trouble or f"{listed(self.missing)} cannot be seen after {self.waited:.0f} s"


class FileDiffers(ReleasioError):
    """
    The index has a file of this name with other bytes.

    Files on an index cannot be replaced. Either the version was built and
    uploaded before from something else, or the build is not reproducible: then the
    message tells that only time stamps differ, or which members do.

    A release whose tag is public, and that meets such a file, can never be finished. It stays in
    the way of later ones until another version is asked for with `--version`; from then
    on releases go on as usual.
    """

    exit_code = DISAGREES
    lasting = True
    message = "{name} on {registry} has sha256 {there}, {whose} {here}{how:?; %s}"
    hint = """
        A file on an index is never replaced{instead}{how:?. What a build changes from one time to
        the next: releasio build --check-reproducible}"""
    name: str
    registry: str
    _: KW_ONLY
    here: str
    there: str
    version: str  # empty: a later one is out already
    command: str  # that releases the next one
    whose: str = "the one here has"
    how: str = ""

    @property
    def instead(self) -> str:
        """What to do instead."""
        if not self.version:
            return f": release a new version{'' if self.how else '.'}"
        return (
            f", so {self.version} cannot be finished on {self.registry}, and by itself releasio "
            f"would try again. Go on with the next version: {self.command}"
        )


class ReleaseClosed(ReleasioError):
    """
    A release is too old to be finished.

    PyPI and TestPyPI take no new files for a release 14 days after its first one. What is
    there stays as it is; the missing files come with the next version.
    """

    exit_code = DISAGREES
    lasting = True
    message = """
        {registry} takes no files for {project} {version} any more, since {since:%Y-%m-%d %H:%M}
        UTC; {missing:listed} will never be there"""
    hint = """
        Release a new version ({command}): it begins with all its files. If the incomplete one does
        harm, yank it on {registry}."""
    project: str
    version: str
    registry: str
    missing: Sequence[str]
    _: KW_ONLY
    since: datetime
    command: str


class VersionOnIndex(ReleasioError):
    """
    The index already has files of the version that is about to be released.

    Version numbers on an index are used once, even if the tag is missing here.
    """

    exit_code = DISAGREES
    message = "{project} {version} is on {registry} already, with {files:#file}"
    hint = """
        Tag the commit it was built from, so that releasio knows of it, or choose the next version
        with --version."""
    project: str
    version: str
    registry: str
    files: int


class NothingToYank(ReleasioError):
    """
    The index has no file of the version that is to be yanked.

    It was never uploaded there, or it was deleted. An index may also serve an old page for some
    minutes after an upload.
    """

    exit_code = DISAGREES
    message = "{registry} has no files of {project} {version}, so there is nothing to yank"
    hint = "Look which versions it has; --registry names another index."
    project: str
    version: str
    registry: str


class FilesMissing(ReleasioError):
    """
    The index lacks files that the release's tag names.

    The upload was interrupted, or the index does not list the files yet.
    """

    exit_code = DISAGREES
    message = "{registry} does not list {names:listed}, which {tag} names"
    hint = "{remedy}"
    tag: str
    names: Sequence[str]
    registry: str
    _: KW_ONLY
    finishable: bool = True

    @property
    def remedy(self) -> str:
        """What to do, if anything can be done."""
        if self.finishable:
            return (
                "releasio release --execute uploads what is left. Right after an upload, wait: an "
                "index may serve an old page for ten minutes."
            )
        they = "They" if self.names[1:] else "It"
        return f"{they} will never be there: the release cannot be finished."


class NotVisibleYet(ReleasioError):
    """
    A release of the last hour is not to be seen on the index in full.

    Installers are served pages that may be ten minutes old, sometimes older. Either the
    files are on their way, or the upload was interrupted; `releasio status` tells, in the
    clone that released.
    """

    exit_code = NO_ANSWER
    message = """
        {registry} does not show {names:listed} yet, which {tag} names; looked for it for
        {waited:.0f} s"""
    hint = "Look again in some minutes; `releasio release --execute` uploads what is left."
    tag: str
    names: Sequence[str]
    registry: str
    _: KW_ONLY
    waited: float


class TagHasNoFiles(ReleasioError):
    """
    The tag does not say which files belong to the release.

    releasio writes names and hashes of all files into the tags it makes. This
    one is of a release without uploads, or was made by hand or by another tool. Where
    releasio published it all the same, the clone that did keeps a record of the files, and
    compares the index with that.
    """

    exit_code = DISAGREES
    message = "{tag} names no files, so there is nothing to compare the index with"
    hint = """
        A release without uploads (--skip-publish) has none. Else only tags made by releasio 3 and
        newer name them; a tag made by hand can be verified in the clone that releasio published it
        from."""
    tag: str


class AnotherRun(ReleasioError):
    """
    Another releasio is at work in this repository.

    The lock is given back by the operating system when that process ends,
    however it ends; there is no lock file to delete.
    """

    exit_code = DISAGREES
    message = "{pid:?process %s|another process} is releasing in this repository"
    hint = "Wait until it has ended, then run again."
    pid: int | None


class LockImpossible(ReleasioError):
    """
    The system cannot lock the file that keeps two runs in one repository apart.

    Some network file systems have no locks, or only while a service of theirs
    runs. Without the lock two runs could change the same branch and files at once,
    so nothing is begun.
    """

    message = "{file} cannot be locked: {reason}"
    hint = """
        Release from a clone on a disk of this machine, or have the file server's locks turned
        on."""
    file: str
    reason: str


class NotAsTagged(ReleasioError):
    """
    A file that was built again is not the one the public tag names.

    The tag of a release names each file with its sha256. To finish the release
    from another clone the files are built again from the same commit; that only
    works if the build gives the same bytes. It cannot where they were built elsewhere and given
    to `releasio publish`: wheels of several platforms, say. Whoever has those gives them again.
    """

    exit_code = DISAGREES
    message = """
        {name} {tagged:?has sha256 %s in the tag|is not named in the tag}, but {here:?was built with
        %s|was not built}"""
    hint = """
        Finish the release with the files that the tag names. If releasio built them: where it was
        begun, for they are kept in that clone, in .git/releasio. If they were built elsewhere: give
        the very same ones again, releasio publish FOLDER --execute. If nobody has them any more, go
        on with the next version, {command}"""
    name: str
    _: KW_ONLY
    here: str | None
    tagged: str | None
    command: str
