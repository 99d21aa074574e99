"""Replays the last releases under the rules in force, and says what would make them agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.frozen import frozen
from releasio.setup.replay.changed_settings import with_values
from releasio.setup.replay.past_release import past_releases, read_history
from releasio.setup.replay.remedies import candidates
from releasio.setup.replay.replayed import Choice, choose_again, read_past

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.config.reading.load import Settings
    from releasio.config.tables.model import Config
    from releasio.errors.base import ReleasioError
    from releasio.release.facts import Facts
    from releasio.setup.replay.past_release import PastRelease
    from releasio.world.world import World

    Values = Mapping[str, object]
    _Helpful = tuple[Values, frozenset[str]]

_MOST = 3  # keys together; more would explain anything


@frozen
class Replayed:
    """
    A release as it was made, and as the rules would have made it.

    Attributes:
        past: The release.
        choice: What the rules make of it.
        remedies: The settings by which it would be the same, each alone; empty: it is, or none.
    """

    past: PastRelease
    choice: Choice
    remedies: tuple[Values, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether both are the same version."""
        return self.choice.version == self.past.version


@frozen
class Remedy:
    """
    Settings that would make more releases agree.

    Attributes:
        values: These, by dotted key.
        agreeing: How many would then.
    """

    values: Values
    agreeing: int


@frozen
class Replay:
    """
    The last releases, replayed.

    Attributes:
        name: The project's name.
        releases: The newest first.
        remedy: What would make most of them agree; `None`: nothing is better than it is.
    """

    name: str
    releases: tuple[Replayed, ...]
    remedy: Remedy | None = None

    @property
    def agreeing(self) -> int:
        """How many releases the rules in force would have made as they are."""
        return sum(release.agrees for release in self.releases)


class _Case(NamedTuple):
    """A release, and what was known right before it."""

    release: PastRelease
    facts: Facts | ReleasioError

    def agrees(self, config: Config) -> bool:
        """Whether *config* makes the release as it was made."""
        return choose_again(self.facts, config).version == self.release.version


def replay(world: World, settings: Settings, count: int = 10) -> Replay:
    """
    Decide the last *count* releases once more, each from the commit before it.

    It is read from git alone: nobody is asked, and nothing is changed or checked out.

    Raises:
        NoCommits: There is no history yet.
        ReleasioError: The project does not say what it is.
    """
    config = settings.config
    history = read_history(world, config)
    releases = past_releases(world, config, history, count)
    cases = [_Case(release, read_past(world, settings, release)) for release in releases]
    choices = [choose_again(case.facts, config) for case in cases]
    pairs = zip(cases, choices, strict=True)
    differing = [case for case, choice in pairs if choice.version != case.release.version]
    helpful = list(_helpful(config, differing))
    replayed = (
        Replayed(release, choice, tuple(v for v, tags in helpful if release.tag in tags))
        for release, choice in zip(releases, choices, strict=True)
    )
    return Replay(history.name, tuple(replayed), _remedy(config, cases, helpful))


def _helpful(config: Config, differing: Sequence[_Case]) -> list[_Helpful]:
    """Return settings, each with the tags of those releases that they make agree, if any."""
    tried = []
    for values in candidates(config, [case.facts for case in differing]):
        changed = with_values(config, values)
        if tags := frozenset(case.release.tag for case in differing if case.agrees(changed)):
            tried.append((values, tags))
    return tried


def _remedy(config: Config, cases: Sequence[_Case], helpful: list[_Helpful]) -> Remedy | None:
    """Return the few settings by which most *cases* agree; one more only where it helps."""
    values: dict[str, object] = {}
    current, number = config, sum(case.agrees(config) for case in cases)
    while helpful and len(values) < _MOST:
        more, more_number = _best(current, cases, helpful)
        if more_number <= number:
            break
        values |= more
        current, number = with_values(config, values), more_number
        helpful = _helpful(current, [case for case in cases if not case.agrees(current)])
    return Remedy(values, number) if values else None


def _best(config: Config, cases: Sequence[_Case], helpful: list[_Helpful]) -> tuple[Values, int]:
    """Return what of *helpful* makes most *cases* agree, the first of equals, and how many."""
    best: tuple[Values, int] = {}, 0
    agreeing = [case for case in cases if case.agrees(config)]
    for values, tags in sorted(helpful, key=lambda entry: -len(entry[1])):
        if len(agreeing) + len(tags) <= best[1]:
            break
        changed = with_values(config, values)
        number = len(tags) + sum(case.agrees(changed) for case in agreeing)
        if number > best[1]:
            best = values, number
    return best
