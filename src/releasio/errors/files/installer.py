"""What pip and uv were told and cannot use."""

from __future__ import annotations

from releasio.errors.base import USAGE, ReleasioError


class PipSettingRefused(ReleasioError):
    """
    pip was told something that it cannot use, so nothing could be installed.

    pip reads its settings from variables (`PIP_INDEX_URL`) and from files (`pip.conf`, on
    Windows `pip.ini`), for a build as for any other installation.
    """

    exit_code = USAGE
    message = "pip cannot use {place}: {why}"
    hint = "Correct it or take it out, then run again. Where pip's settings lie: pip config debug"
    place: str
    why: str
