"""Versions in pyproject.toml itself: `[project]` and `[tool.poetry]`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.manifest import VersionsDisagree
from releasio.errors.project.version import VersionNotText
from releasio.rules.project.places import Place, TomlValue
from releasio.rules.project.sources.source import Written
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

_PROJECT = ("project", "version")
_POETRY = ("tool", "poetry", "version")


def static_source(data: Mapping[str, Any], path: str) -> Written | None:
    """
    Return the source that the manifest *data* at *path* is itself; `None`: it says no version.

    Raises:
        VersionNotText: It says it as a number.
        VersionsDisagree: Its two tables say different ones.
    """
    own = None if is_dynamic(data) else value_at(data, _PROJECT)
    poetry = value_at(data, _POETRY)
    for table, value in (("project", own), ("tool.poetry", poetry)):
        if value is not None and not isinstance(value, str):
            raise VersionNotText(path, table, value)
    if own is not None and poetry is not None and own != poetry:
        raise VersionsDisagree(path, project=str(own), poetry=str(poetry))
    places = tuple(
        Place(path, TomlValue(keys), f"[{'.'.join(keys[:-1])}] version")
        for keys, value in ((_PROJECT, own), (_POETRY, poetry))
        if value is not None
    )
    text = poetry if own is None else own
    return Written(places, places[0].what, text) if places else None


def is_dynamic(data: Mapping[str, Any]) -> bool:
    """Whether `[project]` leaves the version to the build backend."""
    dynamic = value_at(data, ("project", "dynamic"))
    return isinstance(dynamic, list) and "version" in dynamic
