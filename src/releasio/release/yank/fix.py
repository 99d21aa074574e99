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
    from releasio.release.release import Release
    from releasio.world.world import World


@frozen
class Fix:
    """
    The release that comes next.

    Attributes:
        version: Its version; empty: not known.
        by_commits: Whether commits since the last release ask for it already.
        proposed: Whether it goes by a release pull request.
        problem: Why it is not known.
    """

    version: str
    by_commits: bool = False
    proposed: bool = False
    problem: str = ""

    @property
    def command(self) -> tuple[str, ...]:
        """The words that release it."""
        options = () if self.by_commits else ("--bump", "patch")
        return ("releasio", "release-pr" if self.proposed else "release", *options, "--execute")


def next_release(world: World, settings: Settings) -> Fix:
    """Return the release that would be made of HEAD, or of the next fix on top of it."""
    try:
        facts = gather(world, settings, Request())
        proposed = facts.config.mode == "pull-request"
        # what a release pull request brings is what would be released directly
        facts = replace(facts, config=facts.config.but(mode="direct"))
        if release := _release_of(facts):
            if release.kind == "resumed":
                return Fix("", problem=f"{release.tag} is not finished, and comes first")
            return Fix(str(release.version), by_commits=True, proposed=proposed)
        release = _release_of(replace(facts, request=Request(bump=Level.PATCH)))
        if release is None:
            return Fix("", problem="HEAD is behind the last release")
        return Fix(str(release.version), proposed=proposed)
    except ReleasioError as error:
        return Fix("", problem=str(error))


def _release_of(facts: Facts) -> Release | None:
    """
    Return what would be released, though something is in its way now; `None`: nothing.

    Raises:
        ReleasioError: What is there is no version, or says no next one.
    """
    match decide(facts):
        case Refused(problems, ()):
            raise together(problems)
        case Releases(releases) | Refused(_, releases) if releases:
            return releases[0]
        case _:
            return None
