"""Which release channel a branch belongs to."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from releasio.rules.version import tag_version

if TYPE_CHECKING:
    from collections.abc import Collection

    from releasio.config.model import BranchConfig, Config
    from releasio.facts import Request

USUAL = ("main", "master")


def channel_of(config: Config, branch: str | None) -> BranchConfig | None:
    """Return the `[branches.NAME]` table that matches *branch*, the first in the file's order."""
    for channel in config.branches.values():
        if branch is not None and fnmatchcase(branch, channel.match):
            return channel
    return None


def tag_prefix_of(config: Config, branch: str | None, tags: Collection[str]) -> str:
    """
    Return what stands before the version in the tags of *branch*.

    What somebody set is taken. Otherwise the repository knows best: where none of
    *tags* is a version with the default prefix, but some are bare versions such as
    `1.2.0`, the next one is bare, too.
    """
    channel = channel_of(config, branch)
    if channel and channel.tag_prefix is not None:
        return channel.tag_prefix
    prefix = config.version.tag_prefix
    if config.version.is_set("tag_prefix") or any(tag_version(tag, prefix) for tag in tags):
        return prefix
    # a number alone may be anything: a year, a ticket
    return "" if any("." in tag and tag_version(tag, "") for tag in tags) else prefix


def makes_prereleases(config: Config, branch: str | None, request: Request) -> bool:
    """Whether options, the channel of *branch* or the settings ask for a pre-release."""
    channel = channel_of(config, branch)
    asked = request.prerelease or request.dev or config.version.pre_release
    return bool(asked) or (channel is not None and channel.prerelease)


def publishes(config: Config, branch: str | None) -> bool:
    """Whether what is released from *branch* is uploaded."""
    channel = channel_of(config, branch)
    return config.publish.enabled and (channel is None or channel.publish)


def releases_from(config: Config, branch: str, *, chosen: bool) -> bool:
    """
    Whether releases are made from *branch*.

    Args:
        config: The settings in force.
        branch: The branch that is checked out.
        chosen: Whether somebody set `default_branch`. If nobody did, `master`
            is as good as `main`.
    """
    usual = (config.default_branch,) if chosen else (config.default_branch, *USUAL)
    return branch in usual or channel_of(config, branch) is not None
