"""Small projects, as the files that say their version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.rules.project.manifest import read_manifest, set_version
from releasio.rules.project.project_files import ProjectFiles

if TYPE_CHECKING:
    from collections.abc import Mapping

NEW = Version("1.3.0")
DYNAMIC = '[project]\nname = "demo"\ndynamic = ["version"]\n'
MODULE = '"""It."""\n__version__ = "@"  # here\nother = "1.2.0"\n'


def built_by(backend: str, more: str = "", requires: str = "") -> str:
    return (
        f'{DYNAMIC}{more}\n[build-system]\nrequires = [{requires}]\nbuild-backend = "{backend}"\n'
    )


def project(files: Mapping[str, str], version: str = "1.2.0") -> ProjectFiles:
    contents = {path: text.replace("@", version).encode() for path, text in files.items()}
    return ProjectFiles.of(contents)


HATCH = built_by("hatchling.build", '[tool.hatch.version]\npath = "demo/about.py"')
SETUPTOOLS = "setuptools.build_meta"
ATTR = '[tool.setuptools.dynamic]\nversion = {{ attr = "{}" }}'
CFG = "[metadata]\nname = demo\nversion = {}\n[options]\npackages = find:\n"
SCIKIT = '[tool.scikit-build.metadata.version]\nprovider = "scikit_build_core.metadata.{}"\n'


def check_edit(files: Mapping[str, str], paths: list[str]) -> None:
    """See that `@` in *files* is the version of `demo`, is in *paths*, and is all that changes."""
    before, after = project(files), project(files, "1.3.0")
    manifest = read_manifest(before)

    assert ("demo", Version("1.2.0")) == (manifest.name, manifest.version)
    assert paths == list(manifest.places_by_path)
    for path, places in manifest.places_by_path.items():
        assert after.at(path) == set_version(before.at(path) or "", NEW, places)
    assert read_manifest(after).version == NEW
