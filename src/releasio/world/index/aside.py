"""Fetch a file of the index aside, to tell how another one differs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from releasio.errors.base import ReleasioError
from releasio.world.build.differences import differences

if TYPE_CHECKING:
    from releasio.rules.index.simple import IndexFile

_LARGEST = 256 << 20  # bytes; more is not downloaded for an explanation


class Downloads(Protocol):
    """What brings a file of the index."""

    def download(self, file: IndexFile, path: Path) -> None:
        """Write *file* to *path*."""


def how_it_differs(index: Downloads, file: IndexFile, folder: Path) -> str:
    """
    Say how the file of the same name in *folder* differs from that on the index.

    The index's file is downloaded aside. Empty when nothing can be said: this explains
    another trouble, and makes none of its own.
    """
    from tempfile import TemporaryDirectory  # 3 ms, and only in this trouble

    if file.size is not None and file.size > _LARGEST:
        return ""
    with TemporaryDirectory(prefix="releasio-", ignore_cleanup_errors=True) as temporary_folder:
        copy = Path(temporary_folder, file.name)
        try:
            index.download(file, copy)
            difference = differences(copy, folder / file.name)
        except (ReleasioError, OSError):
            return ""
    return str(difference or "")
