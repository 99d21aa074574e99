"""Plan x World -> Report: probe everything, refuse early, do what is left, keep the journal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError, raise_all
from releasio.release.preview import Probed, blockers
from releasio.steps.step import Blocked, Done, Marked, Omitted, Opening, State, Todo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.release.journal import Journal
    from releasio.release.plans.plan import Plan
    from releasio.release.preview import Watcher
    from releasio.steps.step import Step
    from releasio.world.run import Run
    from releasio.world.world import World


def probe(plan: Plan, world: World) -> tuple[Probed, ...]:
    """Ask the world about every step of *plan*; changes nothing."""
    return tuple(Probed(step, _ask(step, world)) for step in plan.steps)


def carry_out(
    plan: Plan,
    run: Run,
    journal: Journal,
    watcher: Watcher,
    probed_steps: Sequence[Probed] | None = None,
) -> None:
    """
    Do what is left of *plan*, in order, each step right after asking about it.

    What was asked here of all steps counts until the first of them is done; from then on each is
    asked about again.

    Args:
        plan: What is to be done.
        run: Carries on what steps leave to each other.
        journal: Is told of every step.
        watcher: Likewise.
        probed_steps: What the world said of the steps a moment ago; `None`: it is asked about all
            of them before the first is done.

    Raises:
        ChangedUnderway: Somebody else changed what must stay as it is until the push.
        ReleasioError: A step was blocked or failed; what was done before stays
            done, and a second run goes on from there. What a step postponed is raised
            after the last one.
    """
    watcher.stage(plan)
    run.watch(plan.tags)
    just_probed = probe(plan, run.world) if probed_steps is None else ()
    raise_all(blockers(probed_steps or just_probed))
    states = [probed.state for probed in just_probed]
    for number, step in enumerate(plan.steps):
        state = states[number] if states else step.probe(run.world)
        _act_on(state, step, plan, run, journal, watcher)
        if isinstance(state, Todo):
            states.clear()
    raise_all(run.postponed)


def _act_on(
    state: State, step: Step, plan: Plan, run: Run, journal: Journal, watcher: Watcher
) -> None:
    """Do *step*, or say why it is not done, as the world's answer *state* wants it."""
    tag, mark = (step.tag, step.mark) if isinstance(step, Marked) else (", ".join(plan.tags), "")
    write = partial(journal.write, tag, plan.stage, str(step), mark=mark)
    match state:
        case Blocked(error):
            write("fail", error.code)
            watcher.end(step, state)
            raise error
        case Done(detail) | Omitted(detail):
            write("skip", detail)
            watcher.end(step, state)
        case Todo():
            write("begin")
            try:
                if isinstance(step, Opening):
                    run.watch(plan.tags)
                    journal.require_untouched()
                watcher.begin(step)
                omission = step.apply(run.world, run)
            except ReleasioError as error:
                write("fail", error.code)
                watcher.end(step, Blocked(error))
                raise
            finally:
                run.forget_settings()  # a hook or a build may have been at git's
            write("end", omission.detail if omission else "")
            watcher.end(step, omission or state)


def _ask(step: Step, world: World) -> State:
    """A service that does not answer a probe is a reason not to begin, not a crash."""
    try:
        return step.probe(world)
    except ReleasioError as error:
        return Blocked(error)
