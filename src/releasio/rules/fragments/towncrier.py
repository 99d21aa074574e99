"""
Fragments of towncrier: the file's name has the type.

Source: https://towncrier.readthedocs.io/en/stable/configuration.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.fragments.fragment import Fragment

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

USUAL_TYPES = ("feature", "bugfix", "doc", "removal", "misc")


@frozen
class Towncrier:
    """
    Where towncrier has its fragments.

    Attributes:
        folder: Relative to the project.
        types: As file names have them.
    """

    folder: str
    types: tuple[str, ...] = USUAL_TYPES


def towncrier_of(settings: Mapping[str, object]) -> Towncrier:
    """Read what `[tool.towncrier]`, or a towncrier.toml without that name, says."""
    directory, package = settings.get("directory"), settings.get("package")
    if isinstance(directory, str) and directory:
        folder = directory
    else:
        root = settings.get("package_dir")
        name = package.replace(".", "/") if isinstance(package, str) else ""
        folder = posixpath.join(root if isinstance(root, str) else "", name, "newsfragments")
    return Towncrier(folder, tuple(_types(settings)) or USUAL_TYPES)


def _types(settings: Mapping[str, object]) -> Iterator[str]:
    types, tables = settings.get("type"), settings.get("fragment")
    for entry in types if isinstance(types, list) else ():
        name = entry.get("directory") or entry.get("name") if isinstance(entry, dict) else None
        if isinstance(name, str):
            yield name.lower()
    for name in tables if isinstance(tables, dict) else ():
        yield str(name).lower()


def fragments_in(paths: Iterable[str], towncrier: Towncrier) -> Iterator[Fragment]:
    """
    Yield the fragments among *paths*: `12.feature.rst`, `+x.bugfix.1.md`.

    Args:
        paths: All files in towncrier's folder, and in those of its sections.
        towncrier: Knows the types.
    """
    for path in paths:
        _, *parts = posixpath.basename(path).lower().split(".")
        if type_ := next((part for part in parts if part in towncrier.types), None):
            yield Fragment(path, type_)
