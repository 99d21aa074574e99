"""What a project's own files say of it: its name, its version, and where that is from."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from packaging.version import Version

from releasio.errors.project.manifest import (
    ManifestMissing,
    NameComputed,
    NameMissing,
    NotATable,
    VersionMissing,
    VersionNotFound,
)
from releasio.errors.project.package import NotAPackage
from releasio.frozen import frozen
from releasio.rules.project.import_package import configured_packages
from releasio.rules.project.packaged import member_patterns, not_packaged, private_classifier
from releasio.rules.project.project_files import MANIFEST
from releasio.rules.project.sources.find import find_source
from releasio.rules.project.sources.source import FromTags, Written
from releasio.rules.project.toml_string import value_at
from releasio.rules.versions.version import parse_version
from releasio.rules.versions.version_form import semantic, written_like
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.config.tables.versions import VersionConfig
    from releasio.rules.project.places import Place
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source


_AROUND = pattern(r"(?s)(\s*[vV]?)(.*?)(\s*)")  # what stays as it is around a version


@frozen
class Manifest:
    """
    What a project says of itself.

    Attributes:
        name: As it is written there, not normalised.
        version: The current one. Where it comes from tags, whoever knows them sets it to that of
            the last release; 0 before the first.
        source: Where that is from.
        path: The file that names the project, in the repository: pyproject.toml, or what stands
            for it.
        packages: What the build back end's settings name as import packages.
        private: The classifier by which it is not for PyPI; empty: it may go there.
    """

    name: str
    version: Version
    source: Source
    path: str = MANIFEST
    packages: tuple[str, ...] = ()
    private: str = ""

    @property
    def written(self) -> str:
        """The version as it is written."""
        return self.source.text if isinstance(self.source, Written) else str(self.version)

    @property
    def is_from_tags(self) -> bool:
        """Whether no file says the version."""
        return isinstance(self.source, FromTags)

    @property
    def version_path(self) -> str:
        """The file that says the version; where none does, the one that says so."""
        return self.source.places[0].path if isinstance(self.source, Written) else self.path

    @property
    def places_by_path(self) -> dict[str, tuple[Place, ...]]:
        """The files that the version is written in, each with its places."""
        paths = dict.fromkeys(place.path for place in self.places)
        return {path: tuple(place for place in self.places if place.path == path) for path in paths}

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the version is written."""
        return self.source.places if isinstance(self.source, Written) else ()


def read_manifest(files: ProjectFiles, settings: VersionConfig | None = None) -> Manifest:
    """
    Read name and version.

    Args:
        files: The project's; pyproject.toml, or setup.cfg and setup.py, and what these lead to.
        settings: Says where the version is, where somebody set it.

    Raises:
        ManifestError: They do not say both; each cause has its own subclass.
        InvalidVersion: The version is none.
        NotUtf8: A file is no text.
    """
    path = files.manifest
    data = files.toml(MANIFEST)
    if data is not None and (setting := not_packaged(data)):
        raise NotAPackage(path, setting, member_patterns(data))
    name, describing_path = read_name(files, data)
    source = find_source(data or {}, files, settings) if describing_path else None
    if source is None:
        if data is None:
            raise ManifestMissing(path)
        raise VersionMissing(path, tables=tuple(_tables(data)))
    if not name:
        raise NameMissing(path)
    if isinstance(source, Written):
        version = parse_version(source.text, path=source.places[0].path)
    else:
        version = Version("0")
    packages = configured_packages(data or {})
    return Manifest(
        name, version, source, describing_path, packages, private_classifier(data or {})
    )


def read_name(files: ProjectFiles, data: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """
    Return the project's name, and the file that describes it; empty: there is none.

    Args:
        files: The project's.
        data: What pyproject.toml holds; `None`: it is read.

    Raises:
        NameComputed: setup.py works the name out.
        ManifestNotToml: pyproject.toml is no TOML.
        NotUtf8: A file is no text.
    """
    if data is None:
        data = files.toml(MANIFEST) or {}
    for keys in (("project",), ("tool", "poetry"), ("tool", "flit", "metadata")):
        table = value_at(data, keys)
        if table is not None and not isinstance(table, dict):
            raise NotATable(files.manifest, ".".join(keys), table)
        if table is not None:
            name = table.get("name", table.get("dist-name", table.get("module")))
            return name if isinstance(name, str) else "", files.manifest
    if str(value_at(data, ("build-system", "build-backend"))).startswith("maturin"):
        from releasio.rules.project.sources.maturin import crate_name

        return crate_name(data, files), files.manifest
    from releasio.rules.project.project_files import SETUP_CFG, SETUP_PY
    from releasio.rules.project.setup_files import cfg_value, read_setup_py

    files.load(SETUP_CFG, SETUP_PY)
    cfg, call = files.text(SETUP_CFG), read_setup_py(files.text(SETUP_PY))
    if name := cfg_value(cfg, "metadata", "name"):
        return name, files.in_folder(SETUP_CFG)
    path = files.in_folder(SETUP_PY)
    if call is None:
        return "", ""
    name_argument = call.value("name")
    if name_argument is None or call.text("name"):
        return call.text("name"), path
    from releasio.rules.project.sources.setup_py import text_by_key

    name = text_by_key(call, "name", files)
    if not name:
        raise NameComputed(path, line=name_argument.lineno)
    return name, path


def set_version(
    text: str, version: Version, places: Sequence[Place], examples: Sequence[str] = ()
) -> str:
    """
    Return the content of a file with the new version at its *places*; all else stays as it is.

    The version is written as the old one is; where that tells no form, as *examples* are.

    Raises:
        VersionNotFound: The version is written in a way that cannot be edited.
    """
    spans = {span: place for place in places for span in place.locator.find(text)}
    if not spans:
        place = places[0]
        raise VersionNotFound(place.path, what=f"{place.what}, written plainly")
    for (begin, end), place in sorted(spans.items(), reverse=True):
        before, old, behind = _AROUND.fullmatch(text, begin, end).groups()  # type: ignore[union-attr] # matches all
        new = _spelled(place, version, old, examples)
        if new is None:
            raise VersionNotFound(place.path, what=f"a form of {version} that {place.what} takes")
        text = f"{text[:begin]}{before}{new}{behind}{text[end:]}"
    return text


def _spelled(place: Place, version: Version, old: str, examples: Sequence[str]) -> str | None:
    """Return *version* as *place* takes it, instead of *old*; `None`: it takes no such one."""
    match place.form:
        case "semantic":
            return semantic(version, old)
        case "numbers":
            return _as_numbers(version, old)
        case _:
            return written_like(version, old, *examples)


def _as_numbers(version: Version, old: str) -> str | None:
    """Return the release numbers of *version* as *old* has them: `1, 2, 0`."""
    if Version(version.base_version) != version or version.epoch:
        return None
    numbers = [*version.release, *[0] * (old.count(",") + 1 - len(version.release))]
    if len(numbers) > old.count(",") + 1:
        return ", ".join(map(str, numbers))
    replacements = iter(numbers)
    return re.sub(r"\d+", lambda _: str(next(replacements)), old)


def _tables(data: Mapping[str, Any]) -> list[str]:
    tables = ["project"] if "project" in data else []
    return tables + (["tool.poetry"] if value_at(data, ("tool", "poetry")) is not None else [])
