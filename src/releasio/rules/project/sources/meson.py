"""
meson-python: `version` of `project()` in meson.build.

Source: https://mesonbuild.com/Reference-manual_functions.html#project
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.project.version_source import VersionDynamic, VersionUnread
from releasio.rules.project.places import MesonVersion, Place, WholeFile
from releasio.rules.project.sources.source import read_places

if TYPE_CHECKING:
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.rules.project.sources.source import Source

_BUILD = "meson.build"
_OF_FILE = re.compile(r"""(?m)^[^#\n]*\bversion[ \t]*:[ \t]*files\([ \t]*'([^'\n]+)'[ \t]*\)""")
_VERSION = re.compile(r"(?m)^[^#\n]*\bversion[ \t]*:")


def meson_source(files: ProjectFiles) -> Source:
    """
    Return where meson.build has the version: a string, or the file that it names.

    Raises:
        VersionUnread: There is no meson.build.
        VersionDynamic: It runs something for it.
    """
    text, path = files.text(_BUILD), files.in_folder(_BUILD)
    if text is None:
        raise VersionUnread(path, setting="meson-python", why="there is no such file in the commit")
    place = Place(path, MesonVersion(), "version of project()")
    if place.locator.find(text):
        return read_places(files, "meson-python", place)
    if match := _OF_FILE.search(text):
        place = Place(files.path(match[1]) or match[1], WholeFile(), "")
        return read_places(files, f"version : files('{match[1]}') in {path}", place)
    line = text.count("\n", 0, match.start()) + 1 if (match := _VERSION.search(text)) else None
    source = f"project() in line {line}" if line else "project(), which has none"
    raise VersionDynamic(path, source=source, why="that is no plain string", line=line)
