"""
Flit: `__version__` of the module.

Source: https://flit.pypa.io/en/stable/pyproject_toml.html; which files of a package are read, and
in which order, `Module.version_files` of flit_core says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.version_source import VersionUnread
from releasio.rules.project.places import PythonName
from releasio.rules.project.sources.modules import python_place
from releasio.rules.project.sources.source import read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.places import Place
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_NAMES = (
    ("tool", "flit", "module", "name"),
    ("tool", "flit", "metadata", "module"),  # before there was a [project] table
    ("project", "name"),
)
_BESIDE = ("version.py", "_version.py", "__version__.py")  # read where __init__.py has no string
_STUBS = "-stubs"


def flit_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return where the module says the version.

    Raises:
        VersionUnread: There is no such module, or it says none.
    """
    keys = next((keys for keys in _NAMES if isinstance(value_at(data, keys), str)), None)
    if keys is None:
        return None
    module = value_at(data, keys)
    setting = f"[{'.'.join(keys[:-1])}] {keys[-1]} = {module!r}"
    folder = _importable(module).replace(".", "/")
    names = [
        f"{root}{folder}{ending}" for root in ("", "src/") for ending in (".py", "/__init__.py")
    ]
    file = files.first(names)
    if file is None:
        raise VersionUnread(
            files.in_folder(names[1]),
            setting=setting,
            why="there is no such file in the commit",
        )
    return read_places(files, setting, _place(files, file))


def _importable(name: str) -> str:
    """Return the module that a distribution called *name* has; one of stubs keeps its ending."""
    stem = name.removesuffix(_STUBS)
    return f"{stem.replace('-', '_')}{name.removeprefix(stem)}"


def _place(files: ProjectFiles, module: str) -> Place:
    """Return the place of the first string; where no file has one, whence the module imports it."""
    strings = PythonName("__version__")
    folder = module.removesuffix("__init__.py")
    if folder != module and not strings.find(files.text(module) or ""):
        names = [f"{folder}{name}" for name in _BESIDE]
        files.load(*names)
        module = next((name for name in names if strings.find(files.text(name) or "")), module)
    return python_place(files, module, "__version__")
