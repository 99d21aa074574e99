"""Where a program is, without running what lies in a checkout."""

from __future__ import annotations

import ntpath
import os
import posixpath
from typing import TYPE_CHECKING

from releasio.rules.running.search_path import fixed_folders
from releasio.text.command_line import ON_WINDOWS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from types import ModuleType

_ENDINGS = ".COM;.EXE;.BAT;.CMD"  # where PATHEXT is not set


def find_program(name: str, env: Mapping[str, str]) -> str | None:
    """Return the path of the program *name* as `places` looks for it; `None`: there is none."""
    return first_program(places(name, env))


def find_tool(name: str, env: Mapping[str, str]) -> str | None:
    """Return the path of the program *name*: the one installed beside releasio, else on `PATH`."""
    import sysconfig

    beside = f"{sysconfig.get_path('scripts')}{os.sep}{name}"
    return first_program(places(beside, env)) or find_program(name, env)


def first_program(paths: Iterable[str]) -> str | None:
    """Return the first of *paths* that may be executed."""
    import shutil  # 2 ms, and few previews look for a program

    return next((path for path in paths if shutil.which(path)), None)


def places(name: str, env: Mapping[str, str], *, windows: bool = ON_WINDOWS) -> list[str]:
    """
    Return where the program *name* may be: itself if it has a directory, else along `PATH`.

    Never in the directory we are in, where the library looks first on Windows:
    what lies in a checkout is not to run with the job's variables. So a folder on
    `PATH` that is not absolute is passed over, too.
    """
    flavour: ModuleType = ntpath if windows else posixpath
    names = _with_endings(name, env) if windows else [name]
    if flavour.dirname(name):
        return names
    path = env.get("PATH", env.get("Path", os.defpath))
    folders = fixed_folders(path, windows=windows)
    return [flavour.join(folder, file_name) for folder in folders for file_name in names]


def _with_endings(name: str, env: Mapping[str, str]) -> list[str]:
    endings = [ending for ending in env.get("PATHEXT", _ENDINGS).split(";") if ending]
    if name.lower().endswith(tuple(ending.lower() for ending in endings)):
        return [name]
    return [name + ending for ending in endings]
