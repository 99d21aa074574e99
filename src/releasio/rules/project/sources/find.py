"""Which source a project's version has: what its build backend is told, read and not run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.project.sources.source import FromTags
from releasio.rules.project.sources.static import is_dynamic, static_source
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.versions import VersionConfig
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_ALONE = ("hatchling", "pdm", "maturin", "mesonpy", "flit_core")
_KNOWN = ("hatchling", "setuptools", "flit", "pdm", "maturin", "scikit_build_core")


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

        return configured_source(data, files, settings)
    if value_at(data, ("tool", "poetry-dynamic-versioning", "enable")):
        return FromTags("poetry-dynamic-versioning", "[tool.poetry-dynamic-versioning] enable")
    if static := static_source(data, files.manifest):
        return static
    if "project" in data and not is_dynamic(data):
        return None
    backend = str(value_at(data, ("build-system", "build-backend")) or "setuptools.build_meta")
    return _backend_source(backend, data, files) or _other_source(backend, data, files)


def _backend_source(backend: str, data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what the settings of *backend* say; `None`: nothing, or it is not known here.

    Each module is imported for its own backend only: most projects need none of them.
    """
    if backend.startswith("mesonpy"):
        from releasio.rules.project.sources.meson import meson_source

        return meson_source(files)
    if backend.startswith("hatchling"):
        from releasio.rules.project.sources.hatch import hatch_source as read_settings
    elif backend.startswith(("setuptools", "jupyter_packaging")):
        from releasio.rules.project.sources.setuptools import setuptools_source as read_settings
    elif backend.startswith("flit") and not backend.startswith("flit_scm"):
        from releasio.rules.project.sources.flit import flit_source as read_settings
    elif backend.startswith("pdm"):
        from releasio.rules.project.sources.pdm import pdm_source as read_settings
    elif backend.startswith("maturin"):
        from releasio.rules.project.sources.maturin import maturin_source as read_settings
    elif backend.startswith("scikit_build_core"):
        from releasio.rules.project.sources.scikit_build import scikit_build_source as read_settings
    else:
        return None
    return read_settings(data, files)


def _other_source(backend: str, data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return the source of a backend without settings, or that wraps another one, or is not known.

    Raises:
        VersionDynamic: Neither a tool for tags nor the settings of setuptools say it.
    """
    from releasio.rules.project.sources.setuptools import setuptools_source
    from releasio.rules.project.sources.tag_tools import tag_tool_source

    # what is left there of a tool that this backend does not ask says nothing
    is_own = backend.startswith(_ALONE)
    if not is_own and (source := tag_tool_source(data) or setuptools_source(data, files)):
        return source
    if not is_dynamic(data):
        return None
    why = "how that reads it is not known"
    if backend.startswith(_KNOWN):
        why = "none of its settings says where it is"
    from releasio.errors.project.version_source import VersionDynamic

    raise VersionDynamic(files.manifest, source=f"the build backend {backend}", why=why)
