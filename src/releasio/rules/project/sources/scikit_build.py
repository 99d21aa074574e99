"""
scikit-build-core: `[tool.scikit-build.metadata.version]`, or `[[tool.dynamic-metadata]]`.

Source: https://scikit-build-core.readthedocs.io/en/latest/configuration/dynamic.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.errors.project.version_source import VersionDynamic
from releasio.rules.project.places import Place, regex_locator
from releasio.rules.project.sources.source import FromTags, read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_TABLE = "tool.scikit-build.metadata.version"
_DEFAULT = r"""(?i)^(__version__|VERSION)(?: ?\: ?str)? *= *([\'"])v?(?P<value>.+?)\2"""


def scikit_build_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what scikit-build-core is told about the version; `None`: nothing.

    Raises:
        VersionDynamic: A provider makes it that is not known.
        VersionUnread: It is told to read it where none is.
    """
    table, settings = _settings(data)
    if settings is None:
        return None
    provider = str(settings.get("provider", ""))
    if provider.endswith(".setuptools_scm"):
        return FromTags("setuptools-scm", f"{table} provider = {provider!r}")
    name, result = settings.get("input"), str(settings.get("result", "{value}"))
    path = files.path(name) if isinstance(name, str) else None
    group = re.fullmatch(r"\{(\w+)\}", result)
    if provider.endswith(".regex") and path and group and not settings.get("remove"):
        regex = str(settings.get("regex", _DEFAULT))
        what = f"match of {regex}" if "regex" in settings else "__version__"
        # format() counts groups from 0, expressions from 1
        group_name = int(group[1]) + 1 if group[1].isdecimal() else group[1]
        place = Place(path, regex_locator(path, regex, group_name), what)
        return read_places(files, f"{table} input = {name!r}", place)
    source = f"{table} provider = {provider!r}"
    raise VersionDynamic(files.manifest, source=source, why="how that makes it is not known")


def _settings(data: Mapping[str, Any]) -> tuple[str, Mapping[str, Any] | None]:
    """Return the table that says how the version is made, and its content; `None`: none does."""
    settings = value_at(data, tuple(_TABLE.split(".")))
    if isinstance(settings, dict):
        return f"[{_TABLE}]", settings
    entries = value_at(data, ("tool", "dynamic-metadata"))
    for entry in entries if isinstance(entries, list) else ():
        is_scm = str(entry.get("provider")).endswith(".setuptools_scm")
        if entry.get("field", "version" if is_scm else None) == "version":
            return "[[tool.dynamic-metadata]]", entry
    return "", None
