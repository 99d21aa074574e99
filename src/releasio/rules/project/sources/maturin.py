"""
Maturin: `version` of the Cargo.toml, the crate's own or that of its workspace.

Source: https://www.maturin.rs/metadata and https://doc.rust-lang.org/cargo/reference/workspaces.html
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Any

from releasio.errors.project.version_source import VersionUnread
from releasio.rules.project.places import Place, TomlValue
from releasio.rules.project.sources.source import read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_CARGO = "Cargo.toml"
_OWN = ("package", "version")
_SHARED = ("workspace", "package", "version")
_CHOSEN = ("tool", "maturin", "manifest-path")


def crate_name(data: Mapping[str, Any], files: ProjectFiles) -> str:
    """Return the crate's name, which is the project's where there is no `[project]`; or empty."""
    name = value_at(files.toml(_cargo_manifest(data, files)), ("package", "name"))
    return name if isinstance(name, str) else ""


def maturin_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return where cargo has the version.

    Raises:
        VersionUnread: There is no Cargo.toml, or its workspace says no version.
    """
    name = _cargo_manifest(data, files)
    path, chosen = files.path(name) or name, value_at(data, _CHOSEN)
    setting = f"[tool.maturin] manifest-path = {name!r}" if chosen else "maturin"
    crate = files.toml(name)
    if crate is None:
        raise VersionUnread(path, setting=setting, why="there is no such file in the commit")
    if value_at(crate, (*_OWN, "workspace")) is not True:
        return read_places(
            files, setting, Place(path, TomlValue(_OWN), "[package] version", form="semantic")
        )
    for root in _workspaces(name, crate, files):
        if isinstance(value_at(files.toml(root) or {}, _SHARED), str):
            place = Place(
                files.path(root) or root,
                TomlValue(_SHARED),
                "[workspace.package] version",
                form="semantic",
            )
            return read_places(files, setting, place)
    why = "no Cargo.toml around it has a [workspace.package] version"
    raise VersionUnread(path, setting="version.workspace = true", why=why)


def _cargo_manifest(data: Mapping[str, Any], files: ProjectFiles) -> str:
    """Return the Cargo.toml that maturin builds, relative to the project."""
    chosen = value_at(data, _CHOSEN)
    if isinstance(chosen, str):
        return chosen
    return files.first((_CARGO, "rust/Cargo.toml")) or _CARGO


def _workspaces(name: str, crate: Mapping[str, Any], files: ProjectFiles) -> list[str]:
    """Return the manifests that may be the workspace's of the crate at *name*, nearest first."""
    folder = posixpath.dirname(name)
    named = value_at(crate, ("package", "workspace"))
    if isinstance(named, str):
        return [posixpath.normpath(posixpath.join(folder, named, _CARGO))]
    levels = (files.path(name) or "").count("/")  # folders up to the repository's root
    parents = [posixpath.join(folder, *[".."] * level) for level in range(levels + 1)]
    manifests = [posixpath.normpath(posixpath.join(parent, _CARGO)) for parent in parents]
    files.load(*manifests)
    return manifests
