"""The steps that a job really runs: its own, and those of composite actions in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.rules.workflow.workflow import CompositeAction, Job, Step

_DEEPEST = 10  # actions that use actions; GitHub allows as many


@frozen
class RunningStep:
    """
    One step.

    Attributes:
        step: It, which runs an action of somebody else or a script.
        outer: The job's own step that it belongs to.
    """

    step: Step
    outer: Step


def running_steps(job: Job, actions: Mapping[str, CompositeAction]) -> tuple[RunningStep, ...]:
    """
    Return the steps of *job* in their order.

    Args:
        job: Its own.
        actions: The composite actions of the repository by their folder.
    """
    return tuple(
        RunningStep(step, outer)
        for outer in job.steps
        for step in _expanded(outer, actions, _DEEPEST)
    )


def _expanded(step: Step, actions: Mapping[str, CompositeAction], depth: int) -> Iterator[Step]:
    action = actions.get(step.folder) if step.folder is not None else None
    if action is None or not depth:
        yield step
        return
    for inner in action.steps:
        yield from _expanded(inner, actions, depth - 1)
