"""The project that another tool releases: its files, its version, and where that is written."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING, Any

from packaging.version import Version

from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.version_file import set_file_version

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from releasio.rules.project.places import Place
    from releasio.rules.project.project_files import ProjectFiles
    from releasio.setup.adoption.foreign_table import ForeignTable
    from releasio.setup.adoption.translation import Translation

_LONG = 100  # letters of a line; only some of a longer one make the pattern
_AROUND = 20


@frozen
class Project:
    """
    A project as another tool sees it.

    Attributes:
        files: Its files.
        workflows: The workflow files of its repository, by path.
        version: Its version as it is written; empty: no file says it.
        places: The files that the build takes the version from.
        is_described: Whether they say name and version, or that tags say the version.
    """

    files: ProjectFiles
    workflows: Mapping[str, str]
    version: str = ""
    places: tuple[Place, ...] = ()
    is_described: bool = False

    @classmethod
    def of(cls, files: ProjectFiles, workflows: Mapping[str, str]) -> Project:
        """Read what the *files* say of the version; those that say nothing leave it empty."""
        try:
            manifest = read_manifest(files)
        except ReleasioError:  # who reads the project for its own sake tells it
            return cls(files, workflows)
        version = "" if manifest.is_from_tags else manifest.written
        return cls(files, workflows, version, manifest.places, is_described=True)

    def text(self, name: str) -> str | None:
        """Return the content of *name*; `None`: there is no such file, or it is no text."""
        try:
            return self.files.text(name)
        except ReleasioError:
            return None

    def first_table(
        self, names: Iterable[str], read: Callable[[str, str], ForeignTable | None]
    ) -> ForeignTable | None:
        """
        Return the table of the first file that has one; `None`: none of them has.

        Args:
            names: The files, in the order in which they count.
            read: Takes the name and the text of a file, and returns its table.
        """
        texts = ((name, self.text(name)) for name in names)
        tables = (read(name, text) for name, text in texts if text is not None)
        return next((table for table in tables if table is not None), None)

    def says_version(self, name: str) -> bool:
        """Whether the build takes the version from the file *name*, which needs no setting then."""
        return self.files.path(name) in {place.path for place in self.places}

    def patterns(
        self, name: str, is_place: Callable[[str], object], version: str = ""
    ) -> tuple[str, ...]:
        """
        Return the text around the version in each line of *name* that *is_place* takes.

        A line that the build takes the version from is none of them.

        Args:
            name: The file.
            is_place: Whether the version stands in this line.
            version: As the other tool knows it; empty: the project's.
        """
        version, text = version or self.version, self.text(name) or ""
        own_lines = {
            text.count("\n", 0, span.begin)
            for place in self.places
            if place.path == self.files.path(name)
            for span in place.locator.find(text)
        }
        lines = [line for n, line in enumerate(text.split("\n")) if n not in own_lines]
        around = (_around(line, version) for line in lines if version and is_place(line))
        return tuple(dict.fromkeys(filter(None, around)))

    def patterns_of(self, name: str, search: str, version: str = "") -> tuple[str, ...]:
        """
        Return what `patterns` does for the lines of *name* with *search*, which has a gap.

        Args:
            name: The file.
            search: The text around the version; `{current_version}` is its place.
            version: As the other tool knows it; empty: the project's.
        """
        text = search.replace("{current_version}", version or self.version)
        patterns = self.patterns(name, lambda line: text in line, version)
        if patterns and search != "{current_version}":
            return (search.strip().replace("{current_version}", "{version}"),)
        return patterns


def _around(line: str, version: str) -> str:
    """Return *line* with a gap for *version*; empty: it does not say it, or not so."""
    where = re.search(rf"(?<![\w.]){re.escape(version)}(?![\w])|(?<=v){re.escape(version)}", line)
    if where is None or "{" in line:  # a brace might be taken for a gap
        return ""
    before, behind = line[: where.start()].lstrip(), line[where.end() :].rstrip()
    if len(before) + len(behind) > _LONG:
        before, behind = before[-_AROUND:], behind[:_AROUND]
    return f"{before}{{version}}{behind}" if before or behind else ""


def _holds_version(text: str | None) -> bool:
    """Whether a release can write a version into *text* without being told where."""
    try:
        return bool(set_file_version(text or "", Version("0")))
    except ReleasioError:
        return False


class VersionPlaces:
    """Collects files that repeat the version: `version.version_files` and `version.files`."""

    def __init__(self, translation: Translation, project: Project) -> None:
        """Collect for *translation* of a tool of *project*."""
        self._translation = translation
        self._project = project
        self._plain: dict[str, tuple[str | int, ...]] = {}
        self._patterns: dict[str, list[str]] = {}
        self._foreign: tuple[str | int, ...] = ()

    def whole(self, name: str, *foreign: str | int) -> None:
        """Add a file that needs no pattern: it has `__version__`, or nothing but the version."""
        name = posixpath.normpath(name)
        if self._project.says_version(name):
            return
        if _holds_version(self._project.text(name)):
            self._plain.setdefault(name, foreign)
        else:
            self._cannot_find(name, *foreign)

    def lines(self, name: str, patterns: tuple[str, ...], *foreign: str | int) -> None:
        """Add a file with the text around the version; without *patterns* none was found there."""
        name = posixpath.normpath(name)
        if self._project.says_version(name) and not patterns:
            return
        if patterns:
            self._foreign = self._foreign or foreign
            known = self._patterns.setdefault(name, [])
            known += [pattern for pattern in patterns if pattern not in known]
            return
        self._cannot_find(name, *foreign)

    def finish(self) -> None:
        """Set what was collected."""
        plain = {name: place for name, place in self._plain.items() if name not in self._patterns}
        if plain:
            self._translation.set("version.version_files", list(plain), *next(iter(plain.values())))
        if self._patterns:
            entries = list(self._entries())
            self._translation.set("version.files", entries, *self._foreign)

    def _cannot_find(self, name: str, *foreign: str | int) -> None:
        self._translation.cannot(
            f"where the version stands in {name} was not found",
            "Name it in version.files, with the text around it as pattern.",
            *foreign,
        )

    def _entries(self) -> Iterator[dict[str, Any]]:
        for name, patterns in self._patterns.items():
            is_one = len(patterns) == 1
            rest = {"pattern": patterns[0]} if is_one else {"patterns": patterns}
            yield {"path": name, **rest}
