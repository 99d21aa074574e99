"""
Setuptools: `[tool.setuptools.dynamic]`, setup.cfg, setup.py.

Source: https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
and https://setuptools.pypa.io/en/latest/userguide/declarative_config.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.version_source import VersionDynamic, VersionUnread
from releasio.rules.project.places import CfgOption, Place, WholeFile
from releasio.rules.project.project_files import SETUP_CFG, SETUP_PY
from releasio.rules.project.setup_files import cfg_value, has_section
from releasio.rules.project.sources.modules import SOURCE_FOLDERS, attribute_place
from releasio.rules.project.sources.setup_py import setup_py_source
from releasio.rules.project.sources.source import FromTags, Written, read_places
from releasio.rules.project.sources.tag_tools import of_requirement, of_table
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_DYNAMIC = ("tool", "setuptools", "dynamic", "version")


def setuptools_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what setuptools is told about the version; `None`: nothing.

    Raises:
        VersionDynamic: It is worked out by code of the project.
        VersionUnread: It is told to read it where none is.
    """
    declared = value_at(data, _DYNAMIC)
    package_dirs = _package_dirs(data, files)
    folders = _package_folders(data, files, package_dirs)
    if isinstance(declared, dict):
        setting = f"[{'.'.join(_DYNAMIC)}]"
        if attribute := declared.get("attr"):
            moved = _in_package_dir(str(attribute), package_dirs)
            return _of_attribute(files, f"{setting} attr = {attribute!r}", moved, folders)
        if name := declared.get("file"):
            return _of_file(files, f"{setting} file = {name!r}", name)
    files.load(SETUP_CFG, SETUP_PY)
    if tool := of_table(data):
        return tool
    return _setup_source(files, folders, package_dirs) or of_requirement(data)


def _setup_source(
    files: ProjectFiles, folders: tuple[str, ...], package_dirs: Mapping[str, str]
) -> Source | None:
    """Return what setup.py hands to `setup()`, which goes before setup.cfg, or what that says."""
    try:
        source = setup_py_source(files, folders)
    except VersionDynamic:  # often it reads setup.cfg itself
        source = _cfg_source(files, folders, package_dirs)
        if source is None:
            raise
    return source or _cfg_source(files, folders, package_dirs)


def _cfg_source(
    files: ProjectFiles, folders: tuple[str, ...], package_dirs: Mapping[str, str]
) -> Source | None:
    text, path = files.text(SETUP_CFG), files.in_folder(SETUP_CFG)
    value = cfg_value(text, "metadata", "version")
    kind, colon, rest = value.partition(":")
    setting = f"[metadata] version = {value} in {path}"
    if colon and kind == "attr":
        return _of_attribute(files, setting, _in_package_dir(rest.strip(), package_dirs), folders)
    if colon and kind == "file":
        return _of_file(files, setting, rest.strip())
    if has_section(text, "versioneer"):
        return FromTags("versioneer", f"[versioneer] in {path}")
    if not value:
        return None
    place = Place(path, CfgOption("metadata", "version"), "version of [metadata]")
    return read_places(files, f"[metadata] version in {path}", place)


def _of_attribute(
    files: ProjectFiles, setting: str, attribute: str, folders: tuple[str, ...]
) -> Written:
    """
    Return the source that a dotted *attribute* of a module is.

    Raises:
        VersionUnread: There is no such module.
        VersionDynamic: The module works its version out.
    """
    place = attribute_place(files, attribute, folders)
    if place is None:
        raise VersionUnread(attribute, setting=setting, why="no such module is in the commit")
    return read_places(files, setting, place)


def _of_file(files: ProjectFiles, setting: str, value: object) -> Written:
    """
    Return the source that the only file that *value* names is.

    Raises:
        VersionDynamic: It names several, or one outside of the repository.
    """
    names = value if isinstance(value, list) else [name.strip() for name in str(value).split(",")]
    path = files.path(str(names[0])) if len(names) == 1 else None
    if path is None:
        why = (
            "that is more than one file" if len(names) > 1 else "that is outside of the repository"
        )
        raise VersionDynamic(files.manifest, source=setting, why=why)
    return read_places(files, setting, Place(path, WholeFile(), ""))


def _package_folders(
    data: Mapping[str, Any], files: ProjectFiles, package_dirs: Mapping[str, str]
) -> tuple[str, ...]:
    """Return where packages may be, as the settings say, then where they usually are."""
    where = value_at(data, ("tool", "setuptools", "packages", "find", "where"))
    names = [*(where if isinstance(where, list) else []), package_dirs.get("")]
    if value_at(data, _DYNAMIC) is None:
        names.append(cfg_value(files.text(SETUP_CFG), "options.packages.find", "where"))
    chosen = [
        f"{name.strip('./')}/" for name in names if isinstance(name, str) and name.strip("./")
    ]
    roots = SOURCE_FOLDERS if _are_packages_listed(data, files) else ("src/", *SOURCE_FOLDERS)
    return tuple(dict.fromkeys([*chosen, *roots]))


def _are_packages_listed(data: Mapping[str, Any], files: ProjectFiles) -> bool:
    """Whether the settings say what the packages are; else those in src/ go before all others."""
    table = value_at(data, ("tool", "setuptools")) or {}
    cfg = files.text(SETUP_CFG)
    return (
        isinstance(table.get("packages"), list)
        or "py-modules" in table
        or any(cfg_value(cfg, "options", option) for option in ("packages", "py_modules"))
    )


def _in_package_dir(attribute: str, package_dirs: Mapping[str, str]) -> str:
    """Return *attribute* by the folder of its package, where a setting has that elsewhere."""
    for package, folder in package_dirs.items():
        if package and attribute.startswith(f"{package}."):
            return f"{folder.strip('./').replace('/', '.')}{attribute.removeprefix(package)}"
    return attribute


def _package_dirs(data: Mapping[str, Any], files: ProjectFiles) -> dict[str, str]:
    """Return the folder of each package that is not where its name says; of all by no name."""
    table = value_at(data, ("tool", "setuptools", "package-dir"))
    if isinstance(table, dict):
        return {str(package): str(folder) for package, folder in table.items()}
    if value_at(data, _DYNAMIC) is not None:
        return {}
    setting = cfg_value(files.text(SETUP_CFG), "options", "package_dir")
    pairs = (entry.partition("=") for entry in setting.replace(",", "\n").splitlines())
    return {package.strip(): folder.strip() for package, _, folder in pairs if folder}
