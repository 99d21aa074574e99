"""Which release channel a branch belongs to."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.versions.tag_choice import learnt_form, refuse_other_form
from releasio.rules.versions.tag_form import TagForm

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from packaging.version import Version

    from releasio.config.tables.model import BranchConfig, Config
    from releasio.errors.project.branch import OutsideRange
    from releasio.rules.bump.request import Request
    from releasio.rules.versions.tag_choice import Owner
    from releasio.rules.versions.version_range import VersionRange

USUAL = ("main", "master")


def channel_of(config: Config, branch: str | None) -> BranchConfig | None:
    """Return the `[branches.NAME]` table that matches *branch*, the first in the file's order."""
    for channel in config.branches.values():
        if branch is not None and fnmatchcase(branch, channel.match):
            return channel
    return None


def range_of(channel: BranchConfig | None, branch: str | None) -> VersionRange | None:
    """
    Return the range of the versions that are released from *branch*; `None`: all are.

    Raises:
        RangeUnreadable: The branch's name is to say it, and does not.
    """
    if channel is None or channel.range is None or branch is None:
        return None
    from releasio.rules.versions.version_range import VersionRange

    if channel.range != "{branch}":
        return VersionRange.of_setting(channel.range)
    version_range = VersionRange.of_branch(branch)
    if version_range is None:
        from releasio.errors.project.branch import RangeUnreadable

        raise RangeUnreadable(branch)
    return version_range


def range_in_name(branch: str) -> str:
    """Return the range that the name of a maintenance branch surely means; empty: none."""
    if not branch.lower().endswith(".x"):
        return ""
    from releasio.rules.versions.version_range import VersionRange

    return str(VersionRange.of_branch(branch) or "")


def with_range(channel: BranchConfig | None, branch: str | None) -> BranchConfig | None:
    """
    Return *channel* with the range itself, also where the name of *branch* says it.

    Raises:
        RangeUnreadable: The branch's name is to say it, and does not.
    """
    version_range = range_of(channel, branch)
    if channel is None or version_range is None:
        return channel
    return channel.but(range=str(version_range))


def outside_range(config: Config, branch: str | None, version: Version) -> OutsideRange | None:
    """Return what speaks against *version* on *branch*, where it is for others."""
    version_range = range_of(channel_of(config, branch), branch)
    if version_range is None or version in version_range:
        return None
    from releasio.errors.project.branch import OutsideRange

    return OutsideRange(str(version), str(version_range), branch or "")


def tag_form_of(
    config: Config,
    branch: str | None,
    tags: Collection[str],
    owner: Owner,
    reachable: Callable[[], Collection[str]] | None = None,
) -> TagForm:
    """
    Return how the tags of *branch* are named.

    The settings decide, else the tags do. Where a channel has a prefix of its own, tags with
    and without it both count as releases: a version is never made twice, and none goes back
    behind another.

    Args:
        config: The settings in force.
        branch: The one that is checked out.
        tags: All names of tags.
        owner: The package.
        reachable: As for `learnt_form`.

    Raises:
        TagFormsMixed: The tags have several forms, and nothing tells which is the one.
        TagOfAnotherForm: The settings say another form than the tag of this very version has.
    """
    channel = channel_of(config, branch)
    if channel is None or channel.tag_prefix is None:
        return _with_prefixes(
            _usual_form(config, tags, owner, reachable), _channel_prefixes(config, owner)
        )
    usual = _usual_form(config, tags, owner, None)
    own = TagForm.of_setting(channel.tag_prefix, owner.name)
    return _with_prefixes(own, (usual.before, *usual.also, *_channel_prefixes(config, owner)))


def _usual_form(
    config: Config,
    tags: Collection[str],
    owner: Owner,
    reachable: Callable[[], Collection[str]] | None,
) -> TagForm:
    prefix = config.version.tag_prefix
    if config.version.is_set("tag_prefix"):
        form = TagForm.of_setting(prefix, owner.name)
        if reachable is not None:
            refuse_other_form(form, tags, owner)
        return form
    return learnt_form(tags, owner, prefix, reachable)


def _channel_prefixes(config: Config, owner: Owner) -> Iterator[str]:
    """Yield what stands before the version in the tags of channels that say so."""
    for channel in config.branches.values():
        if channel.tag_prefix is not None:
            yield TagForm.of_setting(channel.tag_prefix, owner.name).before


def _with_prefixes(form: TagForm, prefixes: Iterable[str]) -> TagForm:
    also = dict.fromkeys(prefix for prefix in (*form.also, *prefixes) if prefix != form.before)
    return replace(form, also=tuple(also)) if also else form


def makes_prereleases(config: Config, branch: str | None, request: Request) -> bool:
    """Whether options, the channel of *branch* or the settings ask for a pre-release."""
    channel = channel_of(config, branch)
    is_requested = request.phase or request.dev or config.version.pre_release
    return bool(is_requested) or (channel is not None and channel.prerelease)


def publishes(config: Config, branch: str | None) -> bool:
    """Whether what is released from *branch* is uploaded."""
    channel = channel_of(config, branch)
    return config.publish.enabled and (channel is None or channel.publish)


def releases_from(config: Config, branch: str, *, is_set: bool, default: str | None = None) -> bool:
    """
    Whether releases are made from *branch*.

    Args:
        config: The settings in force.
        branch: The branch that is checked out.
        is_set: Whether somebody set `default_branch`.
        default: The remote's own default branch, where nobody did. If it is not known,
            `master` is as good as `main`.
    """
    usual = (config.default_branch,) if is_set else (config.default_branch, *USUAL)
    if default is not None and not is_set:
        usual = (default,)
    return branch in usual or channel_of(config, branch) is not None
