"""The releases that were made, and the commit that each was decided from."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.errors.git.checkout import NoCommits
from releasio.frozen import frozen
from releasio.release.reading.project.description import describe
from releasio.release.reading.project.documents import files_at
from releasio.release.reading.project.fragments import read_fragments
from releasio.rules.bump.channel import tag_form_of
from releasio.rules.project.manifest import read_manifest
from releasio.rules.versions.floating import releases_among
from releasio.rules.versions.tag_choice import Owner
from releasio.world.git.place import TAGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packaging.version import Version

    from releasio.config.tables.model import Config
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World

_NEAR = 50  # git looks at the whole history where it is asked about old tags
_TWO = 2  # what one release is compared with is another


@frozen
class PastRelease:
    """
    A release that was made.

    Attributes:
        tag: The name of its tag.
        version: Its version.
        moment: When its commit was made, in UTC.
        base: The commit that it was decided from: the one before the release commit, or the
            tagged one where no commit was made for it.
        said: The version that the files said before, where those of `base` say the new one.
        tags: The tags that `base` contains, each with the object it names; not all old ones.
    """

    tag: str
    version: Version
    moment: datetime
    base: str
    said: Version | None
    tags: Mapping[str, str]


@frozen
class History:
    """
    The releases of a project that HEAD descends from.

    Attributes:
        name: The project's name.
        folder: Its folder in the repository.
        form: How its tags are named.
        tags: These, the highest version first.
        places: The commits that they were made of, or have the files of (see `Refs.twins`).
    """

    name: str
    folder: str
    form: TagForm
    tags: Sequence[str]
    places: Mapping[str, str]


def read_history(world: World, config: Config) -> History:
    """
    Find the releases.

    Only final ones count, since people decide about pre-releases by hand; where there are hardly
    any, all do.

    Raises:
        NoCommits: There is no history yet.
        ReleasioError: The project does not say what it is.
    """
    git = world.git
    head, branch = git.work_tree.position()
    if head is None:
        raise NoCommits
    description = describe(world, head, config)
    manifest, folder = description.manifest, description.folder
    owner = Owner(manifest.name, None if manifest.is_from_tags else manifest.version, folder)
    names = [tag.name for tag in git.refs.tags()]
    form = tag_form_of(config, branch, names, owner, partial(git.refs.reachable_tags, head))
    places = git.refs.places(form.newest(names), head)
    real_tags = releases_among(places, form)
    tags = [tag for tag in form.newest(real_tags) if not _is_of_its_own(form, tag)]
    finals = form.finals(tags)
    return History(manifest.name, folder, form, finals if len(finals) >= _TWO else tags, places)


def _is_of_its_own(form: TagForm, tag: str) -> bool:
    """Whether people ask for *tag* by name: a post-release, a development version."""
    version = form.version(tag)
    return version is None or version.is_postrelease or version.is_devrelease


def past_releases(
    world: World, config: Config, history: History, count: int
) -> tuple[PastRelease, ...]:
    """Return the last *count* releases that another one came before, the newest first."""
    objects = {tag.name: tag.object_id for tag in world.git.refs.tags()}
    releases = []
    for tag in history.tags[: min(count, len(history.tags) - 1)]:
        version = history.form.version(tag)
        if version is not None:
            commit = history.places[tag]
            releases.append(_past_release(world, config, history, tag, commit, objects))
    return tuple(releases)


def _past_release(
    world: World,
    config: Config,
    history: History,
    tag: str,
    commit: str,
    objects: Mapping[str, str],
) -> PastRelease:
    git, form = world.git, history.form
    info = git.history.commit(commit)
    version = form.version(tag)
    if version is None:
        msg = f"{tag} was taken for a version"
        raise AssertionError(msg)
    before = _said(world, config, history, info.parents[0]) if info.parents else None
    is_raised_here = before != version and _said(world, config, history, commit) == version
    base, said = commit, None
    if is_raised_here and len(info.parents) == 1:
        base = info.parents[0]
    elif is_raised_here:
        said = before  # a merge: what it brings is released, and the new version came with it
    elif before == version:
        said = _previous(history, tag)  # the version was raised earlier on
    if before is not None and _is_on_the_way(before, version):
        said = _previous(history, tag)  # its pre-releases do not count, whatever the files say
    base = _before_collection(world, config, history, tag, base)
    names = _contained(world, history, tag, base)
    tags = {name: objects[name] for name in names if form.version(name) != version}
    return PastRelease(tag, version, datetime.fromtimestamp(info.time, UTC), base, said, tags)


def _before_collection(world: World, config: Config, history: History, tag: str, base: str) -> str:
    """Return the newest commit up to *base* whose news fragments were not collected yet."""
    settings = config.changelog
    earlier = history.tags[history.tags.index(tag) + 1 :]
    if settings.fragments is None or not earlier:
        return base
    git, folder = world.git, history.folder
    if read_fragments(git, base, folder, settings):
        return base
    paths = (folder or ".",)
    for _, parent in git.history.first_parent_line(f"{TAGS}{earlier[0]}", base, paths)[:_NEAR]:
        if parent and read_fragments(git, parent, folder, settings):
            return parent
    return base


def _is_on_the_way(before: Version, version: Version) -> bool:
    """Whether *before* is a pre-release, and *version* what it becomes."""
    is_prerelease = before.pre is not None and not before.is_devrelease
    return is_prerelease and not version.is_prerelease


def _contained(world: World, history: History, tag: str, base: str) -> tuple[str, ...]:
    """Return the tags that *base* contains: of those near to *tag*, or of all if none is."""
    place = history.tags.index(tag)
    near_tags = history.tags[max(place - _NEAR, 0) : place + _NEAR]
    names = world.git.refs.tags_within(base, near_tags)
    names += _by_twins(world, history, near_tags, base)
    if set(names) <= {tag}:
        names = tuple(name for name in world.git.refs.reachable_tags(base) if name in history.tags)
        names += _by_twins(world, history, history.tags, base)
    return names


def _by_twins(world: World, history: History, tags: Sequence[str], base: str) -> tuple[str, ...]:
    """Return those of *tags* that are on other lines, and have the files of a commit in *base*."""
    commits = world.git.refs.peeled_tags()
    twins = [tag for tag in tags if history.places[tag] != commits[tag]]
    contained = set(world.git.history.ids(base)) if twins else set()
    return tuple(tag for tag in twins if history.places[tag] in contained)


def _said(world: World, config: Config, history: History, commit: str) -> Version | None:
    """Return the version that the files of *commit* say; `None`: they say none."""
    try:
        manifest = read_manifest(files_at(world.git, commit, history.folder), config.version)
    except ReleasioError:
        return None
    return None if manifest.is_from_tags else manifest.version


def _previous(history: History, tag: str) -> Version | None:
    earlier = history.tags[history.tags.index(tag) + 1 :]
    return history.form.version(earlier[0]) if earlier else None
