"""Branches that are for other versions."""

from __future__ import annotations

from releasio.errors.base import DISAGREES, USAGE, ReleasioError


class OutsideRange(ReleasioError):
    """
    The version does not belong to the range of the branch: `[branches.NAME] range`.

    A branch for 1.2.x gets the repairs of 1.2. A feature there would make 1.3.0, which
    another branch has made already, or is going to.
    """

    exit_code = DISAGREES
    message = "{version} is outside of {range}, the range of branch {branch}"
    hint = """
        Release it from another branch, or what is here as a patch release: --bump patch.
        beyond_range = "patch" beside the range always does that."""
    version: str
    range: str
    branch: str


class RangeUnreadable(ReleasioError):
    """
    `[branches.NAME] range = "{branch}"` takes the range from the branch's name, which has none.

    Names such as 1.2.x, 1.x, release/1.2 and maint/1.x have one.
    """

    exit_code = USAGE
    message = "the name of branch {branch} says no range of versions"
    hint = 'Name the branch as 1.2.x or release/1.2 are, or set the range itself: range = "1.2.x"'
    branch: str
