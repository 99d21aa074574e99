"""Which rule before 1.0.0 a project's own releases followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from packaging.version import Version

    from releasio.config.tables.model import VersionConfig
    from releasio.rules.commits.reading import Reading

_ENOUGH = 5  # fewer releases are no habit
_OTHER = {"minor": "lower", "lower": "minor"}


@frozen
class ZeroRelease:
    """One final release before 1.0.0, the one before it, and what its commits ask for."""

    version: Version
    previous: Version
    level: Level


def matters(last: Version | None, level: Level, settings: VersionConfig) -> bool:
    """Whether the two rules make different versions after *last*, and nobody chose one."""
    before_one = last is not None and last.major == 0
    return before_one and level is Level.MINOR and not settings.is_set("zero")


def with_habit(reading: Reading, releases: Iterable[ZeroRelease], rule: str) -> Reading:
    """Return *reading* with a warning where the project's releases followed the other rule."""
    from releasio.frozen import replace

    fitting: dict[str, list[str]] = {"minor": [], "lower": []}
    for release in releases:
        if only := _only_fit(release):
            fitting[only].append(str(release.version))
    other_rule = _OTHER[rule]
    versions = fitting[other_rule]
    if len(versions) < _ENOUGH or len(versions) <= len(fitting[rule]):
        return reading
    newest = ", ".join(versions[:3])
    warning = (
        f"{len(versions)} releases of this project before 1.0.0 fit only the other rule, "
        f"version.zero = {other_rule!r} ({newest} ...), and {len(fitting[rule])} only {rule!r}; "
        "set version.zero to the one that is meant"
    ).replace("'", '"')
    return replace(reading, warnings=(*reading.warnings, warning))


def _only_fit(release: ZeroRelease) -> str | None:
    """Return the rule that alone explains *release*; None: both do, or neither."""
    if release.level is not Level.MINOR:  # breaking changes and repairs count the same by both
        return None
    old, new = _numbers(release.previous), _numbers(release.version)
    if old[0] != new[0]:
        return None
    return "minor" if old[1] != new[1] else "lower"


def _numbers(version: Version) -> tuple[int, ...]:
    return (*version.release, 0, 0)
