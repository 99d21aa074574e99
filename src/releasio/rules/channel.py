"""Which release channel a branch belongs to."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.config.model import BranchConfig, Config

USUAL = ("main", "master")


def channel_of(config: Config, branch: str | None) -> BranchConfig | None:
    """Return the `[branches.NAME]` table that matches *branch*, the first in the file's order."""
    for channel in config.branches.values():
        if branch is not None and fnmatchcase(branch, channel.match):
            return channel
    return None


def tag_prefix_of(config: Config, branch: str | None) -> str:
    """Return what stands before the version in the tags of *branch*."""
    channel = channel_of(config, branch)
    own = channel.tag_prefix if channel else None
    return config.version.tag_prefix if own is None else own


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
