"""How long a release takes further files."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import IndexFile

WINDOW = timedelta(days=14)


def open_until(registry: Registry, files: Iterable[IndexFile]) -> datetime | None:
    """
    Return when *registry* stops taking files for a release that has *files* already.

    PyPI and TestPyPI count 14 days from the first one; of other indexes nothing is known.
    `None`: not known, or there is no file yet.
    """
    if registry.site is None:
        return None
    times = [file.upload_time for file in files if file.upload_time is not None]
    return min(times) + WINDOW if times else None
