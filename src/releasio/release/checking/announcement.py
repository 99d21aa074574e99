"""A release as its tag tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.index.registry import GoesElsewhere
from releasio.errors.request import UnknownRelease
from releasio.frozen import frozen
from releasio.release.reading.indexes import routes_of
from releasio.release.reading.project.documents import known_project_name, read_project_name
from releasio.rules.bump.channel import tag_form_of
from releasio.rules.contents.tag_message import files_of_tag, registry_of_tag
from releasio.rules.versions.tag_choice import Owner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from packaging.version import Version

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import Config
    from releasio.rules.index.registry import Registry
    from releasio.rules.versions.tag_form import TagForm
    from releasio.world.world import World


@frozen
class Announcement:
    """
    A release as its tag tells of it.

    Attributes:
        project: The project's name.
        version: What the tag's name says.
        tag: The tag.
        registry: Where it went.
        files: File name to sha256; empty for a tag that does not name them.
        newest: Whether no tag names a higher version.
    """

    project: str
    version: Version
    tag: str
    registry: Registry
    files: Mapping[str, str]
    newest: bool


def announcement_of(world: World, settings: Settings, tag_or_version: str | None) -> Announcement:
    """
    Read what the tag of a release says, and find the index that it names.

    Args:
        world: The repository.
        settings: The settings in force.
        tag_or_version: The release; `None`: the newest tag that what is checked out contains; if
            there is none, the newest of all.

    Raises:
        UnknownRelease: No tag names that version.
        GoesElsewhere: Its files went where these settings do not lead.
    """
    routes = routes_of(settings)
    tag, version, form, newest = _tag_of(world, settings.config, tag_or_version)
    message = world.git.objects.tag_message(tag)
    files, registry_name = files_of_tag(message), registry_of_tag(message)
    way = routes.again(routes.of(tag, version, world.git.work_tree.branch(), form), registry_name)
    if way is None:
        raise GoesElsewhere(tag, registry_name)
    project = read_project_name(world, tag)
    return Announcement(project, version, tag, way.registry, files, newest)


def _tag_of(
    world: World, config: Config, tag_or_version: str | None
) -> tuple[str, Version, TagForm, bool]:
    """Return the tag, its version, how tags are named, and whether it is the newest."""
    names = [tag.name for tag in world.git.refs.tags()]
    owner = Owner(known_project_name(world))
    form = tag_form_of(config, world.git.work_tree.branch(), names, owner)
    tags = form.newest(names)
    tag = form.find(tag_or_version, tags) if tag_or_version is not None else _last_of(world, tags)
    version = form.version(tag)
    if version is None:
        raise UnknownRelease(None, str(form))
    return tag, version, form, tag == next(iter(tags), "")


def _last_of(world: World, tags: Sequence[str]) -> str:
    """Return the first of *tags* that HEAD or its remote branch contains; else the very first."""
    git, remote = world.git, world.git.remotes.chosen()
    # a release may have left the branch here behind: the tree was in its way
    remote_branch = f"refs/remotes/{remote.name}/{git.work_tree.branch()}" if remote else ""
    heads = [ref for ref in ("HEAD", remote_branch) if ref and git.objects.peel(ref)]
    contained_tags = git.refs.reachable_tags(*heads) if heads else ()
    return next((tag for tag in tags if tag in contained_tags), next(iter(tags), ""))
