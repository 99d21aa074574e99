"""Which version follows which: PEP 440, the 0.x rule, pre-releases."""

from __future__ import annotations

from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.project.version import (
    InvalidVersion,
    LocalVersion,
    PrereleaseGoesBack,
    UnknownPhase,
)

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

PHASES = MappingProxyType({"a": "a", "alpha": "a", "b": "b", "beta": "b", "rc": "rc", "dev": "dev"})


class Level(IntEnum):
    """What a change does to a version; the larger one wins."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def label(self) -> str:
        """The word for it, as `--bump` takes it."""
        return self.name.lower()

    @property
    def index(self) -> int:
        """The place of its number in a version: 0 is the first."""
        return 3 - self


def is_version(text: str) -> bool:
    """Whether *text* is a version by PEP 440, in any of its spellings."""
    return version_or_none(text) is not None


def without_local(version: Version) -> Version:
    """Return *version* without what marks it as built here: 0.34.0 of 0.34.0+dev."""
    return Version(version.public) if version.local else version


def parse_version(text: str, *, path: str | None = None) -> Version:
    """
    Read *text* as a version by PEP 440, in any of its spellings.

    Args:
        text: What should be a version.
        path: The file it stands in, for the error.

    Raises:
        InvalidVersion: It is none.
    """
    version = version_or_none(text)
    if version is None:
        raise InvalidVersion(text, path=path)
    return version


def version_or_none(text: str) -> Version | None:
    """Return *text* as a version by PEP 440, in any of its spellings; None: it is none."""
    try:
        return Version(text)
    except ValueError:  # also of a number with more digits than Python reads
        return None


def parse_public_version(text: str) -> Version:
    """
    Read *text* as a version that an index takes.

    Raises:
        InvalidVersion: It is no version.
        LocalVersion: It has a local part (`+...`).
    """
    version = parse_version(text)
    if version.local:
        raise LocalVersion(str(version), public=version.public, index="a public index")
    return version


def same_version(text: str, version: str) -> bool:
    """Whether *text* is a version, and the same as *version* by PEP 440."""
    parsed = version_or_none(text)
    return parsed is not None and parsed == version_or_none(version)


def parse_phase(text: str) -> str:
    """
    Return `a`, `b`, `rc` or `dev` for any word for it; a number behind it is dropped.

    The number is accepted because the pages of 2.x show `--pre-release a1`; it
    always comes from the tags.

    Raises:
        UnknownPhase: It is none of them.
    """
    try:
        return PHASES[text.strip().lower().rstrip("0123456789")]
    except KeyError:
        raise UnknownPhase(text, known=tuple(PHASES)) from None


def zero_level(level: Level, rule: str) -> Level:
    """
    Return what *level* counts before 1.0.0, which is never reached by itself.

    By the *rule* `minor`, features and breaking changes raise the minor number. By `lower`,
    each level counts one step lower: only breaking changes do.
    """
    if rule == "lower" and level > Level.PATCH:
        return Level(level - 1)
    return min(level, Level.MINOR)


def next_version(current: Version, level: Level, zero: str = "minor") -> Version:
    """
    Return the version that follows *current*; before 1.0.0, by the rule *zero*.

    A pre-release becomes final when its own numbers already say *level*
    (1.1.0rc1 and a fix: 1.1.0), else the numbers rise from there (1.1.0rc1 and
    a breaking change: 2.0.0). `Level.NONE` changes nothing.
    """
    return raise_number(current, zero_level(level, zero) if current.major == 0 else level)


def raise_number(current: Version, level: Level) -> Version:
    """Like `next_version`, but *level* is taken by its word also before 1.0.0."""
    if level is Level.NONE:
        return current
    if is_unfinished(current) and level <= own_level(current):
        return final_version(current)
    numbers = current.release + (0,) * (level.index + 1 - len(current.release))
    raised = numbers[level.index] + 1
    zeros = (0,) * (len(numbers) - level.index - 1)
    return _version(current.epoch, (*numbers[: level.index], raised, *zeros))


def prerelease_of(
    target: Version, current: Version, phase: str, released: Collection[Version] = ()
) -> Version:
    """
    Return the next pre-release of *target*, which follows *current*.

    Its number is one more than the highest of its phase among *released*: 1.2.0, after
    1.1.0, gives 1.2.0a1.

    Raises:
        PrereleaseGoesBack: It would sort before *current*.
    """
    pool = [v for v in (*released, current) if _same_release(v, target)]
    if phase == "dev":
        candidate = _next_dev(target, current, pool)
    else:
        letters = [v for v in pool if v.pre is not None and v.pre[0] == phase]
        candidate = _with_mark(target, f"{phase}{1 + max(map(_last_number, letters), default=0)}")
    if candidate <= current:
        raise PrereleaseGoesBack(str(candidate), current=str(current), phase=phase)
    return candidate


def dev_version(following: Version, moment: datetime) -> Version:
    """
    Return the development version of *following* with the time in it, in UTC.

    Args:
        following: The version that would come next without the development mark.
        moment: An aware time.
    """
    from datetime import UTC

    stamp = moment.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    return Version(f"{without_dev(following)}.dev{stamp}")


def counted_dev_version(
    following: Version, last: Version | None, commits: int, released: Collection[Version] = ()
) -> Version:
    """
    Return the development version of *following* with the number of commits in it.

    Args:
        following: The version that would come next without the development mark.
        last: The last release; one of a development version is counted on.
        commits: How many there are since then.
        released: Versions that exist; the number rises until it is none of these.
    """
    number = commits + ((last.dev or 0) if last else 0)
    stem = without_dev(following)
    taken_versions = frozenset(released)
    while (version := Version(f"{stem}.dev{number}")) in taken_versions:
        number += 1
    return version


def post_release_of(last: Version, released: Collection[Version] = ()) -> Version:
    """
    Return the next post-release of *last*, which is final: 1.2.0.post1, then 1.2.0.post2.

    Its number is one more than the highest among *released*.
    """
    pool = (v for v in (*released, last) if _same_release(v, last) and v.pre is None)
    return _with_mark(last, f".post{1 + max(v.post or 0 for v in pool)}")


def without_dev(version: Version) -> Version:
    """Return what a development version comes before: 1.3.0 for 1.3.0.dev0, 1.3.0b2 likewise."""
    return Version(version.public.partition(".dev")[0])


def following_prerelease(current: Version) -> Version:
    """Return the pre-release after *current*, in its own phase: 1.2.0a2 for 1.2.0a1."""
    phase, _ = current.pre or ("a", 0)
    return _with_mark(current, f"{phase}{_last_number(current) + 1}")


def is_unfinished(version: Version) -> bool:
    """Whether *version* comes before the final one of its numbers."""
    return version.is_prerelease and not (version.post is not None and version.pre is None)


def is_floating(short: Version, full: Version) -> bool:
    """Whether *short* is what a tag that moves along says of *full*: 1 or 1.2 of 1.2.0."""
    numbers = short.release
    if len(numbers) >= len(full.release) or short.is_prerelease or short.post is not None:
        return False
    return short.epoch == full.epoch and full.release[: len(numbers)] == numbers


def final_version(version: Version) -> Version:
    """Return *version* with its numbers only: 1.2.0 for 1.2.0rc1 and for 1.2.0.dev3."""
    return _version(version.epoch, version.release)


def padded(version: Version, width: int) -> tuple[int, ...]:
    """Return the numbers of *version*, and noughts up to *width* of them."""
    return version.release + (0,) * (width - len(version.release))


def own_level(version: Version) -> Level:
    """Return the level that leads to the numbers of *version*: 1.2.0 is a minor release."""
    if any(version.release[2:]):
        return Level.PATCH
    return Level.MINOR if any(version.release[1:]) else Level.MAJOR


def _version(epoch: int, release: tuple[int, ...]) -> Version:
    numbers = ".".join(map(str, release))
    return Version(f"{epoch}!{numbers}" if epoch else numbers)


def _with_mark(target: Version, mark: str) -> Version:
    return Version(f"{final_version(target)}{mark}")


def _same_release(first_version: Version, second_version: Version) -> bool:
    return final_version(first_version) == final_version(second_version)


def _last_number(version: Version) -> int:
    """Return the highest number that *version* uses up: 1.2.0a2.dev1 leaves a2 free."""
    _, number = version.pre or ("", 0)
    free = version.dev is not None and version.post is None
    return number - 1 if free else number


def _next_dev(target: Version, current: Version, pool: list[Version]) -> Version:
    """Count development versions, below the next pre-release if there is one already."""
    stem = str(final_version(target))
    if current.pre is not None and _same_release(current, target):
        stem = str(following_prerelease(current))
    numbers = [v.dev for v in pool if v.dev is not None and Version(f"{stem}.dev{v.dev}") == v]
    return Version(f"{stem}.dev{1 + max(numbers, default=0)}")
