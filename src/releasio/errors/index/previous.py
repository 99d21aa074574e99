"""A release beside the one before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Sequence


class FilesFewer(ReleasioError):
    """
    The release lacks files that the one before has.

    A job that builds the wheels for one system failed, or its files were not handed on.
    Published like that, pip takes an older release there, or builds from source and fails.
    Nothing has been made public. Wheels for a newer macOS or manylinux, for the stable
    ABI, or without compiled code count for those they replace; a Python that is older than all
    the release has wheels for may go; a pre-release may have fewer files.
    """

    exit_code = DISAGREES
    message = "{version} lacks what {previous} has: {files}"
    hint = """
        Build what is missing, and publish with all files. If it is meant to go:
        publish.allow_fewer_files = true, for this run by RELEASIO_PUBLISH_ALLOW_FEWER_FILES=true in
        the environment."""
    version: str
    previous: str
    lost: Sequence[str]

    @property
    def files(self) -> str:
        """Those that are missing, more of them than a sentence has otherwise."""
        return listed(self.lost, 8)


class ProjectNameRefused(ReleasioError):
    """
    The index would not create a project of this name.

    Names of modules in the standard library, and some that are easily mistaken, cannot be
    taken. Whether a name looks too much like one that exists only the index knows.
    """

    message = "{registry} has no project {project}, and would not take it: {words}"
    hint = "Choose another [project] name in pyproject.toml; what is imported can keep its name."
    project: str
    registry: str
    words: str
