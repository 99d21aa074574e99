"""Notes of what was released before, or would be now, straight from git."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from releasio.errors.base import ReleasioError
from releasio.errors.git.checkout import NoCommits
from releasio.errors.request import UnknownRevision
from releasio.frozen import replace
from releasio.release.changelog.told_release import ToldRelease
from releasio.release.reading.commit_range import abandoned_tags, read_range
from releasio.release.reading.effects.range_reader import RangeReader
from releasio.release.reading.project.documents import (
    files_at,
    folder_of,
    known_project_name,
)
from releasio.release.reading.project.manifests import manifest_at
from releasio.rules.bump.channel import tag_form_of
from releasio.rules.changelog.group_titles import group_titles
from releasio.rules.changelog.markup.chosen import markup_of
from releasio.rules.forge.links import links_of
from releasio.rules.notes.listed import told
from releasio.rules.notes.templates.data import About
from releasio.rules.project.changelog_file import changelog_name, changelog_names
from releasio.rules.versions.tag_choice import Owner
from releasio.world.git.history import TrustFailed
from releasio.world.git.place import TAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from releasio.config.tables.model import Config
    from releasio.rules.changelog.group_titles import GroupTitles
    from releasio.rules.commits.commit import Commit
    from releasio.rules.commits.reading import Reading
    from releasio.rules.forge.links import Links
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.git.history import History
    from releasio.world.world import World

T = TypeVar("T")


def read_all(world: World, config: Config, write: Callable[[ToldRelease], T]) -> list[T]:
    """
    Return what *write* makes of each release, newest first.

    It is asked as soon as a release is known, whose commits are forgotten then: memory does not
    grow with the history.

    Raises:
        NoCommits: There is no history yet.
    """
    if world.git.work_tree.head() is None:
        raise NoCommits
    names = [tag.name for tag in world.git.refs.tags()]
    form, titles = _form(world, config, names), _titles(world, config)
    tags = form.newest(names)
    if not config.changelog.include_prereleases:
        tags = form.finals(tags)

    about = About(known_project_name(world), links=_links(world, config))

    before = dict(pairwise([None, *tags, None]))

    def section(release: History) -> T:
        previous = before[release.base]
        reading = read_range(world.git, config, release.commits, previous)
        own = _about(about, release.base, form, release.commits, previous)
        return write(_told(config, titles, own, reading))

    def sections(*, trusting: bool) -> list[T]:
        return [*map(section, world.git.history.by_tag(tags, trusting=trusting))]

    try:
        return sections(trusting=True)
    except TrustFailed:
        return sections(trusting=False)


def read_span(world: World, config: Config, span: str | None) -> Iterator[ToldRelease]:
    """
    Yield what is told of *span*: `A..B`, a tag or version, or what is not released yet.

    Raises:
        UnknownRelease: *span* is no range, and no tag names it.
        UnknownRevision: An end of the range is not in this clone.
        NoCommits: There is no history yet.
    """
    git = world.git
    if git.work_tree.head() is None:
        raise NoCommits
    names = [tag.name for tag in git.refs.tags()]
    form, titles = _form(world, config, names), _titles(world, config)
    tags = form.newest(names)

    about = About(known_project_name(world), links=_links(world, config))

    def section(
        own: About, until: str, commits: Sequence[Commit], since: str | None, name: str = ""
    ) -> ToldRelease:
        folder = folder_of(world)
        ranges = RangeReader(git, config, until, folder, about.project, offline=world.offline)
        return _told(config, titles, own, ranges.read(commits, since), name)

    if span is None:
        history = git.history.since(_without_abandoned(world, config, tags, form))
        own = replace(about, previous_tag=history.base or "")
        yield section(own, "HEAD", history.commits, _tag(history.base))
    elif ".." in span:
        # three dots are those of pages that compare, which show the same commits
        since, _, until = span.partition("..." if "..." in span else "..")
        for name in filter(None, (since, until)):
            if git.objects.peel(name) is None:
                raise UnknownRevision(name)
        commits = list(git.history.commits(since or None, until or "HEAD"))
        yield section(about, until or "HEAD", commits, since or None, span)
    else:
        tag = form.find(span, tags)
        base, commits, _ = git.history.since(_before(tag, tags, form), tag)
        own = _about(about, tag, form, commits, base)
        yield section(own, f"{TAGS}{tag}", commits, _tag(base))


def _without_abandoned(
    world: World, config: Config, tags: Sequence[str], form: TagForm
) -> Sequence[str]:
    """Leave out tags that no release counts from either."""
    files = files_at(world.git, "HEAD", folder_of(world))
    try:
        manifest = manifest_at(world.git, world.project, "HEAD", files, config.version)
    except ReleasioError:
        return tags  # there may be notes of what has no manifest
    abandoned = abandoned_tags(world.git, tags, form, manifest)
    return [tag for tag in tags if tag not in abandoned]


def _tag(name: str | None) -> str | None:
    return f"{TAGS}{name}" if name else None


def _links(world: World, config: Config) -> Links | None:
    remote = world.git.remotes.chosen()
    return links_of(config.github, remote.url if remote else None, world.env)


def _form(world: World, config: Config, names: Sequence[str]) -> TagForm:
    """Return how the releases among the tags *names* are named; nothing is refused."""
    owner = Owner(known_project_name(world))
    return tag_form_of(config, world.git.work_tree.branch(), names, owner)


def _before(tag: str, tags: Sequence[str], form: TagForm) -> Sequence[str]:
    """Return what the notes of *tag* may begin after: those of a final release, at a final one."""
    earlier = tags[tags.index(tag) + 1 :]
    final = tag in form.finals([tag])
    return form.finals(earlier) if final else earlier


def _about(
    about: About, tag: str | None, form: TagForm, commits: Sequence[Commit], previous: str | None
) -> About:
    """Return *about* with what the release of *tag* is called; None: it is not released."""
    if tag is None:
        return replace(about, previous_tag=previous or "")
    day = datetime.fromtimestamp(commits[0].time, UTC).date() if commits else None
    version = str(form.version(tag))
    return replace(about, version=version, tag=tag, day=day, previous_tag=previous or "")


def _titles(world: World, config: Config) -> GroupTitles:
    """Return what groups are called: as the project's changelog has it."""
    folder, settings = folder_of(world), config.changelog
    paths = {f"{folder}/{name}" if folder else name: name for name in changelog_names(settings)}
    documents = world.git.objects.read_files("HEAD", tuple(paths))
    changelogs = {paths[path]: text for path, text in documents.items() if text is not None}
    name = changelog_name(settings, changelogs)
    text = changelogs[name].decode("utf-8", "replace") if name in changelogs else ""
    markup = markup_of(name, text)
    return group_titles(text, settings, markup) if markup else group_titles(None, settings)


def _told(
    config: Config, titles: GroupTitles, about: About, reading: Reading, name: str = ""
) -> ToldRelease:
    return ToldRelease(about, tuple(told(reading, config)), titles, name)
