"""What somebody says of the version in releasio's own settings: `version.source`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.errors.project.version_source import SourceFileUnnamed, SourcesContradict
from releasio.rules.project.places import Place, PythonName, WholeFile, regex_locator
from releasio.rules.project.sources.source import FromTags, read_places
from releasio.rules.project.sources.static import static_source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.versions import VersionConfig
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_PLACEHOLDER = "{version}"
_VERSION = r"(?P<version>[0-9](?:[0-9A-Za-z.!+_-]*[0-9A-Za-z])?)"


def configured_source(
    data: Mapping[str, Any], files: ProjectFiles, settings: VersionConfig
) -> Source:
    """
    Return the source that `version.source` names.

    Args:
        data: What pyproject.toml holds.
        files: Reads the file that the settings name.
        settings: What they say.

    Raises:
        SourcesContradict: It names the tags, and pyproject.toml says the version.
        SourceFileUnnamed: It names a file, and `version.source_file` does not say which.
        VersionUnread: That file says no version.
    """
    if settings.source == "tag":
        static = static_source(data, files.manifest) if "project" in data else None
        if static is not None:
            what = static.places[0].what
            raise SourcesContradict(files.manifest, what=what, version=static.text)
        return FromTags("the build", 'version.source = "tag"')
    name, pattern = settings.source_file, settings.source_pattern
    if name is None:
        raise SourceFileUnnamed
    path, setting = files.path(name) or name, f"version.source_file = {name!r}"
    text = files.text(name) or ""
    if pattern:
        before, _, behind = pattern.partition(_PLACEHOLDER)
        word = r"(?<!\w)" if re.match(r"\w", before) else ""  # not the end of MIN_RELEASE
        regex = f"{word}{re.escape(before)}v?{_VERSION}{re.escape(behind)}"
        place = Place(path, regex_locator(path, regex, every=True), pattern)
        return read_places(files, setting, place)
    if "__version__" in text:
        return read_places(files, setting, Place(path, PythonName("__version__"), "__version__"))
    return read_places(files, setting, Place(path, WholeFile(), ""))
