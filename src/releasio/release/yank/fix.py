"""Which release comes after one that is broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, together
from releasio.frozen import frozen, replace
from releasio.release.decision import Refused, Releases, decide
from releasio.release.reading.gather import gather
from releasio.rules.bump.request import Request
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from releasio.config.reading.load import Settings
    from releasio.release.facts import Facts
    from releasio.world.world import World


@frozen
class Fix:
    """
    The release that comes next.

    Attributes:
        version: Its version; empty: not known.
        by_commits: Whether commits since the last release ask for it already.
        problem: Why it is not known.
    """

    version: str
    by_commits: bool = False
    problem: str = ""

    @property
    def options(self) -> tuple[str, ...]:
        """What `releasio release` is told for it, besides `--execute`."""
        return () if self.by_commits else ("--bump", "patch")


def next_release(world: World, settings: Settings) -> Fix:
    """Return the release that would be made of HEAD, or of the next fix on top of it."""
    try:
        facts = gather(world, settings, Request())
        if version := _version_of(facts):
            return Fix(version, by_commits=True)
        version = _version_of(replace(facts, request=Request(bump=Level.PATCH)))
        return Fix(version, problem="" if version else "HEAD is behind the last release")
    except ReleasioError as error:
        return Fix("", problem=str(error))


def _version_of(facts: Facts) -> str:
    """
    Return what would be released, though something is in its way now; empty: nothing.

    Raises:
        ReleasioError: What is there is no version, or says no next one.
    """
    match decide(facts):
        case Refused(problems, ()):
            raise together(problems)
        case Releases(releases) | Refused(_, releases) if releases:
            return str(releases[0].version)
        case _:
            return ""
