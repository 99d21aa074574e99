"""What somebody says of the version in releasio's own settings: `version.source`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.project.manifest import SourceFileUnnamed
from releasio.rules.project.places import Place, PythonName, WholeFile, regex_locator
from releasio.rules.project.sources.source import FromTags, read_places

if TYPE_CHECKING:
    from releasio.config.tables.versions import VersionConfig
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_PLACEHOLDER = "{version}"
_VERSION = r"(?P<version>[0-9](?:[0-9A-Za-z.!+_-]*[0-9A-Za-z])?)"


def configured_source(files: ProjectFiles, settings: VersionConfig) -> Source:
    """
    Return the source that `version.source` names.

    Raises:
        SourceFileUnnamed: It names a file, and `version.source_file` does not say which.
        VersionUnread: That file says no version.
    """
    if settings.source == "tag":
        return FromTags("the build", 'version.source = "tag"')
    name, pattern = settings.source_file, settings.source_pattern
    if name is None:
        raise SourceFileUnnamed
    path, setting = files.path(name) or name, f"version.source_file = {name!r}"
    text = files.text(name) or ""
    if pattern:
        before, _, behind = pattern.partition(_PLACEHOLDER)
        regex = f"{re.escape(before)}v?{_VERSION}{re.escape(behind)}"
        place = Place(path, regex_locator(path, regex, every=True), pattern)
        return read_places(files, setting, place)
    if "__version__" in text:
        return read_places(files, setting, Place(path, PythonName("__version__"), "__version__"))
    return read_places(files, setting, Place(path, WholeFile(), ""))
