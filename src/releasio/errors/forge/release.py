"""What stands in the way of a release on a forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class AssetDiffers(ReleasioError):
    """
    The release on the forge has a file of this name with other bytes.

    People may have downloaded it, and may have its hash in their lock files, so it is not
    replaced. A draft that nobody but releasio has worded is: nobody has seen it.
    """

    exit_code = DISAGREES
    message = "{name} of the release {tag} on {forge} has sha256 {there}, and here it has {here}"
    hint = "If nobody needs the one that is there, delete it at {page} and run again."
    name: str
    tag: str
    forge: str
    _: KW_ONLY
    here: str
    there: str
    page: str


class AssetsClash(ReleasioError):
    """
    Two files are to be attached to the release by the same name.

    A release on a forge has no folders: files of github.release_assets are attached by their
    own names, with a dot for what the forge does not take in a name.
    """

    exit_code = DISAGREES
    message = "{paths:listed} would all be attached as {name}"
    hint = "Rename one, or let github.release_assets match one only."
    name: str
    paths: Sequence[str]


class DispatchFailed(ReleasioError):
    """
    A workflow could not be started after the release.

    The release itself is complete, so no later run comes back to it: start the workflow by hand.
    """

    message = "{workflow} was not started on {tag}: {problem}"
    workflow: str
    tag: str
    problem: str
    _: KW_ONLY
    hint: str = "gh workflow run {workflow:shell} --ref {tag:shell}"
