"""
Hatchling: `[version]` of a hatch.toml, or else `[tool.hatch.version]` of pyproject.toml beside it.

Source: https://hatch.pypa.io/latest/version/ and the plugins' own pages; the default pattern is in
`hatchling.version.core`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.version_source import VersionDynamic
from releasio.rules.project.places import JsonVersion, Place, regex_locator
from releasio.rules.project.sources.modules import python_place
from releasio.rules.project.sources.source import FromTags, read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_DEFAULT = r"""(?i)^(__version__|VERSION) *= *([\'"])v?(?P<version>.+?)\2"""
_TAG_TOOLS = {
    "vcs": "hatch-vcs",
    "uv-dynamic-versioning": "uv-dynamic-versioning",
    "versioningit": "versioningit",
    "dunamai": "dunamai",
    "git": "hatch-git",
    "scm": "hatch-vcs",
    "versioneer": "versioneer",
}
_OWN_FILE = "hatch.toml"
_NODE = frozenset({"nodejs", "package-json"})


def hatch_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what hatchling is told about the version; `None`: nothing.

    Raises:
        VersionDynamic: It comes from a plugin that is not known, or from the environment.
        VersionUnread: It is told to read it where none is.
    """
    settings, table, manifest = _settings(data, files)
    if not isinstance(settings, dict):
        return None
    kind = str(settings.get("source", "regex"))
    source = f"[{table}] source = {kind!r}"
    if tool := _TAG_TOOLS.get(kind):
        return FromTags(tool, source)
    name = settings.get("path") or ("package.json" if kind in _NODE else None)
    place = _place(files, kind, name, settings) if isinstance(name, str) else None
    if place is None:
        raise VersionDynamic(manifest, source=source, why=_why(kind, name))
    return read_places(files, f"[{table}] path = {name!r}" if "path" in settings else source, place)


def _settings(data: Mapping[str, Any], files: ProjectFiles) -> tuple[Any, str, str]:
    """Return what is said of the version, the table, and the file that has it."""
    settings = value_at(data, ("tool", "hatch", "version"))
    path = value_at(settings, ("path",))
    files.load(_OWN_FILE, *([path] if isinstance(path, str) else []))
    own_table = files.toml(_OWN_FILE) or {}
    if "version" in own_table:
        return own_table["version"], "version", files.in_folder(_OWN_FILE)
    return settings, "tool.hatch.version", files.manifest


def _place(files: ProjectFiles, kind: str, name: str, settings: Mapping[str, Any]) -> Place | None:
    """Return where the file *name* says the version to a plugin; `None`: that is not known."""
    path = files.path(name)
    if path is None:
        return None
    if kind in _NODE:
        return Place(path, JsonVersion(), '"version"', form="semantic")
    if kind in {"regex", "regex_commit"}:
        pattern = settings.get("pattern")
        if isinstance(pattern, str) and pattern:
            return Place(path, regex_locator(path, pattern), f"match of {pattern}")
        return Place(path, regex_locator(path, _DEFAULT), "__version__")
    expression = settings.get("expression") or "__version__"
    is_name = isinstance(expression, str) and expression.isidentifier()
    return python_place(files, name, expression) if kind == "code" and is_name else None


def _why(kind: str, path: object) -> str:
    """Return what keeps a version of *kind* from being read in *path*."""
    if kind == "env":
        return "no file says it"
    if kind == "code":
        return "its expression is more than a name"
    return "how that plugin reads it is not known" if path or kind != "regex" else "path is not set"
