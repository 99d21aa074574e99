"""
PDM's backend: `[tool.pdm.version]`.

Source: https://backend.pdm-project.org/metadata/#dynamic-project-version
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.version_source import VersionDynamic
from releasio.rules.project.places import Place, regex_locator
from releasio.rules.project.sources.source import FromTags, read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_DEFAULT = r"""^(?:__version__|VERSION)\s*=\s*["'](.+?)["']\s*(?:#.*)?$"""
_GROUP = 1  # of that, and of a pattern of the project's own


def pdm_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what PDM is told about the version; `None`: nothing.

    Raises:
        VersionDynamic: It calls a function of the project.
        VersionUnread: It is told to read it where none is.
    """
    settings = value_at(data, ("tool", "pdm", "version"))
    if not isinstance(settings, dict):
        return None
    kind, path = str(settings.get("source", "file")), settings.get("path", settings.get("from"))
    if kind == "scm" or settings.get("use_scm"):
        return FromTags("pdm-backend", "[tool.pdm.version] source = 'scm'")
    where = files.path(path) if isinstance(path, str) else None
    if kind == "file" and where is not None:
        pattern = settings.get("pattern", _DEFAULT)
        what = f"match of {pattern}" if "pattern" in settings else "__version__"
        place = Place(where, regex_locator(where, str(pattern), _GROUP), what)
        return read_places(files, f"[tool.pdm.version] path = {path!r}", place)
    why = "that runs code of the project" if kind == "call" else "how PDM reads it is not known"
    source = f"[tool.pdm.version] source = {kind!r}"
    raise VersionDynamic(files.manifest, source=source, why=why)
