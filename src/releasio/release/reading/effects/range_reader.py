"""A range of commits, read with what its files show."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.release.facts import Span
from releasio.release.reading.commit_range import earlier_authors, read_range
from releasio.release.reading.effects.by_files import judge_by_files
from releasio.release.reading.effects.metadata import with_metadata
from releasio.release.reading.project.documents import files_at
from releasio.world.git.place import TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.config.tables.model import Config
    from releasio.release.facts import ReleaseTag
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.reading import Reading
    from releasio.world.git.git import Git
    from releasio.world.git.history import History


@frozen
class RangeReader:
    """
    Reads what was done since a release.

    Attributes:
        git: Where it is read.
        config: The settings in force.
        head: The newest commit, which says what is in the package.
        folder: The project's in the repository; empty: the root.
        name: The project's name.
        known_files: Those of the project at *head* that were read before, by path.
        judging: Whether its files are looked at; what is released already is as it is.
    """

    git: Git
    config: Config
    head: str
    folder: str
    name: str
    known_files: Mapping[str, bytes | None] = MappingProxyType({})
    judging: bool = True

    def read(self, commits: Sequence[Commit], since: str | None) -> Reading:
        """
        Return what *commits* say and do, newest first, which *since*, a revision, does not contain.

        Of a first release (`None`) all is new, whatever its files.
        """
        reading = read_range(self.git, self.config, commits, since)
        if since is None or not self.judging:
            return reading
        files = files_at(self.git, self.head, self.folder, self.known_files)
        reading = judge_by_files(self.git, self.config, reading, files=files, name=self.name)
        reading = with_metadata(
            self.git, self.config, reading, since=since, head=self.head, new=files
        )
        if self.config.changes.api == "off":
            return reading
        from releasio.release.reading.effects.api import with_api

        place = {"folder": self.folder, "name": self.name}
        return with_api(self.git, self.config, reading, since=since, head=self.head, **place)

    def span(self, history: History, last: ReleaseTag | None) -> Span:
        """Return what was done since the release *last*, as the notes tell it."""
        base, commits = history
        reading = self.read(commits, f"{TAGS}{base}" if base else None)
        return Span(last, reading, earlier_authors(self.git, self.config, base))
