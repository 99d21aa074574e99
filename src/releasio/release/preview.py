"""What a release would do, and who hears of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from releasio.errors.base import Problems
from releasio.frozen import frozen
from releasio.steps.step import Blocked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.errors.base import ReleasioError
    from releasio.release.facts import Facts
    from releasio.release.plans.plan import Plan
    from releasio.release.release import Release
    from releasio.steps.step import State, Step


@frozen
class Probed:
    """A step and what the world says of it."""

    step: Step
    state: State


@frozen
class Preview:
    """
    What a release would do.

    Attributes:
        facts: What was found.
        releases: What is released and why.
        reason: Why nothing is, where nothing is.
        stages: The three plans with the world's answer to each step.
        objections: What stands in the way of the release as a whole.
    """

    facts: Facts
    releases: tuple[Release, ...] = ()
    reason: str = ""
    stages: tuple[tuple[Plan, tuple[Probed, ...]], ...] = ()
    objections: tuple[ReleasioError, ...] = ()

    @property
    def blockers(self) -> tuple[ReleasioError, ...]:
        """What stands in the way of the release as a whole, and of each step, each once."""
        probed_steps = [probed for _, stage in self.stages for probed in stage]
        return blockers(probed_steps, self.objections) if probed_steps else ()


def blockers(
    probed_steps: Iterable[Probed], objections: Sequence[ReleasioError] = ()
) -> tuple[ReleasioError, ...]:
    """
    Return *objections* and the errors of all blocked steps, each once.

    One that is no failure, such as another run's release, explains the others.
    """
    states = [probed.state for probed in probed_steps]
    errors: dict[str, ReleasioError] = {}
    for blocker in (*objections, *(state.error for state in states if isinstance(state, Blocked))):
        for error in blocker.problems if isinstance(blocker, Problems) else (blocker,):
            errors.setdefault(f"{error.code} {error}", error)
    harmless = next((error for error in errors.values() if not error.exit_code), None)
    return (harmless,) if harmless else tuple(errors.values())


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def starting(self, preview: Preview) -> None:
        """Hear what is going to be released, before anything is done."""

    def stage(self, plan: Plan) -> None:
        """Hear that the steps of *plan* come next."""

    def begin(self, step: Step) -> None:
        """Hear that *step* is being done."""

    def end(self, step: Step, state: State) -> None:
        """Hear that *step* is done (`Todo`: just now, `Done`: it was already) or is not."""
