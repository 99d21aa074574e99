"""Tools that make the version from tags, whichever build backend they work for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.rules.project.project_name import normalized_name
from releasio.rules.project.sources.source import FromTags
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping


# tables of pyproject.toml that are a tool's own
_TABLES = {
    "setuptools_scm": "setuptools-scm",
    "setuptools-scm": "setuptools-scm",
    "poetry-dynamic-versioning": "poetry-dynamic-versioning",
    "uv-dynamic-versioning": "uv-dynamic-versioning",
    "versioningit": "versioningit",
    "versioneer": "versioneer",
    "setuptools-git-versioning": "setuptools-git-versioning",
    "setuptools-git": "setuptools-git-versioning",
    "dunamai": "dunamai",
    "pbr": "pbr",
}
# build requirements that say so by being there
_REQUIREMENTS = {
    "setuptools-scm": "setuptools-scm",
    "flit-scm": "setuptools-scm",
    "setuptools-git-versioning": "setuptools-git-versioning",
    "versioningit": "versioningit",
    "versioneer": "versioneer",
    "poetry-dynamic-versioning": "poetry-dynamic-versioning",
    "uv-dynamic-versioning": "uv-dynamic-versioning",
    "pbr": "pbr",
}


def tag_tool_source(data: Mapping[str, Any]) -> FromTags | None:
    """Return the tool that pyproject.toml is set up for; `None`: for none."""
    return of_table(data) or of_requirement(data)


def of_table(data: Mapping[str, Any]) -> FromTags | None:
    """Return the tool that has a table of its own; `None`: none has."""
    tables = value_at(data, ("tool",))
    present_tables = tables if isinstance(tables, dict) else {}
    for table, tool in _TABLES.items():
        if table in present_tables:
            return FromTags(tool, f"[tool.{table}]")
    return None


def of_requirement(data: Mapping[str, Any]) -> FromTags | None:
    """Return the tool that the build requires; `None`: none."""
    for name in build_requirements(data):
        if name in _REQUIREMENTS:
            return FromTags(_REQUIREMENTS[name], f"[build-system] requires {name}")
    return None


def build_requirements(data: Mapping[str, Any]) -> list[str]:
    """Return the names of what `[build-system]` requires, normalised, in their order."""
    requirements = value_at(data, ("build-system", "requires"))
    texts = requirements if isinstance(requirements, list) else []
    names = (
        re.match(r"[A-Za-z0-9][-_.A-Za-z0-9]*", text) for text in texts if isinstance(text, str)
    )
    return [normalized_name(name[0]) for name in names if name]
