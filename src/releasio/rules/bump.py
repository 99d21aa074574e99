"""Which version comes next, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from packaging.version import Version

from releasio.errors.request import OptionsContradict
from releasio.errors.version import UnknownLevel, VersionDowngrade, VersionTaken
from releasio.frozen import frozen
from releasio.rules.level import Reason, level_of, why
from releasio.rules.version import (
    Level,
    dev_version,
    final_version,
    following_prerelease,
    is_unfinished,
    next_version,
    own_level,
    parse_phase,
    parse_public_version,
    prerelease_of,
    raise_number,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from datetime import datetime

    from releasio.config.model import BranchConfig, Config, VersionConfig
    from releasio.facts import Request
    from releasio.rules.commits import Reading

_NEVER_RELEASED = Version("0.dev0")  # the lowest of all versions
_YEARS = range(1990, 2100)


@frozen
class Wish:
    """
    What somebody asked for, read and checked.

    Attributes:
        version: Exactly this one.
        bump: Raise this number, also from 0.x to 1.0.0.
        phase: Make a pre-release: `a`, `b`, `rc` or `dev`.
        dev: Make a development version with a time stamp.
    """

    version: Version | None = None
    bump: Level | None = None
    phase: str | None = None
    dev: bool = False

    @classmethod
    def of(cls, asked: Request) -> Wish:
        """
        Read the words of the command line.

        Raises:
            OptionsContradict: Two of them cannot both be done.
            InvalidVersion, LocalVersion, UnknownLevel, UnknownPhase: One makes no sense.
        """
        given = [f"--{name}" for name in ("version", "bump", "prerelease", "dev")]
        given = [option for option in given if getattr(asked, option.removeprefix("--"))]
        if len(given) > 1 and given not in (["--bump", "--prerelease"], ["--bump", "--dev"]):
            raise OptionsContradict(given)
        return cls(
            version=parse_public_version(asked.version) if asked.version else None,
            bump=parse_level(asked.bump) if asked.bump else None,
            phase=parse_phase(asked.prerelease) if asked.prerelease else None,
            dev=asked.dev,
        )


@frozen
class Decision:
    """
    The answer, with everything that led to it.

    Attributes:
        version: What is released; `None`: nothing.
        level: The highest number that changes.
        reasons: In the order they led there.
        summary: All of it in one sentence.
    """

    version: Version | None
    level: Level
    reasons: tuple[Reason, ...]
    summary: str


def decide(
    *,
    current: Version,
    last: Version | None,
    reading: Reading,
    config: Config,
    channel: BranchConfig | None = None,
    wish: Wish | None = None,
    taken: Callable[[], Collection[Version]] = tuple,
    moment: datetime,
) -> Decision:
    """
    Decide which version is released.

    The first of these that applies names the numbers: `--version`, `--bump`, a
    `Release-As:` footer, the first release of all (`initial_version`), a version
    that the manifest already says, the commits. Then `--dev`, `--prerelease`, the
    channel or `version.pre_release` make a pre-release of it.

    Args:
        current: What the manifest says.
        last: The highest version among the tags HEAD descends from.
        reading: The commits since then.
        config: The settings in force.
        channel: The `[branches.NAME]` table of the branch.
        wish: What was asked for; nothing by default.
        taken: Every version that exists already, wherever; asked for when needed.
        moment: The time for `--dev`.

    Raises:
        VersionDowngrade: The version is not above the last one.
        VersionTaken: It exists already.
        PrereleaseGoesBack: The pre-release would sort before the current version.
    """
    wish = wish or Wish()
    target = _target(current, last, reading, config, wish)
    if target is None:
        return Decision(None, Level.NONE, why(reading, config.commits), _nothing(last, reading))
    version, reason = target.version, None
    phase, setting = _phase(config.version, channel, wish)
    if wish.version is None and not target.version.is_prerelease:
        if wish.dev:
            version = dev_version(_before(target.version, target.start), moment)
            reason = Reason("a development version carries its time", setting="--dev")
        elif phase:
            _check_taken(target.version, taken())
            version = prerelease_of(target.version, target.start, phase, taken())
            reason = Reason(f"a pre-release of phase {phase} is made", setting=setting)
    _check_order(version, current, last, target.reasons)
    _check_taken(version, {last, *taken()})
    reasons = (*target.reasons, *((reason,) if reason else ()))
    return Decision(version, _level(target.start, version), reasons, _step(current, last, version))


def initial_version(manifest: Version, settings: VersionConfig) -> tuple[Version, Reason]:
    """
    Return the version of a project that was never released, and why.

    - The manifest says 0.0.0, a placeholder: `version.initial_version`.
    - `version.initial_version` is set and is higher: that.
    - Otherwise what the manifest says, as it is; a development version (1.0.dev0)
      becomes final.
    """
    initial = parse_public_version(settings.initial_version)
    setting = "version.initial_version"
    if not any(manifest.release):
        return initial, Reason(f"{manifest} is a placeholder", setting=setting)
    configured = settings.initial_version != type(settings).initial_version
    if configured and initial > manifest:
        return initial, Reason(f"nothing was released, and {initial} is set", setting=setting)
    first = final_version(manifest) if manifest.is_devrelease else manifest
    return first, Reason(f"no tag is a version, so {first} is the first release")


def parse_level(text: str) -> Level:
    """
    Return the level that *text* names.

    Raises:
        UnknownLevel: It is none of patch, minor and major.
    """
    names = {level.label: level for level in Level if level}
    try:
        return names[text.strip().lower()]
    except KeyError:
        raise UnknownLevel(text, known=tuple(names)) from None


@frozen
class _Target:
    """The numbers to be released, the version they follow, and why."""

    version: Version
    start: Version
    reasons: tuple[Reason, ...]


def _target(
    current: Version, last: Version | None, reading: Reading, config: Config, wish: Wish
) -> _Target | None:
    start, behind = _start(current, last)
    if asked := _asked_for(start, last, reading, wish):
        return asked
    if last is None:
        first, reason = initial_version(current, config.version)
        return _Target(first, _NEVER_RELEASED, (reason,))
    if current > last and not current.is_devrelease:
        rule = f"the manifest already says {current}, which is above the last release {last}"
        return _Target(current, last, (Reason(rule),))
    level = level_of(reading, config.commits)
    if level is Level.NONE and not _wanted_anyway(start, wish):
        return None
    raised = max(level, Level.PATCH)
    reasons = (*behind, *why(reading, config.commits), *_rules(start, raised))
    return _Target(next_version(start, raised), start, reasons)


def _asked_for(
    start: Version, last: Version | None, reading: Reading, wish: Wish
) -> _Target | None:
    """Return the numbers that options or a footer name."""
    if wish.version is not None:
        return _Target(wish.version, start, (Reason("asked for", setting="--version"),))
    if wish.bump is not None:
        reason = Reason(f"the {wish.bump.label} number is raised", setting="--bump")
        return _Target(raise_number(start, wish.bump), start, (reason,))
    if reading.wish is not None:
        footer = Reason.of(reading.wish.commit, "names the version", "Release-As:")
        return _Target(reading.wish.version, last or _NEVER_RELEASED, (footer,))
    return None


def _start(current: Version, last: Version | None) -> tuple[Version, tuple[Reason, ...]]:
    """Return the version to count from: the higher of manifest and last tag."""
    if last is None or last <= current:
        return current, ()
    rule = f"the manifest says {current}, but {last} is released: counted from there"
    return last, (Reason(rule),)


def _wanted_anyway(start: Version, wish: Wish) -> bool:
    """Whether there is a release without changes: a time stamp, or the next phase."""
    if wish.dev:
        return True
    phases = ("a", "b", "rc")
    if start.pre is None or wish.phase not in phases:
        return False
    return phases.index(start.pre[0]) < phases.index(wish.phase)


def _rules(start: Version, level: Level) -> tuple[Reason, ...]:
    """Return the rules that stand between the level and the numbers."""
    rules = []
    if start.major == 0 and level > Level.PATCH:
        rules.append(
            Reason(
                "before 1.0.0 each level counts one step lower: "
                f"the {Level(level - 1).label} number is raised"
            )
        )
    if is_unfinished(start) and final_version(start) == next_version(start, level):
        rules.append(Reason(f"{start} comes before {final_version(start)}, which is not final yet"))
    if start.major in _YEARS:
        rules.append(
            Reason(f"{start} looks like a date, but is counted up; --version names the next date")
        )
    return tuple(rules)


def _phase(
    settings: VersionConfig, channel: BranchConfig | None, wish: Wish
) -> tuple[str | None, str]:
    """Return the phase of the pre-release to make, if any, and who says so."""
    if wish.phase:
        return wish.phase, "--prerelease"
    if channel is not None and channel.prerelease:
        return parse_phase(channel.prerelease_token or "alpha"), f"branches: {channel.match}"
    if settings.pre_release:
        return parse_phase(settings.pre_release), "version.pre_release"
    return None, ""


def _before(target: Version, start: Version) -> Version:
    """Return what a development version stands before: the next pre-release where there is one."""
    if start.pre is not None and final_version(start) == target:
        return following_prerelease(start)
    return target


def _check_order(
    version: Version, current: Version, last: Version | None, reasons: tuple[Reason, ...]
) -> None:
    """Refuse what is not above the last release, or below what the manifest says by hand."""
    asked = next((reason.setting for reason in reasons if reason.setting), "")
    if last is not None and version < last:
        raise VersionDowngrade(str(version), than=str(last), where="the last release", asked=asked)
    if asked == "--version" and version < current:
        where = "what pyproject.toml says"
        raise VersionDowngrade(str(version), than=str(current), where=where, asked=asked)


def _check_taken(version: Version, taken: Collection[Version | None]) -> None:
    if version in taken:
        raise VersionTaken(str(version))


def _level(start: Version, version: Version) -> Level:
    """Return the highest number in which the versions differ."""
    if start == _NEVER_RELEASED or final_version(start) == final_version(version):
        return own_level(version)
    width = max(len(start.release), len(version.release), 3)
    pairs = zip(_padded(start, width), _padded(version, width), strict=True)
    place = next((number for number, (a, b) in enumerate(pairs) if a != b), 0)
    return Level(max(Level.MAJOR - place, Level.PATCH))


def _padded(version: Version, width: int) -> tuple[int, ...]:
    return version.release + (0,) * (width - len(version.release))


def _step(current: Version, last: Version | None, version: Version) -> str:
    shown = current if last is None else max(current, last)
    if shown == version:
        return f"{version}, as the manifest says"
    return f"{shown} -> {version}"


def _nothing(last: Version | None, reading: Reading) -> str:
    commits = {change.commit.id for change in reading.changes}
    commits.update(left.commit.id for left in reading.left_out)
    since = f"since {last}"
    match len(commits):
        case 0 if last is not None and is_unfinished(last):
            return f"no commits {since}; to make it final: --version {final_version(last)}"
        case 0:
            return f"no commits {since}"
        case 1:
            said = f"the one commit {since} does not raise the version"
        case many:
            said = f"none of the {many} commits {since} raises the version"
    return f"{said}; to release all the same: --bump patch"
