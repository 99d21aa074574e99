"""Notes of what was released before, or would be now, straight from git."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from releasio.errors.checkout import NoCommits
from releasio.errors.request import UnknownRevision
from releasio.rules.channel import tag_prefix_of
from releasio.rules.commits import read_changes
from releasio.rules.notes import render_notes
from releasio.rules.version import final_tags, newest_tags, tag_of, tag_version
from releasio.world.history import ParentBeforeChild

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.config.model import Config
    from releasio.facts import Commit
    from releasio.world.world import World

NOTHING = "No notable changes."


def all_notes(world: World, config: Config) -> list[str]:
    """Return one section for each release, newest first, as git tells them."""
    names = [tag.name for tag in world.git.tags()]
    prefix = tag_prefix_of(config, world.git.branch(), names)
    tags = newest_tags(names, prefix)

    def sections(*, clocks_right: bool) -> list[str]:
        return [
            _section(_title(release.base, prefix, release.commits), release.commits, config)
            for release in world.git.history_by_tag(tags, clocks_right=clocks_right)
        ]

    try:
        return sections(clocks_right=True)
    except ParentBeforeChild:
        return sections(clocks_right=False)


def notes_of(world: World, config: Config, span: str | None) -> Iterator[str]:
    """
    Yield the notes of *span*: `A..B`, a tag or version, or what is not released yet.

    Raises:
        UnknownRelease: *span* is no range, and no tag names it.
        UnknownRevision: An end of the range is not in this clone.
        NoCommits: There is no history yet.
    """
    git = world.git
    if git.head() is None:
        raise NoCommits
    names = [tag.name for tag in git.tags()]
    prefix = tag_prefix_of(config, git.branch(), names)
    tags = newest_tags(names, prefix)
    if span is None:
        commits: Sequence[Commit] = git.history(tags).commits
        yield _section("Unreleased", commits, config)
    elif ".." in span:
        since, _, until = span.partition("..")
        for name in filter(None, (since, until)):
            if git.peel(name) is None:
                raise UnknownRevision(name)
        yield _section(span, list(git.commits(since or None, until or "HEAD")), config)
    else:
        tag = tag_of(span, tags, prefix)
        commits = git.history(_before(tag, tags, prefix), tag).commits
        yield _section(_title(tag, prefix, commits), commits, config)


def _before(tag: str, tags: Sequence[str], prefix: str) -> Sequence[str]:
    """Return what the notes of *tag* may begin after: those of a final release, at a final one."""
    earlier = tags[tags.index(tag) + 1 :]
    final = tag in final_tags([tag], prefix)
    return final_tags(earlier, prefix) if final else earlier


def _title(tag: str | None, prefix: str, commits: Sequence[Commit]) -> str:
    if tag is None:
        return "Unreleased"
    version = tag_version(tag, prefix)
    if not commits:
        return f"[{version}]"
    day = datetime.fromtimestamp(commits[0].time, UTC).date()
    return f"[{version}] - {day.isoformat()}"


def _section(title: str, commits: Sequence[Commit], config: Config) -> str:
    notes = render_notes(read_changes(commits, config.commits).changes, config.changelog)
    return f"## {title}\n\n{notes or NOTHING}\n"
