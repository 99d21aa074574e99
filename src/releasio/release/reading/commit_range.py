"""What the commits since a release say, told apart from what was released before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.commits.reading import read_changes
from releasio.rules.conventions.conventional import KNOWN_TYPES
from releasio.rules.forge.co_authors import co_authors

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from releasio.config.tables.model import Config
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.reading import Reading
    from releasio.rules.project.manifest import Manifest
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.git.git import Git

_CHOICES = (
    *("convention", "commit_parsers", "unknown_type", "unknown_group"),
    *("types_major", "types_minor", "types_patch"),
)


def read_range(git: Git, config: Config, commits: Iterable[Commit], since: str | None) -> Reading:
    """
    Read *commits*, newest first, which *since*, a tag or another revision, does not contain.

    Squash merges may list commits of other pull requests. Which of these *since* has already
    is asked of git, and only where there are any.
    """

    def released(references: Collection[str]) -> Collection[str]:
        return git.history.released_references(references, since) if since else ()

    return read_changes(commits, config.commits, released)


def abandoned_tags(
    git: Git, tags: Sequence[str], form: TagForm, manifest: Manifest
) -> Sequence[str]:
    """
    Return those of *tags*, the highest first, after which the project went on with lower numbers.

    1.0.0b0, then 0.19.0: they are above the manifest's version, and the tag of that contains them.
    """
    own = next((tag for tag in tags if form.version(tag) == manifest.version), None)
    if manifest.is_from_tags or own is None or own == tags[0]:
        return ()
    contained_tags = git.refs.reachable_tags(f"refs/tags/{own}")
    return [tag for tag in tags[: list(tags).index(own)] if tag in contained_tags]


def with_proposal(git: Git, config: Config, reading: Reading, head: str) -> Reading:
    """
    Return *reading* with a warning where another `commits.convention` would read the history.

    Nothing is proposed to who chose how commits are read. The history before the range is only
    read where most of the range is not conventional.

    Args:
        git: Where the history is.
        config: The settings in force.
        reading: What the commits since the last release say.
        head: The newest of these commits.
    """
    if any(map(config.commits.is_set, _CHOICES)) or not config.commits.use_conventional_fallback:
        return reading
    if reading.fragments is not None or not _is_mostly_unread(reading):
        return reading
    from releasio.frozen import replace
    from releasio.rules.conventions.proposal import SAMPLE, proposal

    newest = git.history.commits(None, head, "--no-merges", f"--max-count={SAMPLE}")
    types = config.commits.types_patch
    sentence = proposal([commit.subject for commit in newest], types)
    return replace(reading, warnings=(*reading.warnings, sentence)) if sentence else reading


def _is_mostly_unread(reading: Reading) -> bool:
    """Whether fewer than half of the commits say something of a known type."""
    known = {change.commit.id for change in reading.changes if change.type in KNOWN_TYPES}
    number = sum(1 for commit in reading.commits if len(commit.parents) <= 1)
    return len(known) * 2 < number


def earlier_authors(git: Git, config: Config, last: str | None) -> frozenset[str]:
    """Return the addresses of who contributed before *last*, where the notes name newcomers."""
    if not config.changelog.show_first_time_contributors or last is None:
        return frozenset()
    commits = git.history.commits(None, last)
    authors, others = set[str](), set[tuple[str, str]]()
    for commit in commits:
        authors.add(commit.email)
        others.update(co_authors(commit.message))
    mailmap = git.objects.mapped(others)
    return frozenset((*authors, *(mailmap.get(other, other)[1] for other in others)))
