"""Single files on the disk: what stands at a path, and writing it whole or not at all."""

from __future__ import annotations

import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from releasio.rules.plain_file import FILE, FOLDER, link_to

if TYPE_CHECKING:
    from pathlib import Path

_JUNCTION = 0xA0000003  # what Windows calls a directory that stands for another one


def what_is(path: Path) -> str | None:
    """Say what stands at *path*, without following a link; `None`: nothing."""
    try:
        seen = path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    if stat.S_ISLNK(seen.st_mode) or getattr(seen, "st_reparse_tag", 0) == _JUNCTION:
        return link_to(str(path.readlink()))
    if stat.S_ISDIR(seen.st_mode):
        return FOLDER
    return FILE if stat.S_ISREG(seen.st_mode) else "no file of its own"


def read_if_there(path: Path) -> bytes | None:
    """Return the bytes of the file at *path*; `None` if there is none."""
    return path.read_bytes() if path.exists() else None


def write_whole(path: Path, content: bytes) -> None:
    """
    Write *content* to *path*, whole or not at all, whenever the process ends.

    Directories are made as needed; a file that is there keeps its permissions.

    Raises:
        OSError: It cannot be written; nothing of it stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.releasio")
    try:
        fresh.write_bytes(content)
        if path.exists():
            fresh.chmod(path.stat().st_mode)
        fresh.replace(path)
    except BaseException:  # a full disk, or somebody who had enough of waiting for it
        with suppress(OSError):
            fresh.unlink()
        raise
