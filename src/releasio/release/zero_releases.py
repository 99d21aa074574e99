"""The releases before 1.0.0: what their commits asked for, and what they raised."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from releasio.errors.git.checkout import ShallowClone
from releasio.rules.bump.level import level_of
from releasio.rules.bump.zero_rule import ZeroRelease, matters, with_habit
from releasio.rules.commits.reading import read_changes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from packaging.version import Version

    from releasio.config.tables.model import Config
    from releasio.release.facts import ReleaseTag
    from releasio.rules.commits.reading import Reading
    from releasio.rules.versions.tag_form import TagForm
    from releasio.rules.versions.version import Level
    from releasio.world.git.git import Git


def with_zero_habit(
    git: Git,
    config: Config,
    reading: Reading,
    last: ReleaseTag | None,
    tags: Sequence[str],
    form: TagForm,
) -> Reading:
    """
    Return *reading* with a warning where the releases so far followed the other rule of 0.x.

    History is only read where that matters: before 1.0.0, when features lead to the next
    version and `version.zero` is not set. A shallow clone tells nothing.

    Args:
        git: Where the history is.
        config: The settings in force.
        reading: What the commits since *last* say.
        last: The last release.
        tags: The tags of releases, the highest first.
        form: How they are named.
    """
    level = level_of(reading, config.commits)
    if last is None or not matters(last.version, level, config.version):
        return reading
    try:
        releases = list(_zero_releases(git, config, last, form.finals(tags), form))
    except ShallowClone:
        return reading
    return with_habit(reading, releases, config.version.zero)


def _zero_releases(
    git: Git, config: Config, last: ReleaseTag, tags: Sequence[str], form: TagForm
) -> Iterator[ZeroRelease]:
    levels: dict[Version, Level] = {}
    for base, commits, _ in git.history.by_tag(tags, f"refs/tags/{last.name}"):
        if version := form.version(base) if base else None:
            levels[version] = level_of(read_changes(commits, config.commits), config.commits)
    for version, previous in pairwise(sorted(levels, reverse=True)):
        yield ZeroRelease(version, previous, levels[version])
