"""What a version source is: the version stands in files, or it comes from tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.project.places import PythonName
from releasio.rules.project.project_name import module_name

if TYPE_CHECKING:
    from packaging.version import Version

    from releasio.errors.project.manifest import ManifestError
    from releasio.rules.project.places import Place
    from releasio.rules.project.project_files import ProjectFiles

_OF_SCM = "SETUPTOOLS_SCM_PRETEND_VERSION_FOR_{}"


@frozen
class Written:
    """
    The version stands in files of the project.

    Attributes:
        places: Where; all of them say the same.
        setting: What leads there: `[tool.hatch.version] path = 'src/demo/__about__.py'`.
        text: The version, as it is written.
    """

    places: tuple[Place, ...]
    setting: str
    text: str


@frozen
class FromTags:
    """
    No file says the version: at each build a tool makes it from the tags.

    A build gets a clone that has the planned tag. Where the tool has an override that is for one
    package only, it gets that, too; one for all packages would reach what the build requires.

    Attributes:
        tool: Its name, as on the index.
        setting: What says so: `[tool.setuptools_scm]`.
    """

    tool: str
    setting: str

    def override(self, name: str, version: Version) -> dict[str, str]:
        """Return the environment variable by which the tool takes *version* for *name*; or none."""
        if self.tool == "setuptools-scm":  # hatch-vcs does not tell it the name
            return {_OF_SCM.format(module_name(name).upper()): str(version)}
        if self.tool == "poetry-dynamic-versioning":
            return {"POETRY_DYNAMIC_VERSIONING_OVERRIDE": f"{name}={version}"}
        return {}


Source = Written | FromTags


def read_places(files: ProjectFiles, setting: str, *places: Place) -> Written:
    """
    Return the source that *places* are, with the version that they say.

    Raises:
        VersionUnread: A file is not there, says no version, or says several.
        NotUtf8: A file is no text.
    """
    versions = {text: place for place in places for text in _versions(files, setting, place)}
    if len(versions) > 1:
        from releasio.errors.project.version_source import VersionUnread

        said = " and ".join(f"{place.what} says {text}" for text, place in versions.items())
        raise VersionUnread(places[0].path, setting=setting, why=said)
    return Written(places, setting, next(iter(versions)))


def _versions(files: ProjectFiles, setting: str, place: Place) -> list[str]:
    text = files.at(place.path)
    spans = () if text is None else place.locator.find(text)
    if text is None or not spans or any(begin == end for begin, end in spans):
        raise _unread(setting, place, text)
    return list(dict.fromkeys(place.version_in(text[begin:end]) for begin, end in spans))


def _unread(setting: str, place: Place, text: str | None) -> ManifestError:
    """Return the error for a *place* that says no version; *text*: what is in the file."""
    from releasio.errors.project.version_source import VersionDynamic, VersionUnread

    if text is None:
        return VersionUnread(place.path, setting=setting, why="there is no such file in the commit")
    spans = place.locator.find(text)
    if not spans and place.what in text and isinstance(place.locator, PythonName):
        why = f"{place.path} assigns no plain string to {place.what}"
        return VersionDynamic(place.path, source=setting, why=why)
    what = f"no {place.what} that is plain text" if place.what else "more than a version, or none"
    return VersionUnread(place.path, setting=setting, why=f"that file has {what}")
