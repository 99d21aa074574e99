"""
Setuptools: `[tool.setuptools.dynamic]`, setup.cfg, setup.py.

Source: https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
and https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.manifest import VersionDynamic, VersionUnread
from releasio.rules.project.places import CfgOption, Place, WholeFile
from releasio.rules.project.setup_files import SETUP_CFG, cfg_value, has_section
from releasio.rules.project.sources.modules import ROOTS, attribute_place
from releasio.rules.project.sources.setup_py import setup_py_source
from releasio.rules.project.sources.source import FromTags, Written, read_places
from releasio.rules.project.sources.tag_tools import of_requirement, of_table
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_DYNAMIC = ("tool", "setuptools", "dynamic", "version")


def find(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what setuptools is told about the version; `None`: nothing.

    Raises:
        VersionDynamic: It is worked out by code of the project.
        VersionUnread: It is told to read it where none is.
    """
    declared = value_at(data, _DYNAMIC)
    folders = _package_folders(data, files)
    if isinstance(declared, dict):
        setting = f"[{'.'.join(_DYNAMIC)}]"
        for kind in ("attr", "file"):
            if value := declared.get(kind):
                return _declared(files, f"{setting} {kind} = {value!r}", kind, value, folders)
    files.load(SETUP_CFG, "setup.py")
    sources = (
        of_table(data),
        _cfg_source(files, folders),
        setup_py_source(files, folders),
        of_requirement(data),
    )
    return next((source for source in sources if source is not None), None)


def _cfg_source(files: ProjectFiles, folders: tuple[str, ...]) -> Source | None:
    text, path = files.text(SETUP_CFG), files.path(SETUP_CFG) or SETUP_CFG
    value = cfg_value(text, "metadata", "version")
    kind, colon, rest = value.partition(":")
    setting = f"[metadata] version = {value} in {path}"
    if colon and kind in {"attr", "file"}:
        return _declared(files, setting, kind, rest.strip(), folders)
    if has_section(text, "versioneer"):
        return FromTags("versioneer", f"[versioneer] in {path}")
    if not value:
        return None
    place = Place(path, CfgOption("metadata", "version"), "version of [metadata]")
    return read_places(files, f"[metadata] version in {path}", place)


def _declared(
    files: ProjectFiles, setting: str, kind: str, value: object, folders: tuple[str, ...]
) -> Written:
    """Return the source that an attribute of a module, or the name of a file, leads to."""
    manifest = files.path("pyproject.toml") or "pyproject.toml"
    if kind == "attr":
        place = attribute_place(files, str(value), folders)
        if place is None:
            why = "no such module is in the commit"
            raise VersionUnread(str(value), setting=setting, why=why)
        return _of_attribute(files, setting, place)
    names = value if isinstance(value, list) else [name.strip() for name in str(value).split(",")]
    path = files.path(str(names[0])) if len(names) == 1 else None
    if path is None:
        why = "that is more than one file of the project"
        raise VersionDynamic(manifest, source=setting, why=why)
    return read_places(files, setting, Place(path, WholeFile(), ""))


def _of_attribute(files: ProjectFiles, setting: str, place: Place) -> Written:
    """
    Return the source that *place* is.

    Raises:
        VersionDynamic: The module works its version out.
    """
    text = files.at(place.path)
    if text is not None and not place.locator.find(text):
        why = f"{place.path} assigns no plain string to {place.what}"
        raise VersionDynamic(place.path, source=setting, why=why)
    return read_places(files, setting, place)


def _package_folders(data: Mapping[str, Any], files: ProjectFiles) -> tuple[str, ...]:
    """Return where packages may be, as the settings say, then where they usually are."""
    where = value_at(data, ("tool", "setuptools", "packages", "find", "where"))
    root = value_at(data, ("tool", "setuptools", "package-dir", ""))
    names = [*(where if isinstance(where, list) else []), root]
    if value_at(data, _DYNAMIC) is None:
        text = files.text(SETUP_CFG)
        names.append(cfg_value(text, "options.packages.find", "where"))
        lines = cfg_value(text, "options", "package_dir").splitlines()
        names += [line.partition("=")[2].strip() for line in lines]
    chosen = [
        f"{name.strip('./')}/" for name in names if isinstance(name, str) and name.strip("./")
    ]
    return tuple(dict.fromkeys([*chosen, *ROOTS]))
