"""The folders that programs and modules are looked for in: never the one we happen to be in."""

from __future__ import annotations

import ntpath
import posixpath
from typing import TYPE_CHECKING

from releasio.text.command_line import ON_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import ModuleType


def fixed_folders(path: str, *, windows: bool = ON_WINDOWS) -> Sequence[str]:
    r"""
    Return the folders of *path*, a variable such as `PATH`, that are the same wherever we are.

    An empty entry stands for the present directory, and in a checkout that holds a `git`
    of somebody's. So everything is left out that is not absolute; on Windows
    `\tools` is not, either, for it is on the drive we are on.
    """
    flavour: ModuleType = ntpath if windows else posixpath
    folders = (folder.strip('"') for folder in path.split(flavour.pathsep))
    return [folder for folder in folders if _is_fixed(folder, flavour)]


def fixed_path(path: str, *, windows: bool = ON_WINDOWS) -> str:
    """Return *path* with nothing but its fixed folders."""
    flavour: ModuleType = ntpath if windows else posixpath
    return str(flavour.pathsep).join(fixed_folders(path, windows=windows))


def _is_fixed(folder: str, flavour: ModuleType) -> bool:
    fixed = bool(flavour.isabs(folder))
    return fixed and (flavour is posixpath or bool(flavour.splitdrive(folder)[0]))
