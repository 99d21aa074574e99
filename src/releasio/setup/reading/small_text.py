"""Texts of a work tree that are small, as workflow files are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.plain_file import read_plain

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST = 1 << 20  # bytes; GitHub takes half of it


def read_small_text(path: Path) -> str:
    """
    Return the text of *path*, which has at most 1 MiB of UTF-8, without a byte order mark.

    Raises:
        OSError: It is longer, no plain file, or cannot be read.
        UnicodeDecodeError: It is not in UTF-8.
    """
    return read_plain(path, _LONGEST).decode("utf-8-sig")
