"""Versions that are none, or that cannot come next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError
from releasio.text.command_line import quoted

if TYPE_CHECKING:
    from collections.abc import Sequence


class InvalidVersion(ReleasioError):
    """
    The text is no version by PEP 440, so neither pip nor an index would take it.

    Versions look like 1.2.0, 2026.1, 1.2.0rc1, 1.2.0.post1 or 1.2.0.dev3; a
    leading `v` and spellings such as 1.2.0-rc.1 are understood, too.
    """

    code = "invalid-version"
    exit_code = USAGE

    def __init__(self, text: str, *, path: str | None = None, line: int | None = None) -> None:
        super().__init__(
            f"{text!r} is not a version",
            hint="Write it as PEP 440 says, for example 1.2.0, 1.2.0rc1 or 1.2.0.dev3",
            path=path,
            line=line,
        )


class VersionNotText(ReleasioError):
    """
    The version in pyproject.toml is a number, a date or a table, and not a string.

    TOML reads `version = 1.0` as the number 1: what was meant is lost. Build back ends
    refuse it, too.
    """

    code = "version-not-text"
    exit_code = USAGE

    def __init__(self, path: str, table: str, value: object) -> None:
        super().__init__(
            f"the version in [{table}] of {path} is no string: {value}",
            hint=f'Write it in quotes: version = "{value}"',
            path=path,
        )


class LocalVersion(ReleasioError):
    """
    The version has a local part (`+...`), which package indexes refuse.

    Local versions are for builds that stay in one house. Release the version
    without the part after the plus sign.
    """

    code = "local-version"
    exit_code = USAGE

    def __init__(self, version: str, *, public: str) -> None:
        super().__init__(
            f"{version} is a local version, and package indexes refuse those",
            hint=f"Release {public} instead",
        )


class UnknownPhase(ReleasioError):
    """
    The word for the pre-release is none that versions know.

    PEP 440 has three phases, `a` (alpha), `b` (beta) and `rc`, and development
    versions, `dev`. The number behind it is counted from the tags.
    """

    code = "unknown-phase"
    exit_code = USAGE

    def __init__(self, text: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"{text!r} is not a phase of pre-releases", hint=f"Use one of {', '.join(known)}"
        )


class PrereleaseGoesBack(ReleasioError):
    """
    The pre-release that was asked for would come before the current version.

    Phases go from `dev` over `a` and `b` to `rc`; installers would never choose
    an alpha over the release candidate that is already there.
    """

    code = "prerelease-goes-back"
    exit_code = USAGE

    def __init__(self, version: str, *, current: str, phase: str) -> None:
        super().__init__(
            f"a pre-release of phase {phase} would be {version}, which comes before {current}",
            hint="Choose the same or a later phase with --prerelease, or start the next version "
            "with --version",
        )


class UnknownLevel(ReleasioError):
    """
    `--bump` takes the number that is raised: `patch`, `minor` or `major`.

    To release a certain version, give it with `--version`; for a pre-release
    there is `--prerelease`.
    """

    code = "unknown-level"
    exit_code = USAGE

    def __init__(self, text: str, *, known: Sequence[str]) -> None:
        super().__init__(
            f"{text!r} is no number of a version", hint=f"Use one of {', '.join(known)}"
        )


class VersionDowngrade(ReleasioError):
    """
    The version that was asked for is lower than what is there.

    Installers take the highest version, so nobody would get it. For a fix to an
    older line, release from a branch that starts at its tag.
    """

    code = "version-downgrade"
    exit_code = USAGE

    def __init__(self, version: str, *, than: str, where: str, asked: str) -> None:
        said = f" ({asked})" if asked else ""
        super().__init__(
            f"{version}{said} is lower than {than}, {where}",
            hint=f"Choose a version above {than}; for an older line, release from a branch that "
            "starts at its tag",
        )


class VersionTaken(ReleasioError):
    """
    The version exists already: a tag has it, here or on another branch.

    Versions are never used twice, because somebody may have installed the first
    one. If that release is only unfinished, it can be finished.
    """

    code = "version-taken"
    exit_code = DISAGREES

    def __init__(self, version: str) -> None:
        self.version = version
        super().__init__(
            f"version {version} was released already: a tag names it, of this branch or another",
            hint=f"Choose another with --version. What is on the index: releasio verify {version}",
        )


class TagFormsMixed(ReleasioError):
    """
    The tags of this package are named in several ways, and it is not clear which is the one.

    Usually the highest release that HEAD descends from tells how the next tag is named. It
    does not where two tags name that version in different forms, or where pyproject.toml
    says a lower version, as though the last release were one of another form. A tag of a
    wrong form would be a release that nobody finds, or one that was made before.
    """

    code = "tag-forms-mixed"
    exit_code = USAGE

    def __init__(
        self, tags: Sequence[str], before: Sequence[str], *, said: str, highest: str
    ) -> None:
        said = f", and pyproject.toml says {said}" if said != highest else ""
        ways = " or ".join(f'version.tag_prefix = "{one}"' for one in before)
        super().__init__(
            f"tags are named in several ways: {', '.join(tags)}{said}",
            hint=f"Say which is yours: {ways}. A template does it, too: "
            'version.tag_prefix = "{name}-v{version}".',
        )


class TagOfAnotherForm(ReleasioError):
    """
    A tag names the version in pyproject.toml, but not in the form that the settings give.

    It was released under that tag, and would be once more under another. Where the form
    changes on purpose, the last release gets a tag of the new form, too.
    """

    code = "tag-of-another-form"
    exit_code = DISAGREES

    def __init__(self, tag: str, wanted: str, form: str) -> None:
        super().__init__(
            f"{tag} looks like this version, but version.tag_prefix makes tags {form}",
            hint=f"Set version.tag_prefix as the tags are named. To change the form from now on, "
            f"give that release a tag of the new one: git tag {quoted(wanted)} "
            f"{quoted(tag + '^{}')}",
        )


class BehindRelease(ReleasioError):
    """
    What would be released was released already, from a commit on top of the one here.

    The tag is here, and the branch did not follow: local changes were in its way when
    the release was made, or it was made elsewhere and only fetched. Once the branch has
    the release commit, the next version can be found.
    """

    code = "behind-release"
    exit_code = DISAGREES

    def __init__(self, version: str, tag: str, branch: str | None) -> None:
        super().__init__(
            f"{version} was released from here on: tag {tag} is ahead of {branch or 'HEAD'}",
            hint="Bring the branch up to date: git pull --rebase (commit or stash changes of your "
            "own before). Then run again.",
        )


class PreparedTooEarly(ReleasioError):
    """
    The version was raised before the work it is for, and nothing says where that ends.

    A prepared version is released as of the commit that prepared it: the newest one that
    changed the version or its section of the changelog. Here that commit has none of the
    changes that ask for a release, and the later ones have.
    """

    code = "prepared-too-early"
    exit_code = DISAGREES

    def __init__(self, version: str, commit: str, *, tag: str, later: int, last: str) -> None:
        more = "1 commit" if later == 1 else f"{later} commits"
        super().__init__(
            f"{version} was prepared by {commit[:8]}, right after {last}; {more} came later",
            hint=f"To release HEAD with all of them as {version}: releasio release --version "
            f"{version} --execute. To release {commit[:8]} all the same, "
            f"tag it first: git tag {quoted(tag)} {commit[:8]}",
        )


class PreparedOutOfSight(ReleasioError):
    """
    The commit that prepared the version is not among those since the last release.

    The version in pyproject.toml is above the last tag, but no commit since that tag
    raised it: the tag was set on a later commit than the one that prepared the version,
    or moved. Which commit is to be released cannot be told.
    """

    code = "prepared-out-of-sight"
    exit_code = DISAGREES

    def __init__(self, version: str, last: str, *, path: str) -> None:
        super().__init__(
            f"{path} says {version}, but no commit since {last} prepared it",
            hint=f"To release HEAD as {version}: releasio release --version {version} --execute. "
            f"If {last} is on the wrong commit, and was never published, move it.",
            path=path,
        )
