"""
scikit-build-core: `[tool.scikit-build.metadata.version]`.

Source: https://scikit-build-core.readthedocs.io/en/latest/configuration/dynamic.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.errors.project.manifest import VersionDynamic
from releasio.rules.project.places import Place, regex_locator
from releasio.rules.project.sources.source import FromTags, read_places
from releasio.rules.project.toml_string import value_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_TABLE = "tool.scikit-build.metadata.version"
_DEFAULT = r"""(?i)^(__version__|VERSION)(?: ?\: ?str)? *= *([\'"])v?(?P<value>.+?)\2"""


def scikit_build_source(data: Mapping[str, Any], files: ProjectFiles) -> Source | None:
    """
    Return what scikit-build-core is told about the version; `None`: nothing.

    Raises:
        VersionDynamic: A provider makes it that is not known.
        VersionUnread: It is told to read it where none is.
    """
    settings = value_at(data, tuple(_TABLE.split(".")))
    if not isinstance(settings, dict):
        return None
    provider = str(settings.get("provider", ""))
    if provider.endswith(".setuptools_scm"):
        return FromTags("setuptools-scm", f"[{_TABLE}] provider = {provider!r}")
    path, result = settings.get("input"), settings.get("result", "{value}")
    where = files.path(path) if isinstance(path, str) else None
    is_plain = result in {"{value}", "{version}"} and not settings.get("remove")
    if provider.endswith(".regex") and where is not None and is_plain:
        regex = settings.get("regex")
        pattern = regex if isinstance(regex, str) else _DEFAULT
        group = next((name for name in ("value", "version") if f"(?P<{name}>" in pattern), "value")
        place = Place(
            where, regex_locator(where, pattern, group), "__version__" if regex is None else pattern
        )
        return read_places(files, f"[{_TABLE}] input = {path!r}", place)
    source = f"[{_TABLE}] provider = {provider!r}"
    raise VersionDynamic(files.manifest, source=source, why="how that makes it is not known")
