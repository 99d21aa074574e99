"""Every setting, once: what it is called, its default, and what it does."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from releasio.config.setting import REQUIRED, Setting, Table, setting
from releasio.config.tables.changelog import ChangelogConfig
from releasio.config.tables.changes import ChangesConfig
from releasio.config.tables.commits import CommitParser, CommitsConfig
from releasio.config.tables.forge import GithubConfig
from releasio.config.tables.publish import PublishConfig, RegistryConfig, Route
from releasio.config.tables.versions import (
    BranchConfig,
    PackageConfig,
    PackagesConfig,
    Phase,
    VersionConfig,
    VersionFile,
)

__all__ = [
    "REQUIRED",
    "BranchConfig",
    "ChangelogConfig",
    "ChangesConfig",
    "CommitParser",
    "CommitsConfig",
    "Config",
    "GithubConfig",
    "HooksConfig",
    "PackageConfig",
    "PackagesConfig",
    "Phase",
    "PublishConfig",
    "RegistryConfig",
    "Route",
    "SecurityConfig",
    "Setting",
    "Table",
    "VersionConfig",
    "VersionFile",
]

ADVISORIES = "releasio opens no advisories; nothing replaces it, so it can be deleted"


class HooksConfig(Table):
    """
    Shell commands around the release; the first that fails stops it.

    `{version}`, `{prev_version}` (also `{old_version}`), `{bump_type}`, `{tag}`,
    `{branch}`, `{repo}`, `{date}` and `{project_path}` stand for their values; the
    environment has them, too: `RELEASIO_VERSION` and so on.
    """

    pre_bump: tuple[str, ...] = setting(default=(), doc="Before the version files are written.")
    post_bump: tuple[str, ...] = setting(
        default=(), doc="After the version files and the changelog are written."
    )
    build: str | None = setting(
        default=None, doc="Builds the distributions into `dist/`, in place of the build backend."
    )
    pre_release: tuple[str, ...] = setting(default=(), doc="Before anything is made public.")
    post_release: tuple[str, ...] = setting(
        default=(),
        doc="After the release is on the index. One that fails is not run again by a later run.",
    )


class SecurityConfig(Table):
    """Accepted from 2.x, without effect."""

    enabled: bool = setting(default=False, doc="Open security advisories.", dead=ADVISORIES)
    auto_create_advisory: bool = setting(
        default=True, doc="Open them without asking.", dead=ADVISORIES
    )
    security_patterns: tuple[str, ...] = setting(
        default=(), doc="Commits that need one.", dead=ADVISORIES
    )


class Config(Table):
    """What concerns the whole release; all other tables stand in this one."""

    config_version: Literal[2, 3] = setting(
        default=3,
        doc="The generation of defaults the file was written for; defaults never change within "
        "one. `2` keeps those of 2.x. Without it the newest count, and a preview says where that "
        "changes the release.",
    )
    mode: Literal["direct", "pull-request"] = setting(
        default="direct",
        doc="`direct`: `releasio release` raises the version itself. `pull-request`: it releases "
        "only what a merged release pull request has prepared.",
    )
    default_branch: str = setting(
        default="main",
        doc="The branch releases are made from. Where nobody sets it, the default branch of the "
        "remote: by the job's event, by the clone, or by asking the remote.",
        check="branch",
    )
    allow_dirty: bool = setting(
        default=False, doc="Release although there are changes that are not committed."
    )
    version: VersionConfig = setting(
        default=VersionConfig(), doc="How versions and tags are named and where they are written."
    )
    commits: CommitsConfig = setting(
        default=CommitsConfig(), doc="How commits are read, and what they do to the version."
    )
    changes: ChangesConfig = setting(
        default=ChangesConfig(),
        doc="What counts as a change, by the files that commits touch and by what users get.",
    )
    changelog: ChangelogConfig = setting(
        default=ChangelogConfig(), doc="What the changelog looks like and who is named in it."
    )
    hooks: HooksConfig = setting(
        default=HooksConfig(),
        doc="Shell commands around the release; the first that fails stops it.",
    )
    publish: PublishConfig = setting(
        default=PublishConfig(), doc="Where distributions go, and by whose authority."
    )
    registries: MappingProxyType[str, RegistryConfig] = setting(
        default=MappingProxyType({}), doc="Indexes besides `pypi` and `testpypi`, by name."
    )
    branches: MappingProxyType[str, BranchConfig] = setting(
        default=MappingProxyType({}), doc="Release channels, by name."
    )
    github: GithubConfig = setting(
        default=GithubConfig(), doc="Releases and the release pull request on the forge."
    )
    packages: PackagesConfig = setting(
        default=PackagesConfig(), doc="The packages of a repository that holds several."
    )
    security: SecurityConfig = setting(
        default=SecurityConfig(), doc="Accepted from 2.x, without effect."
    )
