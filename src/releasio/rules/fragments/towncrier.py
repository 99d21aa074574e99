"""
Fragments of towncrier: the file's name has the type.

Source: https://towncrier.readthedocs.io/en/stable/configuration.html, and `find_fragments` and
`load_config` of towncrier
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.fragments.fragment import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_USUAL = "newsfragments"
USUAL_TYPES = ("feature", "bugfix", "doc", "removal", "misc")


@frozen
class Towncrier:
    """
    Where towncrier has its fragments.

    Attributes:
        folders: Relative to the project; one for each section, and none below them.
        types: As file names have them; case counts.
    """

    folders: tuple[str, ...]
    types: tuple[str, ...] = USUAL_TYPES


def towncrier_of(settings: Mapping[str, object], project: str = "") -> Towncrier:
    """
    Read what `[tool.towncrier]` says.

    Args:
        settings: The table.
        project: What `[project] name` says: the package where the table names none.
    """
    sections = settings.get("section")
    tables = (
        [entry for entry in sections if isinstance(entry, dict)]
        if isinstance(sections, list)
        else []
    )
    paths = [_text(entry, "path") for entry in tables] or [""]
    if directory := _text(settings, "directory"):
        folders = [posixpath.join(directory, path) for path in paths]
    else:
        # releases before 25 do not know the project's name
        packages = [package] if (package := _text(settings, "package")) else [project, ""]
        root = _text(settings, "package_dir")
        folders = [
            posixpath.join(root, package, path, _USUAL) for package in packages for path in paths
        ]
    types = tuple(_types(settings)) or USUAL_TYPES
    return Towncrier(tuple(dict.fromkeys(map(posixpath.normpath, folders))), types)


def _text(settings: Mapping[str, object], key: str) -> str:
    value = settings.get(key)
    return value if isinstance(value, str) else ""


def _types(settings: Mapping[str, object]) -> Iterator[str]:
    types, tables = settings.get("type"), settings.get("fragment")
    for entry in types if isinstance(types, list) else ():
        if isinstance(entry, dict) and (name := _text(entry, "name")):
            yield _text(entry, "directory") or name.lower()
    yield from map(str, tables if isinstance(tables, dict) else ())


def fragments_in(paths: Iterable[str], towncrier: Towncrier) -> Iterator[Fragment]:
    """
    Yield the fragments among *paths*: `12.feature.rst`, `+x.bugfix.1.md`.

    Args:
        paths: The files in towncrier's folders.
        towncrier: Knows the types.
    """
    for path in paths:
        _, *parts = posixpath.basename(path).split(".")
        if type_ := next((part for part in reversed(parts) if part in towncrier.types), None):
            yield Fragment(path, type_.lower())
