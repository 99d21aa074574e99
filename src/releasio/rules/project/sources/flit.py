"""
Flit: `__version__` of the module.

Source: https://flit.pypa.io/en/stable/pyproject_toml.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.manifest import VersionUnread
from releasio.rules.project.sources.modules import python_place
from releasio.rules.project.sources.source import read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_NAMES = (
    ("tool", "flit", "module", "name"),
    ("tool", "flit", "metadata", "module"),  # before there was a [project] table
    ("project", "name"),
)


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
    folder = module.replace(".", "/").replace("-", "_")
    names = [
        f"{root}{folder}{ending}" for root in ("", "src/") for ending in (".py", "/__init__.py")
    ]
    file = files.first(names)
    if file is None:
        raise VersionUnread(
            files.path(names[1]) or names[1],
            setting=setting,
            why="there is no such file in the commit",
        )
    return read_places(files, setting, python_place(files, file, "__version__"))
