"""
Hatchling: `[tool.hatch.version]`, or `[version]` of a hatch.toml beside pyproject.toml.

Source: https://hatch.pypa.io/latest/version/ and the plugins' own pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.manifest import VersionDynamic
from releasio.rules.project.places import JsonVersion, Place, PythonName, regex_locator
from releasio.rules.project.sources.source import FromTags, read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_MANIFEST, _OWN_FILE = "pyproject.toml", "hatch.toml"
_DEFAULT = r"""(?i)^(__version__|VERSION)(?: ?\: ?str)? *= *([\'"])v?(?P<version>.+?)\2"""
_TAG_TOOLS = {
    "vcs": "hatch-vcs",
    "uv-dynamic-versioning": "uv-dynamic-versioning",
    "versioningit": "versioningit",
    "dunamai": "dunamai",
    "git": "hatch-git",
    "scm": "hatch-vcs",
    "versioneer": "versioneer",
    "regex_commit": "",
}
_NODE = frozenset({"nodejs", "package-json"})


def hatch_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what hatchling is told about the version; `None`: nothing.

    Raises:
        VersionDynamic: It comes from a plugin that is not known, or from the environment.
        VersionUnread: It is told to read it where none is.
    """
    settings, table, manifest = (
        value_at(data, ("tool", "hatch", "version")),
        "tool.hatch.version",
        _MANIFEST,
    )
    if not isinstance(settings, dict):
        settings = (files.toml(_OWN_FILE) or {}).get("version")
        table, manifest = "version", _OWN_FILE
    if not isinstance(settings, dict):
        return None
    kind = settings.get("source", "regex")
    if tool := _TAG_TOOLS.get(str(kind)):
        return FromTags(tool, f"[{table}] source = {kind!r}")
    path = settings.get("path", "package.json" if kind in _NODE else None)
    where = files.path(path) if isinstance(path, str) else None
    setting = f"[{table}] path = {path!r}"
    if where is not None:
        if kind in _NODE:
            return read_places(files, f"[{table}] source = {kind!r}", _package_json(where))
        if kind in {"regex", "regex_commit"}:
            return read_places(files, setting, _by_pattern(where, settings.get("pattern")))
        name = settings.get("expression", "__version__")
        if kind == "code" and isinstance(name, str) and name.isidentifier():
            return read_places(files, setting, Place(where, PythonName(name), name))
    source = f"[{table}] source = {kind!r}"
    raise VersionDynamic(
        files.path(manifest) or manifest, source=source, why=_why(str(kind), where)
    )


def _package_json(path: str) -> Place:
    return Place(path, JsonVersion(), '"version"', form="semantic")


def _by_pattern(path: str, pattern: object) -> Place:
    if isinstance(pattern, str):
        return Place(path, regex_locator(path, pattern), f"match of {pattern}")
    return Place(path, regex_locator(path, _DEFAULT), "__version__")


def _why(kind: str, path: str | None) -> str:
    if kind == "env":
        return "no file says it"
    if kind == "code":
        return "its expression is more than a name"
    return "how that plugin reads it is not known" if path or kind != "regex" else "path is not set"
