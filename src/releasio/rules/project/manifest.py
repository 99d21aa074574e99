"""Name and version in pyproject.toml: read them, change the version and nothing else."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Literal

from releasio.errors.project.manifest import (
    ManifestMissing,
    ManifestNotToml,
    NameMissing,
    NotUtf8,
    VersionDynamic,
    VersionMissing,
    VersionNotFound,
    VersionsDisagree,
)
from releasio.errors.project.package import NotAPackage
from releasio.errors.project.version import VersionNotText
from releasio.frozen import frozen
from releasio.rules.project.import_package import configured_packages
from releasio.rules.project.packaged import member_patterns, not_packaged, private_classifier
from releasio.rules.project.toml_string import string_at, value_at
from releasio.rules.project.version_source import version_source
from releasio.rules.versions.version import parse_version
from releasio.rules.versions.version_form import written_like

if TYPE_CHECKING:
    from collections.abc import Sequence

    from packaging.version import Version

PROJECT = ("project", "version")
POETRY = ("tool", "poetry", "version")


@frozen
class Manifest:
    """
    What pyproject.toml says about the package.

    Attributes:
        name: As it is written there, not normalised.
        version: The current one.
        source: The table that holds the version.
        path: The file, relative to the repository.
        written: The version as it is written there.
        packages: What the build back end's settings name as import packages.
        private: The classifier by which it is not for PyPI; empty: it may go there.
    """

    name: str
    version: Version
    source: Literal["project", "poetry"]
    path: str = "pyproject.toml"
    written: str = ""
    packages: tuple[str, ...] = ()
    private: str = ""


def read_manifest(text: str | bytes | None, path: str = "pyproject.toml") -> Manifest:
    """
    Read name and version.

    Args:
        text: The file's content; `None`: there is no such file.
        path: Its name, for errors.

    Raises:
        ManifestError: It does not say both; each cause has its own subclass.
        InvalidVersion: The version is none.
        NotUtf8: It is no text.
    """
    if text is None:
        raise ManifestMissing(path)
    data = _load(decode(text, path), path)
    if setting := not_packaged(data):
        raise NotAPackage(path, setting, member_patterns(data))
    version, source = _version(data, path)
    name = value_at(data, ("project", "name")) or value_at(data, ("tool", "poetry", "name"))
    if not isinstance(name, str):
        raise NameMissing(path)
    parsed = parse_version(version, path=path)
    packages, private = configured_packages(data), private_classifier(data)
    return Manifest(name, parsed, source, path, version, packages, private)


def set_version(
    text: str, version: Version, path: str = "pyproject.toml", examples: Sequence[str] = ()
) -> str:
    """
    Return *text* with the new version, wherever it is static; all else stays, byte for byte.

    The version is written as the old one is; where that tells no form, as *examples* are.

    Raises:
        VersionNotFound: The version is written in a way that cannot be edited.
    """
    for place in (PROJECT, POETRY):
        old = value_at(tomllib.loads(text), place)
        if isinstance(old, str) and not _dynamic_at(text, place):
            text = _replaced(text, place, written_like(version, old, *examples), path)
    return text


def decode(text: str | bytes, path: str) -> str:
    """
    Return *text* as a string in which every byte is kept, line ends and byte order mark too.

    Raises:
        NotUtf8: It is in some other encoding.
    """
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(path, line=text.count(b"\n", 0, error.start) + 1) from None


_BOM = "it begins with a byte order mark, which TOML does not allow: save it without"


def _load(text: str, path: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ManifestNotToml(path, "nested too deeply", line=1) from None
    except ValueError as error:  # TOMLDecodeError, or a number too long for Python
        position = re.search(r"\(at line (\d+)", str(error))
        problem = _BOM if text.startswith("\ufeff") else str(error)
        raise ManifestNotToml(
            path, problem, line=int(position[1]) if position else text.count("\n") + 1
        ) from None


def _version(data: dict[str, Any], path: str) -> tuple[str, Literal["project", "poetry"]]:
    """Return the static version as it is written, and the table it is in."""
    own, poetry = value_at(data, PROJECT), value_at(data, POETRY)
    plugin = value_at(data, ("tool", "poetry-dynamic-versioning", "enable"))
    if plugin or (own is None and poetry is None and "version" in _dynamic(data)):
        raise VersionDynamic(path, source=version_source(data))
    for table, value in (("project", own), ("tool.poetry", poetry)):
        if value is not None and not isinstance(value, str):
            raise VersionNotText(path, table, value)
    if own is not None and poetry is not None and own != poetry:
        raise VersionsDisagree(path, project=str(own), poetry=str(poetry))
    if own is not None:
        return str(own), "project"
    if poetry is not None:
        return str(poetry), "poetry"
    raise VersionMissing(path, tables=tuple(_tables(data)))


def _tables(data: dict[str, Any]) -> list[str]:
    tables = ["project"] if "project" in data else []
    return tables + (["tool.poetry"] if value_at(data, ("tool", "poetry")) is not None else [])


def _dynamic(data: dict[str, Any]) -> list[str]:
    dynamic = value_at(data, ("project", "dynamic"))
    return dynamic if isinstance(dynamic, list) else []


def _dynamic_at(text: str, place: tuple[str, ...]) -> bool:
    return place == PROJECT and "version" in _dynamic(tomllib.loads(text))


def _replaced(text: str, place: tuple[str, ...], new: str, path: str) -> str:
    span = string_at(text, place)
    if span is None:
        old = value_at(tomllib.loads(text), place)
        raise VersionNotFound(path, what=f"{'.'.join(place)} = {old!r}")
    begin, end = span
    return f"{text[:begin]}{new}{text[end:]}"
