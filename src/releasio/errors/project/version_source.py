"""Where a version is said to come from, and does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.manifest import ManifestError

if TYPE_CHECKING:
    from dataclasses import KW_ONLY


class VersionDynamic(ManifestError):
    """
    The version comes from where only a run of the project's own code would tell it.

    releasio reads versions where the settings of the build backend say that they are written,
    and takes them from the tags where a tool of the build does. It never runs code of a
    project to learn its version. `version.source = "file"` says in which file it stands
    (`version.source_file`, with a pattern where it is not alone there); `version.source = "tag"`
    says that the build makes it from the tags. What was built must have the planned version in
    the end, whatever was said.
    """

    message = "the version comes from {source}, and {why}"
    hint = """
        Say where it is written: version.source = "file" and version.source_file = "PATH"; or
        version.source = "tag", where the build makes it from the tags"""
    path: str
    _: KW_ONLY
    source: str
    why: str
    line: int | None = None


class VersionUnread(ManifestError):
    """
    The build backend is told to read the version where none can be read.

    The file is not in the commit, or holds no version in the form that the backend asks for, or
    says two different ones.
    """

    message = "{setting} leads to {path}, and {why}"
    hint = """
        Correct the file or the setting; or say where the version is, by version.source = "file"
        and version.source_file"""
    path: str
    _: KW_ONLY
    setting: str
    why: str
    line: int | None = None


class SourcesContradict(ManifestError):
    """
    `version.source` is `"tag"`, and a file says the version that the build takes.

    The tag would name one version, and the files that are built another one.
    """

    message = 'version.source = "tag", but {what} in {path} says {version}'
    hint = """
        Take version.source out; or let the build make the version from the tags, and take it out of
        {path}"""
    path: str
    _: KW_ONLY
    what: str
    version: str


class SourceFileUnnamed(ManifestError):
    """
    `version.source` is `"file"`, and `version.source_file` does not say which.

    Name the file there, relative to the project.
    """

    message = 'version.source = "file", and version.source_file names none'
    hint = 'Set version.source_file = "PATH", relative to the project'
