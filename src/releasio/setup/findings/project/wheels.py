"""Wheels that went missing."""

from __future__ import annotations

from releasio.setup.finding import Finding


class FilesFewerThanBefore(Finding):
    """
    The newest release has not all the files that the one before had.

    Where a job of a matrix failed or was dropped, a release goes out without its wheels, and
    people on that system build from source or get an older release. Files can still be added to a
    release for 14 days.
    """

    code = "release-has-fewer-files"
    severity = "warning"
    message = "{version} on {index} lacks what {previous} had: {lost}"
    why = "Who needs one of them builds from source, or gets the older release."
    fix = "Look at the jobs that build them, and at the skip and build settings of cibuildwheel."
    version: str
    index: str
    previous: str
    lost: str
