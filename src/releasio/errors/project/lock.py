"""Lock files that the tool they belong to does not accept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class LockOutOfDate(ReleasioError):
    """
    The lock file of the release commit would be out of date, and was not before.

    The project's own entry has the new version, but its tool wants more to be changed: another
    member of the workspace may ask for the old version. Whoever installs from that commit with
    the lock would be stopped by it.
    """

    exit_code = DISAGREES
    message = "{path} would be out of date with this release, by `{command}`:{tail:indented}"
    hint = """
        Nothing was changed. Let the release write the lock: hooks.post_bump = ["{remedy}"]. Or
        do not ask: version.check_lock_file = false."""
    path: str
    _: KW_ONLY
    command: str
    tail: Sequence[str]
    remedy: str
