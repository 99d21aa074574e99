"""A range of commits, read with what its files show."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.errors.git.commands import GitFailed
from releasio.frozen import frozen, replace
from releasio.release.facts import Span
from releasio.release.reading.commit_range import earlier_authors, read_range
from releasio.release.reading.effects.by_files import judge_by_files
from releasio.release.reading.effects.metadata import with_metadata
from releasio.release.reading.project.documents import files_at
from releasio.world.git.place import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

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
        offline: Whether nobody is asked for what a partial clone lacks.
        judging: Whether its files are looked at; what is released already is as it is.
    """

    git: Git
    config: Config
    head: str
    folder: str
    name: str
    known_files: Mapping[str, bytes | None] = MappingProxyType({})
    offline: bool = False
    judging: bool = True

    def read(self, commits: Sequence[Commit], since: str | None) -> Reading:
        """
        Return what *commits* say and do, newest first, which *since*, a revision, does not contain.

        Of a first release (`None`) all is new, whatever its files.
        """
        reading = read_range(self.git, self.config, commits, since)
        if since is None or not self.judging:
            return reading
        is_complete = True
        for compare in self._comparisons(since):
            try:
                reading = compare(reading)
            except GitFailed:
                if not self.offline:
                    raise
                is_complete = False
        if is_complete:
            return reading
        sentence = (
            f"this clone lacks files of {since.removeprefix(TAGS)} or later, and nobody was asked "
            "for them: what users need and get was not compared"
        )
        return replace(reading, warnings=(*reading.warnings, sentence))

    def _comparisons(self, since: str) -> Iterator[Callable[[Reading], Reading]]:
        """Yield what adds to a reading what its commits do since the revision *since*."""
        git = self.git.at_hand() if self.offline else self.git
        files = files_at(git, self.head, self.folder, self.known_files)
        yield partial(judge_by_files, git, self.config, files=files, name=self.name)
        yield partial(with_metadata, git, self.config, since=since, head=self.head, new=files)
        if self.config.changelog.include_dependency_updates:
            from releasio.release.reading.effects.dependencies import with_dependencies

            yield partial(
                with_dependencies, git, since=since, head=self.head, new=files, name=self.name
            )
        if self.config.changes.api != "off":
            from releasio.release.reading.effects.api import with_api

            yield partial(
                with_api,
                git,
                self.config,
                since=since,
                head=self.head,
                folder=self.folder,
                name=self.name,
            )

    def span(self, history: History, last: ReleaseTag | None) -> Span:
        """Return what was done since the release *last*, as the notes tell it."""
        base, commits, _ = history
        reading = self.read(commits, f"{TAGS}{base}" if base else None)
        return Span(last, reading, earlier_authors(self.git, self.config, base))
