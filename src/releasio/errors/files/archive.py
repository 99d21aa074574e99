"""Built files that are not packed as an index takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence


class WheelDamaged(ReleasioError):
    """
    A wheel has members that cannot be unpacked.

    The index would take the wheel without looking, and nobody could install it. A disk
    that ran full, or a tool that changed the wheel after it was built, leaves such files.
    """

    message = "nobody could install {files:listed}: {members} cannot be unpacked"
    hint = """
        Build it again: releasio build -x. If it stays so, look at what changes the wheel after the
        build (auditwheel, delocate, a hook)."""
    files: Sequence[str]
    members: str


class MembersDangerous(ReleasioError):
    """
    A built file has members that do harm where it is unpacked.

    They lie outside of the folder that is unpacked into, link out of it, are devices, or
    would run with the rights of somebody else. Installers refuse some of them, and other
    tools none. Nothing has been made public.
    """

    message = "{files:listed} would do harm where it is unpacked: {how}"
    hint = """
        Look for what puts them there: links in the repository, a build hook, or the build backend's
        settings for what goes into the files."""
    files: Sequence[str]
    how: str


class SecretsInside(ReleasioError):
    """
    A built file has members that by their names hold secrets.

    Such as `.env`, `.pypirc`, `.netrc`, private keys, or a `.git` folder, whose configuration
    often has a token. What is on an index can be read by everybody, and for ever.
    """

    message = "{files:listed} would publish {members}"
    hint = """
        Leave it out by the build backend's settings. If it is harmless, such as an example,
        publish.validate_before_publish = false lets it pass."""
    files: Sequence[str]
    members: str


class ArchiveTooLong(ReleasioError):
    """
    A built file has more in it than is unpacked to look at it.

    A file of a megabyte can be one of many gigabytes inside. It was left where the limit is.
    """

    message = "{files:listed} has {what} in it, and was not unpacked to be checked"
    hint = "Look at what the build backend puts into it."
    files: Sequence[str]
    what: str


class DistributionTooLarge(ReleasioError):
    """
    A built file is larger than any project's limit.

    Public indexes take files of 100 MiB, and 1 GiB at the most for projects that asked
    for more.
    """

    message = """
        the index would refuse {files:listed}: File too large. No project's limit is above 1 GB."""
    hint = """
        Leave out what need not be installed with the code: data, tests, debug symbols. The build
        backend's settings say what goes into the files."""
    files: Sequence[str]


class ArchiveRefused(ReleasioError):
    """
    The index would refuse a built file for what is, or is not, inside the archive.

    The message is the index's own; it is the same check, made before anything
    is public. Of a `.tar.gz` whose compressed data break off it says no more than
    `None`.
    """

    message = "the index would refuse {files:listed}: {words}"
    hint = "{remedy}"
    files: Sequence[str]
    words: str

    @property
    def remedy(self) -> str:
        """What to do about these words."""
        return next((text for part, text in _ARCHIVES.items() if part in self.words), _OF_BACKENDS)


_OF_BACKENDS = (
    "The build backend wrote it so: look at its settings for what goes into the files, or upgrade "
    "it."
)
# a stable fragment of the index's sentence, and what to do; the first match counts
_ARCHIVES = {
    "Duplicate filename": "The same file goes in twice: by its package, and by a setting that "
    "adds files (hatchling force-include, setuptools package-data). Take it out of one.",
    "Trailing data": "Something was written behind the end of the archive after it was built, "
    "such as a signature: let nothing change the files, or build them again.",
    "data descriptor": "The archive was written into a pipe. Let the tool that makes it write to "
    "a file; what `python -m build` makes is right.",
    " not accepted: Sparse": "tar was called with --sparse: make the sdist without it, best by "
    "`python -m build`.",
    " not accepted: ": "Its records contradict each other, so a tool changed it after it was "
    "built, or it is damaged: build it again.",
    "File is not a ": "It is empty, cut off, or something else by a wrong name: build it again.",
    "file. None": "Its compressed data break off, as after a full disk: build it again.",
    "compression ratio": "It is almost empty space: leave large files of zeros out of it.",
    "supported compression type": "Only stored and deflated members are taken: let the tool that "
    "zips use deflate.",
    "top-level directories": "An sdist has one folder, NAME-VERSION, and everything in it: make "
    "it by the build backend, not by packing the repository.",
    "PKG-INFO not found": "It was not made by a build backend, for these write PKG-INFO: `python "
    "-m build --sdist`.",
    "License-File": "Let [project] license-files in pyproject.toml name files that are committed, "
    "and that the build backend does not leave out.",
    "invalid entry points": "In [project.scripts], [project.gui-scripts] and "
    "[project.entry-points] use names of letters, digits, `_`, `.` and `-`.",
}


class LfsPointerPackaged(ReleasioError):
    """
    A built file has Git LFS pointers where the files themselves should be.

    git-lfs was not there when the release commit was checked out, or the files were not
    fetched, so three lines of text that name a file were packaged in its place. Who installs
    that gets nothing that works.
    """

    exit_code = DISAGREES
    message = "{archive} has a Git LFS pointer instead of {instead}"
    hint = """
        Install git-lfs and fetch the files: git lfs install, git lfs pull; in GitHub Actions,
        actions/checkout with lfs: true"""
    archive: str
    members: Sequence[str]

    @property
    def instead(self) -> str:
        """The first of the members, and how many others there are."""
        first, *others = self.members
        return f"{first} and {len(others)} others" if others else first
