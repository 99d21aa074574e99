"""Which numbers come next, before a pre-release is made of them, and why."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.project.version import PostOfNothing
from releasio.frozen import frozen
from releasio.rules.bump.level import Reason, level_of, why
from releasio.rules.versions.dates import looks_like_date, resembling_pattern
from releasio.rules.versions.version import (
    Level,
    final_version,
    is_unfinished,
    next_version,
    parse_public_version,
    post_release_of,
    raise_number,
    without_dev,
    zero_level,
)
from releasio.rules.versions.version_form import numbered_like

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import date

    from releasio.config.tables.model import Config, VersionConfig
    from releasio.rules.bump.request import Request
    from releasio.rules.commits.reading import Reading
    from releasio.rules.versions.version_range import VersionRange

NEVER_RELEASED = Version("0.dev0")  # the lowest of all versions


@frozen
class Target:
    """The numbers to be released, the version they follow, and why."""

    version: Version
    start: Version
    reasons: tuple[Reason, ...]


def target_of(
    current: Version,
    last: Version | None,
    reading: Reading,
    config: Config,
    request: Request,
    existing: Callable[[], Collection[Version]],
    today: date,
    limit: VersionRange | None = None,
) -> Target | None:
    """
    Return the numbers to be released; `None`: there is nothing to release.

    Args:
        current: What the manifest says.
        last: The last release.
        reading: The commits since then.
        config: The settings in force.
        request: What was asked for.
        existing: Every version that exists already, wherever; asked for when needed.
        today: The day of the release, in UTC.
        limit: What commits raise stays in this range, if there is a lower number that does.

    Raises:
        PostOfNothing: A post-release is asked for, and there is no final release.
        CalendarFull: The calendar has no other version for *today*.
    """
    if request.post:
        return _post_release(last, existing(), level_of(reading, config.commits))
    start, start_reasons = _start(current, last)
    by_calendar = config.version.scheme == "calver"
    numbered = partial(numbered_like, current=current, others=existing)
    if target := _target_asked_for(
        start, last, reading, request, numbered, by_calendar=by_calendar
    ):
        return target
    if target := _target_of_manifest(current, last, config, request):
        return target
    level = request.bump or level_of(reading, config.commits)
    if (
        last is not None
        and level is Level.NONE
        and not _wanted_anyway(start, reading, config, request)
    ):
        return None
    raised, reasons = max(level, Level.PATCH), (*start_reasons, *_why(reading, config, request))
    if by_calendar:
        return _by_calendar(last, current, raised, reasons, config, today)
    if limit is not None:
        raised, limit_reasons = _within(limit, start, raised, config.version)
        reasons += limit_reasons
    advice = _advice(start, config.version, existing, today)
    rules = (*_rules(start, raised, config.version), *advice)
    version = numbered(next_version(start, raised, config.version.zero))
    return Target(version, start, (*reasons, *rules))


def _within(
    limit: VersionRange, start: Version, level: Level, settings: VersionConfig
) -> tuple[Level, tuple[Reason, ...]]:
    """Return the highest level up to *level* that stays in *limit*; *level* where none does."""
    version = next_version(start, level, settings.zero)
    lower_levels = [lower for lower in (Level.MINOR, Level.PATCH) if lower < level]
    fitting = (
        lower for lower in lower_levels if next_version(start, lower, settings.zero) in limit
    )
    lowered = None if version in limit else next(fitting, None)
    if lowered is None:
        return level, ()
    rule = f"{version} is outside of {limit}: the {lowered.label} number is raised instead"
    return lowered, (Reason(rule, setting="beyond_range"),)


def _post_release(last: Version | None, existing: Collection[Version], level: Level) -> Target:
    if last is None or last.is_prerelease:
        state = "nothing was released" if last is None else f"the last release is {last}"
        raise PostOfNothing(state)
    reasons = [Reason(f"a post-release of {last.base_version} is made", setting="--bump post")]
    if level is not Level.NONE:  # PEP 440: corrections that do not affect the software
        rule = f"a post-release has the same code, and commits here raise the {level.label} number"
        reasons.append(Reason(rule))
    return Target(post_release_of(last, existing), last, tuple(reasons))


def _target_asked_for(
    start: Version,
    last: Version | None,
    reading: Reading,
    request: Request,
    numbered: Callable[[Version], Version],
    *,
    by_calendar: bool,
) -> Target | None:
    """Return the numbers that options or a footer name; which *by_calendar* only the day does."""
    if request.version is not None:
        return Target(request.version, start, (Reason("asked for", setting="--version"),))
    if request.bump is not None and not by_calendar:
        reason = Reason(f"the {request.bump.label} number is raised", setting="--bump")
        return Target(numbered(raise_number(start, request.bump)), start, (reason,))
    if reading.wish is not None and request.bump is None:
        footer = Reason.of(reading.wish.commit, "names the version", "Release-As:")
        return Target(reading.wish.version, last or NEVER_RELEASED, (footer,))
    return None


def _target_of_manifest(
    current: Version, last: Version | None, config: Config, request: Request
) -> Target | None:
    """Return what the manifest says where that is to be released, now or as the first."""
    if last is None and config.version.scheme != "calver":
        version, reason = initial_version(current, config.version)
        return Target(version, NEVER_RELEASED, (reason,))
    if last is None or current <= last or current.is_devrelease or request.bump:
        return None
    rule = f"the manifest already says {current}, which is above the last release {last}"
    return Target(current, last, (Reason(rule),))


def _start(current: Version, last: Version | None) -> tuple[Version, tuple[Reason, ...]]:
    """Return the version to count from: the higher of manifest and last tag."""
    if last is None or last <= current:
        return current, ()
    rule = f"the manifest says {current}, but {last} is released: counted from there"
    return last, (Reason(rule),)


def _wanted_anyway(start: Version, reading: Reading, config: Config, request: Request) -> bool:
    """Whether there is a release without changes: a time stamp, one more commit, the next phase."""
    if request.dev:
        return config.version.dev == "time" or bool(reading.commits)
    phases = ("a", "b", "rc")
    if start.pre is None or request.phase not in phases:
        return False
    return phases.index(start.pre[0]) < phases.index(request.phase)


def _rules(start: Version, level: Level, settings: VersionConfig) -> tuple[Reason, ...]:
    """Return the rules that stand between the level and the numbers."""
    rules = []
    if start.major == 0 and level > Level.PATCH:
        rules.append(Reason(_zero_rule(level, settings.zero), setting="version.zero"))
    if is_unfinished(start) and final_version(start) == next_version(start, level, settings.zero):
        rules.append(Reason(f"{start} comes before {final_version(start)}, which is not final yet"))
    return tuple(rules)


def _advice(
    start: Version,
    settings: VersionConfig,
    existing: Callable[[], Collection[Version]],
    today: date,
) -> tuple[Reason, ...]:
    """Return the settings that would have the calendar say the version, where that was meant."""
    if settings.is_set("calver"):
        rule = 'without version.scheme = "calver" this pattern has no effect'
        return (Reason(rule, setting="version.calver"),)
    if not looks_like_date(start, existing, today):
        return ()
    calver = resembling_pattern(start, existing())
    values = f'version.scheme = "calver", version.calver = "{calver}"'
    rule = f"{start} looks like a date, but is counted up; the calendar says it by {values}"
    return (Reason(rule),)


def _why(reading: Reading, config: Config, request: Request) -> tuple[Reason, ...]:
    """Return the reasons for there being a release."""
    if request.bump is not None:
        return (Reason(f"the {request.bump.label} number is raised", setting="--bump"),)
    return why(reading, config.commits)


def _by_calendar(
    last: Version | None,
    current: Version,
    level: Level,
    reasons: tuple[Reason, ...],
    config: Config,
    today: date,
) -> Target:
    """Return the calendar's next version; the first one may be what the manifest says."""
    from releasio.rules.versions.calver import read_calendar

    calendar = read_calendar(config.version.calver)
    version = calendar.next_version(last, level, today)
    reasons += (Reason(f"{calendar.pattern} on {today:%Y-%m-%d}", setting="version.calver"),)
    if last is None:
        return Target(max(version, without_dev(current)), NEVER_RELEASED, reasons)
    if calendar.is_later(last, today):
        reasons += (Reason(f"{last} is dated later than today: counted on from there"),)
    if current.is_devrelease:  # what it comes before is the least
        version = max(version, final_version(current))
    return Target(version, max(last, current), reasons)


def _zero_rule(level: Level, rule: str) -> str:
    if rule == "lower":
        lower = zero_level(level, rule).label
        return f"before 1.0.0 each level counts one step lower: the {lower} number is raised"
    kinds = "breaking changes" if level is Level.MAJOR else "features"
    return f"before 1.0.0 {kinds} raise the minor number"


def initial_version(manifest: Version, settings: VersionConfig) -> tuple[Version, Reason]:
    """
    Return the version of a project that was never released, and why.

    - The manifest says 0.0.0, a placeholder: `version.initial_version`.
    - `version.initial_version` is set and is higher: that.
    - Otherwise what the manifest says, as it is; of a development version (1.0.dev0)
      what it comes before.
    """
    initial = parse_public_version(settings.initial_version)
    setting = "version.initial_version"
    if not any(manifest.release):
        return initial, Reason(f"{manifest} is a placeholder", setting=setting)
    configured = settings.initial_version != type(settings).initial_version
    if configured and initial > manifest:
        return initial, Reason(f"nothing was released, and {initial} is set", setting=setting)
    first = without_dev(manifest) if manifest.is_devrelease else manifest
    return first, Reason(f"no tag is a version, so {first} is the first release")
