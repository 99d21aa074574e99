"""What a release would do, and who hears of what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from releasio.frozen import frozen
from releasio.steps.step import Blocked

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError
    from releasio.release.facts import Facts
    from releasio.release.outlook import Release
    from releasio.release.plans.plan import Plan
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


def obstacles(preview: Preview) -> tuple[Probed, ...]:
    """Return every blocked step of a preview; objections to the release come first."""
    probed_steps = [step for _, steps in preview.stages for step in steps]
    blocked = [step for step in probed_steps if isinstance(step.state, Blocked)]
    if not probed_steps:
        return ()
    first = probed_steps[0].step
    return (*(Probed(first, Blocked(error)) for error in preview.objections), *blocked)


class Watcher(Protocol):
    """Who is told how a run goes on."""

    def outlook(self, preview: Preview) -> None:
        """Hear what is going to be released, before anything is done."""

    def stage(self, plan: Plan) -> None:
        """Hear that the steps of *plan* come next."""

    def begin(self, step: Step) -> None:
        """Hear that *step* is being done."""

    def end(self, step: Step, state: State) -> None:
        """Hear that *step* is done (`Todo`: just now, `Done`: it was already) or is not."""
