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


def spread(given: Iterable[Path]) -> tuple[Path, ...]:
    """
    Return the *given* files, each once, and for a folder what a shell's `*` finds in it.

    Hidden files and folders within the folder are not among them.
    """
    found: dict[Path, Path] = {}
    for path in given:
        for each in _within(path) if path.is_dir() else (path,):
            # by folder and name: a link is the file it is called, whatever it leads to
            found.setdefault(each.parent.resolve() / each.name, each)
    return tuple(found.values())


def _within(folder: Path) -> Sequence[Path]:
    visible = (path for path in folder.iterdir() if not path.name.startswith("."))
    return sorted(path for path in visible if not path.is_dir())


def folders_among(given: Iterable[Path]) -> tuple[Path, ...]:
    """Return the *given* folders, and those that lie in them and do not hide."""
    folders = [path for path in given if path.is_dir()]
    inside = (each for folder in folders for each in sorted(folder.iterdir()))
    visible = (each for each in inside if each.is_dir() and not each.name.startswith("."))
    return (*folders, *visible)


def nowhere(path: Path) -> str:
    """Return where *path* leads if it is a link to nothing; empty: it is none."""
    return str(path.readlink()) if path.is_symlink() and not path.exists() else ""


def kind_of(path: Path) -> str:
    """Return what *path* is, in a word or two; empty: a file."""
    mode = path.stat().st_mode
    return next((word for applies, word in _KINDS if applies(mode)), "")
