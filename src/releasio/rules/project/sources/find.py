"""Which source a project's version has: what its build backend is told, read and not run."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from releasio.errors.project.manifest import VersionDynamic
from releasio.rules.project.project_files import MANIFEST
from releasio.rules.project.sources.source import FromTags
from releasio.rules.project.sources.static import is_dynamic, static_source
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.versions import VersionConfig
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_HERE = "releasio.rules.project.sources"
# what a build backend's name begins with, and the module that knows it; imported when needed
_BACKENDS = {
    "hatchling": "hatch",
    "setuptools": "setuptools",
    "flit_scm": "tag_tools",
    "flit": "flit",
    "pdm": "pdm",
    "maturin": "maturin",
    "mesonpy": "meson",
    "scikit_build_core": "scikit_build",
    "poetry_dynamic_versioning": "tag_tools",
    "jupyter_packaging": "setuptools",
    "pbr": "setuptools",
}


def find_source(
    data: Mapping[str, Any], files: ProjectFiles, settings: VersionConfig | None = None
) -> Source | None:
    """
    Return where the version comes from; `None`: nothing says it.

    Args:
        data: What pyproject.toml holds; empty where there is none.
        files: Reads what its settings lead to.
        settings: What `version.source` says; `None`: nothing.

    Raises:
        ManifestError: Something says it, and it cannot be read without running code.
    """
    if settings is not None and settings.source != "auto":
        from releasio.rules.project.sources.configured import configured_source

        return configured_source(files, settings)
    if value_at(data, ("tool", "poetry-dynamic-versioning", "enable")):
        return FromTags("poetry-dynamic-versioning", "[tool.poetry-dynamic-versioning] enable")
    manifest = files.path(MANIFEST) or MANIFEST
    if static := static_source(data, manifest):
        return static
    if "project" in data and not is_dynamic(data):
        return None
    backend = value_at(data, ("build-system", "build-backend")) or "setuptools.build_meta"
    for beginning, module in _BACKENDS.items():
        if str(backend).startswith(beginning):
            source = _ask(module, data, files)
            if source is not None:
                return source
    return _of_unknown(data, files, str(backend))


def _ask(module: str, data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    source: Source | None = import_module(f"{_HERE}.{module}").find(data, files)
    return source


def _of_unknown(data: Mapping[str, Any], files: ProjectFiles, backend: str) -> Source | None:
    """
    Return the source of a backend that wraps another one, or that is the project's own.

    Raises:
        VersionDynamic: It is neither told by a tool for tags, nor by the settings of setuptools.
    """
    for module in ("tag_tools", "setuptools"):
        if source := _ask(module, data, files):
            return source
    if "project" not in data and value_at(data, ("tool", "poetry")) is None:
        return None
    if not is_dynamic(data):
        return None
    why = "how that reads it is not known"
    path = files.path(MANIFEST) or MANIFEST
    raise VersionDynamic(path, source=f"the build backend {backend}", why=why)
