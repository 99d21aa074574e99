"""The command that goes on where a release can never be finished."""

from __future__ import annotations

from releasio.rules.versions.version import (
    Level,
    following_prerelease,
    raise_number,
    version_or_none,
)

_MEANT = "release a new version"


def command_after(version: str) -> str:
    """
    Return the command that releases the version after *version*, of the same kind.

    It names the version: what is asked for otherwise, as by `--bump`, is the unfinished
    release again as long as nothing was committed since.
    """
    return f"releasio release --version {_after(version)} --execute"


def going_on(advice: str, version: str) -> str:
    """Return *advice* with the command for the new version it means; *version* may be empty."""
    command = f" ({command_after(version)})" if version else ""
    return advice.replace(_MEANT, f"{_MEANT}{command}", 1)


def before_the_tag(advice: str) -> str:
    """Return *advice* where nothing is public yet: the version is still to be had."""
    return advice.replace(_MEANT, "run the same command again")


def _after(version: str) -> str:
    parsed = version_or_none(version)
    if parsed is None:
        return "V"
    if parsed.dev is not None:
        return f"{parsed.public.rpartition('.dev')[0]}.dev{parsed.dev + 1}"
    if parsed.pre is not None:
        return str(following_prerelease(parsed))
    return str(raise_number(parsed, Level.PATCH))
