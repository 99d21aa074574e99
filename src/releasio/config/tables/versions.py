"""The tables about versions: `[version]`, `[branches.NAME]` and `[packages]`."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from releasio.config.setting import Table, setting

Phase = Literal["a", "alpha", "b", "beta", "rc", "dev"]

MONOREPO = "releasing several packages of one repository comes in a later version"


class VersionFile(Table):
    """A file that repeats the version, found by its text; a string is its path alone."""

    shorthand = "path"

    path: str = setting(doc="The file, relative to the project.", check="path")
    pattern: str | None = setting(
        default=None,
        doc="The text around the version, with `{version}`, `{major}`, `{minor}` or `{patch}` in "
        'its place; without one, `__version__ = "..."` or a file that holds nothing else.',
    )
    patterns: tuple[str, ...] = setting(default=(), doc="Several patterns for the same file.")


class VersionConfig(Table):
    """How versions and tags are named and where the version is written."""

    source: Literal["auto", "file", "tag"] = setting(
        default="auto",
        doc="Where the version comes from. `auto`: from where the settings of the build backend "
        "say. `file`: from `version.source_file`. `tag`: the build makes it from the tags.",
    )
    source_file: str | None = setting(
        default=None,
        doc='The file that says the version, with `source = "file"`.',
        check="path",
    )
    source_pattern: str | None = setting(
        default=None,
        doc="The text around the version there, with `{version}` in its place; without one, "
        '`__version__ = "..."` or a file that holds nothing else.',
        check="version-pattern",
    )
    initial_version: str = setting(
        default="0.1.0", doc="The first version, when no tag is a version yet.", check="version"
    )
    tag_prefix: str = setting(
        default="v",
        doc="What stands before the version in a tag, or a template such as `{name}-v{version}`; "
        "also how tags are found. Where nobody sets it, tags are named as that of the highest "
        "release is: `1.2.0`, `V1.2.0`, `release-1.2.0`, `demo-v1.2.0`.",
        check="tag",
    )
    scheme: Literal["semver", "calver"] = setting(
        default="semver",
        doc="Which version comes next. `semver`: the numbers are raised by what the commits say. "
        "`calver`: the day of the release, in UTC, says it by `version.calver`.",
    )
    calver: str = setting(
        default="YYYY.MM.MICRO",
        doc="The pattern of calendar versions: `YYYY`, `YY`, `MM`, `WW`, `DD`, with two digits "
        "`0Y`, `0M`, `0W`, `0D`, and the counted `MAJOR`, `MINOR`, `MICRO` (or `PATCH`), with dots "
        'between. Counts only with `scheme = "calver"`.',
        check="calver",
    )
    zero: Literal["minor", "lower"] = setting(
        default="minor",
        doc="What is raised before 1.0.0. `minor`: features and breaking changes raise the minor "
        "number, the rest the patch number. `lower`: each level counts one step lower, so that "
        "features raise the patch number. 1.0.0 is only ever asked for: by `--version`, `--bump "
        "major` or a `Release-As:` footer.",
    )
    dev: Literal["time", "commits"] = setting(
        default="time",
        doc="What `--dev` puts into a version. `time`: 1.3.0.dev20250820123456, of this moment in "
        "UTC. `commits`: 1.3.0.dev7, the number of commits since the last release.",
    )
    after_release: Literal["dev", "dev-patch"] | None = setting(
        default=None,
        doc="Commit the next development version after a release, and push both commits "
        "together. `dev`: that of the next minor release, 1.3.0.dev0 after 1.2.0. `dev-patch`: "
        "that of the next patch release, 1.2.1.dev0. The tag is on the release commit.",
    )
    pre_release: Phase | None = setting(
        default=None,
        doc="Make every release a pre-release of this phase; `--prerelease` says it for one.",
    )
    version_files: tuple[str, ...] = setting(
        default=(),
        doc='Further files that hold the version: Python files with `__version__ = "..."`, or '
        "files that hold nothing else.",
        check="path",
    )
    files: tuple[VersionFile, ...] = setting(
        default=(),
        doc="Further files that hold the version, as paths or as tables with the text around it.",
    )
    auto_detect_version_files: bool = setting(
        default=True,
        doc="Write the version also where the project repeats it: `__version__` in the import "
        "package, a `VERSION` file, `Cargo.toml`, `package.json`, `meson.build`, `docs/conf.py`, "
        "`CITATION.cff`. "
        "Only what says exactly the old version is changed.",
    )
    update_lock_file: bool = setting(
        default=True,
        doc="Write the new version into the project's own entry of `uv.lock`, `poetry.lock`, "
        "`pdm.lock` and `pylock.toml`, also in the `uv.lock` of a workspace around it. "
        "`Cargo.lock` and `package-lock.json` follow `Cargo.toml` and `package.json`. Nothing is "
        "resolved anew.",
    )
    check_lock_file: bool = setting(
        default=True,
        doc="Before the commit, ask uv about `uv.lock` and cargo about `Cargo.lock`: a lock that "
        "the release would make out of date stops it. They are asked offline; where one is "
        "missing or cannot tell, that is said and stops nothing.",
    )


class BranchConfig(Table):
    """A release channel: the branches it is for and what is released from them."""

    match: str = setting(doc="The branch it is for: a name, or a pattern with `*`.")
    prerelease: bool = setting(default=False, doc="Releases of this branch are pre-releases.")
    prerelease_token: Phase | None = setting(
        default=None, doc="The phase of its pre-releases; `alpha` when nothing is said."
    )
    tag_prefix: str | None = setting(
        default=None,
        doc="What stands before the version in its tags, or a template; else `version.tag_prefix`.",
        check="tag",
    )
    publish: bool = setting(default=True, doc="Upload what is released from this branch.")
    range: str | None = setting(
        default=None,
        doc="The versions that are released from it: `1.2.x` or `1.x`; `{branch}` reads the range "
        "in the branch's name, such as `1.2.x`, `release/1.2` or `maint/1.x`.",
        check="range",
    )
    beyond_range: Literal["refuse", "patch"] = setting(
        default="refuse",
        doc="What becomes of commits that ask for a version outside of `range`: the release is "
        "refused, or a patch release.",
    )


class PackageConfig(Table):
    """One package of a repository that holds several."""

    path: str | None = setting(default=None, doc="Its folder; else the one of that name.")
    tag_prefix: str | None = setting(
        default=None, doc="What stands before the version in its tags."
    )
    depends_on: tuple[str, ...] = setting(
        default=(), doc="Packages of this repository that it needs."
    )


class PackagesConfig(Table):
    """The packages of a repository that holds several."""

    paths: tuple[str, ...] = setting(
        default=(), doc="The package folders; `*` matches any of them.", later=MONOREPO
    )
    independent: bool = setting(
        default=True, doc="Each package has a version of its own.", later=MONOREPO
    )
    versioning: Literal["independent", "synchronized"] = setting(
        default="independent",
        doc="`independent` versions, or one that is `synchronized` over all packages.",
        later=MONOREPO,
    )
    update_internal_dependencies: bool = setting(
        default=True,
        doc="Raise the requirement of a package on another one of this repository with it.",
        later=MONOREPO,
    )
    named: MappingProxyType[str, PackageConfig] = setting(
        default=MappingProxyType({}),
        doc="One table per package, by its name.",
        later=MONOREPO,
        rest=True,
    )
