"""What settings about versions must be; packaging costs 10 ms, and few set one."""

from __future__ import annotations

from types import MappingProxyType

from releasio.errors.project.version import InvalidVersion, LocalVersion


def _version_flaw(text: str) -> str:
    from releasio.rules.versions.version import parse_public_version

    try:
        parse_public_version(text)
    except (InvalidVersion, LocalVersion):
        return "a public version"
    return ""


def _calendar_flaw(text: str) -> str:
    from releasio.rules.versions.calver import read_calendar

    try:
        read_calendar(text)
    except ValueError as error:
        return str(error)
    return ""


def _range_flaw(text: str) -> str:
    from releasio.rules.versions.version_range import VersionRange

    is_range = text == "{branch}" or VersionRange.of_setting(text)
    return "" if is_range else 'a range such as 1.2.x, or "{branch}"'


def _pattern_flaw(text: str) -> str:
    return "" if text.count("{version}") == 1 else 'a text with "{version}" in it, once'


# each returns what a value must be and is not; empty when it is
VERSION_FLAWS = MappingProxyType(
    {
        "version": _version_flaw,
        "calver": _calendar_flaw,
        "range": _range_flaw,
        "version-pattern": _pattern_flaw,
    }
)
