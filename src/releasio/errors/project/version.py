"""Versions that are none, or that cannot come next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import DISAGREES, USAGE, ReleasioError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from dataclasses import KW_ONLY


class InvalidVersion(ReleasioError):
    """
    The text is no version by PEP 440, so neither pip nor an index would take it.

    Versions look like 1.2.0, 2026.1, 1.2.0rc1, 1.2.0.post1 or 1.2.0.dev3; a
    leading `v` and spellings such as 1.2.0-rc.1 are understood, too.
    """

    exit_code = USAGE
    message = "{text!r} is not a version"
    hint = "Write it as PEP 440 says, for example 1.2.0, 1.2.0rc1 or 1.2.0.dev3"
    text: str
    _: KW_ONLY
    path: str | None = None
    line: int | None = None


class VersionNotText(ReleasioError):
    """
    The version in pyproject.toml is a number, a date or a table, and not a string.

    TOML reads `version = 1.0` as the number 1: what was meant is lost. Build back ends
    refuse it, too.
    """

    exit_code = USAGE
    message = "the version in [{table}] of {path} is no string: {value}"
    hint = 'Write it in quotes: version = "{value}"'
    path: str
    table: str
    value: object


class LocalVersion(ReleasioError):
    """
    The version has a local part (`+...`), which package indexes refuse.

    Local versions are for builds that stay in one house: PyPI and TestPyPI refuse them,
    and most indexes of one's own take them. Release the version without the part after
    the plus sign, or to an index that takes it.
    """

    exit_code = USAGE
    message = "{version} is a local version, and {index} refuses those"
    hint = "Release {public} instead"
    version: str
    _: KW_ONLY
    public: str
    index: str


class PostOfNothing(ReleasioError):
    """
    A post-release was asked for, and there is no final release that it could follow.

    1.2.0.post1 corrects what was published beside the code of 1.2.0. A pre-release is
    corrected by the next one instead, as PEP 440 advises.
    """

    exit_code = USAGE
    message = "a post-release follows a final release, and {state}"
    hint = "Release a final version first, or the next pre-release with --prerelease"
    state: str


class UnknownPhase(ReleasioError):
    """
    The word for the pre-release is none that versions know.

    PEP 440 has three phases, `a` (alpha), `b` (beta) and `rc`, and development
    versions, `dev`. The number behind it is counted from the tags.
    """

    exit_code = USAGE
    message = "{text!r} is not a phase of pre-releases"
    hint = "Use one of {known:joined}"
    text: str
    _: KW_ONLY
    known: Sequence[str]


class PrereleaseGoesBack(ReleasioError):
    """
    The pre-release that was asked for would come before the current version.

    Phases go from `dev` over `a` and `b` to `rc`; installers would never choose
    an alpha over the release candidate that is already there.
    """

    exit_code = USAGE
    message = "a pre-release of phase {phase} would be {version}, which comes before {current}"
    hint = """
        Choose the same or a later phase with --prerelease, or start the next version with
        --version"""
    version: str
    _: KW_ONLY
    current: str
    phase: str


class CalendarFull(ReleasioError):
    """
    There is a release of today, and the pattern of calendar versions has nothing to count.

    A pattern such as YYYY.MM.DD makes one release a day.
    """

    exit_code = DISAGREES
    message = "{last} is released already, and {pattern} makes no other version on the same date"
    hint = """
        Wait for the next date, give a version with --version, or let the pattern count:
        version.calver = "{pattern}.MICRO\""""
    last: str
    pattern: str


class UnknownLevel(ReleasioError):
    """
    `--bump` takes the number that is raised: `patch`, `minor`, `major`, or `post`.

    With `post` it makes a post-release of the last release.

    To release a certain version, give it with `--version`; for a pre-release
    there is `--prerelease`.
    """

    exit_code = USAGE
    message = "{text!r} is no number of a version"
    hint = "Use one of {known:joined}"
    text: str
    _: KW_ONLY
    known: Sequence[str]


class VersionDowngrade(ReleasioError):
    """
    The version that was asked for is lower than what is there.

    Installers take the highest version, so nobody would get it. For a fix to an
    older line, release from a branch that starts at its tag.
    """

    exit_code = USAGE
    message = "{version}{asked:? (%s)} is lower than {than}, {where}"
    hint = """
        Choose a version above {than}; for an older line, release from a branch that starts at its
        tag"""
    version: str
    _: KW_ONLY
    than: str
    where: str
    asked: str


class VersionTaken(ReleasioError):
    """
    The version exists already: a tag has it, here or on another branch, or the index.

    Versions are never used twice, because somebody may have installed the first
    one. If that release is only unfinished, it can be finished.
    """

    exit_code = DISAGREES
    message = "version {version} was released already: a tag names it, of any branch, or the index"
    hint = "Choose another with --version. What is on the index: releasio verify {version}"
    version: str


class BehindRelease(ReleasioError):
    """
    What would be released was released already, from a commit that is not here.

    The tag is here, and the branch did not follow: local changes were in its way when
    the release was made, or it was made elsewhere and only fetched. Once the branch has
    the release commit, the next version can be found.
    """

    exit_code = DISAGREES
    message = "{version} was released already: {branch:?%s|HEAD} here lacks the commit of tag {tag}"
    hint = """
        Bring the branch up to date: git pull --rebase (commit or stash changes of your own before).
        Then run again."""
    version: str
    tag: str
    branch: str | None


class PreparedTooEarly(ReleasioError):
    """
    The version was raised before the work it is for, and nothing says where that ends.

    A prepared version is released as of the commit that prepared it: the newest one that
    changed the version or its section of the changelog. Here that commit has none of the
    changes that ask for a release, and the later ones have.
    """

    exit_code = DISAGREES
    message = """
        {version} was prepared by {commit:.8}, right after {last}; {later:#commit} came later"""
    hint = """
        To release HEAD with all of them as {version}: releasio release --version {version}
        --execute. To release {commit:.8} all the same, tag it first: git tag {tag:shell}
        {commit:.8}"""
    version: str
    commit: str
    _: KW_ONLY
    tag: str
    later: int
    last: str


class PreparedOutOfSight(ReleasioError):
    """
    The commit that prepared the version is not among those since the last release.

    The version in pyproject.toml is above the last tag, but no commit since that tag
    raised it: the tag was set on a later commit than the one that prepared the version,
    or moved. Which commit is to be released cannot be told.
    """

    exit_code = DISAGREES
    message = "{path} says {version}, but no commit since {last} prepared it"
    hint = """
        To release HEAD as {version}: releasio release --version {version} --execute. If {last} is
        on the wrong commit, and was never published, move it."""
    version: str
    last: str
    _: KW_ONLY
    path: str
