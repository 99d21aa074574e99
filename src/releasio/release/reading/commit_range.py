"""What the commits since a release say, told apart from what was released before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.commits.reading import read_changes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from releasio.config.tables.model import Config
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.reading import Reading
    from releasio.world.git.git import Git


def read_range(git: Git, config: Config, commits: Iterable[Commit], since: str | None) -> Reading:
    """
    Read *commits*, newest first, which *since*, a tag or another revision, does not contain.

    Squash merges may list commits of other pull requests. Which of these *since* has already
    is asked of git, and only where there are any.
    """

    def released(references: Collection[str]) -> Collection[str]:
        return git.released_references(references, since) if since else ()

    return read_changes(commits, config.commits, released)


def earlier_authors(git: Git, config: Config, last: str | None) -> frozenset[str]:
    """Return who committed before the release *last*, where the notes name newcomers."""
    if not config.changelog.show_first_time_contributors or last is None:
        return frozenset()
    return frozenset(commit.email for commit in git.commits(None, last))
