"""A range of commits, read with what its files show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.release.facts import Span
from releasio.release.reading.commit_range import earlier_authors, read_range
from releasio.release.reading.effects.by_files import judge_by_files

if TYPE_CHECKING:
    from collections.abc import Sequence

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
        judging: Whether its files are looked at; what is released already is as it is.
    """

    git: Git
    config: Config
    head: str
    folder: str
    name: str
    judging: bool = True

    def read(self, commits: Sequence[Commit], since: str | None) -> Reading:
        """
        Return what *commits* say and do, newest first, which the tag *since* does not contain.

        Of a first release (`None`) all is new, whatever its files.
        """
        reading = read_range(self.git, self.config, commits, since)
        if since is None or not self.judging:
            return reading
        return judge_by_files(
            self.git, self.config, reading, head=self.head, folder=self.folder, name=self.name
        )

    def span(self, history: History, last: ReleaseTag | None) -> Span:
        """Return what was done since the release *last*, as the notes tell it."""
        base, commits = history
        return Span(last, self.read(commits, base), earlier_authors(self.git, self.config, base))
