"""Which version comes next, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.version import VersionDowngrade, VersionTaken
from releasio.frozen import frozen
from releasio.rules.bump.leap import leap_words
from releasio.rules.bump.level import Reason, why
from releasio.rules.bump.request import POST, Request
from releasio.rules.bump.target import NEVER_RELEASED, target_of
from releasio.rules.versions.version import (
    Level,
    counted_dev_version,
    dev_version,
    final_version,
    following_prerelease,
    is_unfinished,
    own_level,
    padded,
    parse_phase,
    prerelease_of,
    without_dev,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from packaging.version import Version

    from releasio.config.tables.model import BranchConfig, Config, VersionConfig
    from releasio.rules.bump.target import Target
    from releasio.rules.commits.reading import Reading
    from releasio.rules.versions.version_range import VersionRange


@frozen
class VersionChoice:
    """
    The answer, with everything that led to it.

    Attributes:
        version: What is released; `None`: nothing.
        level: The highest number that changes.
        reasons: In the order they led there.
        summary: All of it in one sentence.
        is_taken: Whether the version exists already, wherever.
    """

    version: Version | None
    level: Level
    reasons: tuple[Reason, ...]
    summary: str
    is_taken: bool = False

    @property
    def bump(self) -> str:
        """The word for what is raised, as `--bump` takes it."""
        is_post = self.version is not None and self.version.is_postrelease
        return POST if is_post else self.level.label


def choose_version(
    *,
    current: Version,
    last: Version | None,
    reading: Reading,
    config: Config,
    channel: BranchConfig | None = None,
    request: Request | None = None,
    existing: Callable[[], Collection[Version]] = tuple,
    moment: datetime,
) -> VersionChoice:
    """
    Decide which version is released.

    The first of these that applies names the numbers: `--bump post`, `--version`, `--bump`, a
    `Release-As:` footer, the first release of all (`initial_version`), a version
    that the manifest already says, the commits. Then `--dev`, `--prerelease`, the
    channel or `version.pre_release` make a pre-release of it.

    Args:
        current: What the manifest says.
        last: The highest version among the tags HEAD descends from.
        reading: The commits since then.
        config: The settings in force.
        channel: The `[branches.NAME]` table of the branch, as `with_range` returns it.
        request: What was asked for; nothing by default.
        existing: Every version that exists already, wherever; asked for when needed.
        moment: The time of the release, in UTC.

    Raises:
        CalendarFull: The calendar has no other version for today.
        PostOfNothing: A post-release is asked for, and there is no final release.
        VersionDowngrade: The version is not above the last one.
        VersionTaken: The version that a pre-release would be made of exists already.
        PrereleaseGoesBack: The pre-release would sort before the current version.
    """
    request = request or Request()
    today = moment.date()
    target = target_of(current, last, reading, config, request, existing, today, _limit(channel))
    if target is None:
        return VersionChoice(
            None, Level.NONE, why(reading, config.commits), _why_no_release(last, reading)
        )
    phase = _phase(config.version, channel, request)
    if request.dev and not target.version.is_prerelease:
        version, mark_reasons = _development(target, last, reading, config, existing, moment)
    else:
        version, mark_reasons = _final_or_prerelease(target, phase, request, existing)
    if phase is None and not request.explicit and (last is None or target.start > last):
        version = _as_planned(version, target.start)
    _check_order(version, current, last, target.reasons)
    words = "" if config.version.scheme == "calver" else leap_words(last, version)
    reasons = (*target.reasons, *mark_reasons, *([Reason(words)] if words else []))
    level = _level(target.start, version)
    is_taken = version in {last, *existing()}
    return VersionChoice(version, level, reasons, _version_step(current, last, version), is_taken)


def _final_or_prerelease(
    target: Target,
    phase: _Phase | None,
    request: Request,
    existing: Callable[[], Collection[Version]],
) -> tuple[Version, tuple[Reason, ...]]:
    """Return *target*'s version, or the pre-release that is made of it, and why."""
    if request.version is not None or request.post or target.version.is_prerelease:
        return target.version, ()
    if phase is None:
        return target.version, ()
    if target.version in existing():
        raise VersionTaken(str(target.version))
    version = prerelease_of(target.version, target.start, phase.name, existing())
    return version, (Reason(f"a pre-release of phase {phase.name} is made", setting=phase.setting),)


def _development(
    target: Target,
    last: Version | None,
    reading: Reading,
    config: Config,
    existing: Callable[[], Collection[Version]],
    moment: datetime,
) -> tuple[Version, tuple[Reason, ...]]:
    """Return the development version that stands before *target*, and what its number is."""
    following = _before(target.version, target.start)
    if config.version.dev == "time":
        version = dev_version(following, moment)
        return version, (Reason("a development version carries its time", setting="--dev"),)
    version = counted_dev_version(following, last, len(reading.commits), existing())
    count = "1 commit" if len(reading.commits) == 1 else f"{len(reading.commits)} commits"
    rule = f"a development version counts the commits: {count} since {last or 'the beginning'}"
    return version, (Reason(rule, setting="version.dev"),)


def _limit(channel: BranchConfig | None) -> VersionRange | None:
    """Return the range that commits are kept in, where they are."""
    if channel is None or channel.range is None or channel.beyond_range != "patch":
        return None
    from releasio.rules.versions.version_range import VersionRange

    return VersionRange.of_setting(channel.range)


def _as_planned(version: Version, start: Version) -> Version:
    """Return the pre-release that the manifest's development version *start* is on the way to."""
    is_plan = start.is_devrelease and start.pre is not None and start.post is None
    return without_dev(start) if is_plan and version == final_version(start) else version


@frozen
class _Phase:
    """The phase of the pre-release to make, and who says so."""

    name: str
    setting: str


def _phase(
    settings: VersionConfig, channel: BranchConfig | None, request: Request
) -> _Phase | None:
    if request.phase:
        return _Phase(request.phase, "--prerelease")
    if channel is not None and channel.prerelease:
        name = parse_phase(channel.prerelease_token or "alpha")
        return _Phase(name, f"branches: {channel.match}")
    if settings.pre_release:
        return _Phase(parse_phase(settings.pre_release), "version.pre_release")
    return None


def _before(target: Version, start: Version) -> Version:
    """Return what a development version stands before: the next pre-release where there is one."""
    if start.pre is not None and final_version(start) == target:
        return following_prerelease(start)
    return target


def _check_order(
    version: Version, current: Version, last: Version | None, reasons: tuple[Reason, ...]
) -> None:
    """Refuse what is not above the last release, or below what the manifest says by hand."""
    option = next((reason.setting for reason in reasons if reason.setting), "")
    if last is not None and version < last:
        raise VersionDowngrade(str(version), than=str(last), where="the last release", asked=option)
    if option in {"--version", "--bump post", "Release-As:"} and version < current:
        reference = "what pyproject.toml says"
        raise VersionDowngrade(str(version), than=str(current), where=reference, asked=option)


def _level(start: Version, version: Version) -> Level:
    """Return the highest number in which the versions differ."""
    if start == NEVER_RELEASED or final_version(start) == final_version(version):
        return own_level(version)
    width = max(len(start.release), len(version.release), 3)
    pairs = zip(padded(start, width), padded(version, width), strict=True)
    place = next((number for number, (a, b) in enumerate(pairs) if a != b), 0)
    return Level(max(Level.MAJOR - place, Level.PATCH))


def _version_step(current: Version, last: Version | None, version: Version) -> str:
    start = current if last is None else max(current, last)
    if start == version:
        return f"{version}, as the manifest says"
    return f"{start} -> {version}"


def _why_no_release(last: Version | None, reading: Reading) -> str:
    if reading.fragments == ():
        return (
            f"there are no news fragments since {last} (changelog.fragments); "
            "to release all the same: --bump patch"
        )
    commits = {change.commit.id for change in reading.changes}
    commits.update(entry.commit.id for entry in reading.left_out)
    since = f"since {last}"
    match len(commits):
        case 0 if last is not None and is_unfinished(last):
            return f"no commits {since}; to make it final: --version {final_version(last)}"
        case 0:
            return f"no commits {since}"
        case 1:
            summary = f"the one commit {since} does not raise the version"
        case count:
            summary = f"none of the {count} commits {since} raises the version"
    return f"{summary}; to release all the same: --bump patch"
