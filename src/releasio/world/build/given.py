"""Files that were named on the command line, or lie in a folder that was."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_KINDS = (
    (stat.S_ISFIFO, "named pipe"),
    (stat.S_ISSOCK, "socket"),
    (stat.S_ISCHR, "device"),
    (stat.S_ISBLK, "device"),
)


def spread(paths: Iterable[Path]) -> tuple[Path, ...]:
    """
    Return the files at *paths*, each once, and for a folder what a shell's `*` finds in it.

    Hidden files and folders within the folder are not among them.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        for file in _within(path) if path.is_dir() else (path,):
            # by folder and name: a link is the file it is called, whatever it leads to
            files.setdefault(file.parent.resolve() / file.name, file)
    return tuple(files.values())


def _within(folder: Path) -> Sequence[Path]:
    visible = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(path for path in visible if not path.is_dir())


def folders_among(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the folders at *paths*, and those that lie in them and do not hide."""
    folders = [path for path in paths if path.is_dir()]
    entries = (entry for folder in folders for entry in sorted(folder.iterdir()))
    visible = (entry for entry in entries if entry.is_dir() and not entry.name.startswith("."))
    return (*folders, *visible)


def nowhere(path: Path) -> str:
    """Return where *path* leads if it is a link to nothing; empty: it is none."""
    return str(path.readlink()) if path.is_symlink() and not path.exists() else ""


def kind_of(path: Path) -> str:
    """Return what *path* is, in a word or two; empty: a file."""
    mode = path.stat().st_mode
    return next((word for applies, word in _KINDS if applies(mode)), "")
