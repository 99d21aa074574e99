"""What can start a job: by which event, at which ref, and what its conditions make of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.workflow.events.condition import holds

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.workflow.workflow import Job, Trigger, Workflow

BRANCH, TAG, PULL = "refs/heads/", "refs/tags/", "refs/pull/"
_AT_BRANCH = frozenset({"schedule", "workflow_run", "repository_dispatch", "merge_group"})
# their runs are of the default branch, or of the one that a pull request goes to
_OF_BASE = frozenset({"pull_request_target", "issues", "issue_comment", "milestone", "label"})
_CREATING = frozenset({"workflow_dispatch", "create", "registry_package"})
_DEEPEST = 4  # workflows that call workflows; what lies deeper is not known


@frozen
class Start:
    """
    One way in which a run begins.

    Attributes:
        event: What `github.event_name` is; empty: not known.
        ref: What `github.ref` begins with; empty: not known.
        workflow: The file whose trigger it is: the top one, where one calls another.
        trigger: The trigger; None: nobody in the repository calls it.
    """

    event: str
    ref: str
    workflow: Workflow
    trigger: Trigger | None


def starts_of(
    workflow: Workflow, workflows: Sequence[Workflow] = (), depth: int = 0
) -> Iterator[Start]:
    """
    Yield each way in which a run of *workflow* begins.

    Args:
        workflow: The file.
        workflows: All of the repository; those that call it pass on what starts them.
        depth: How many calls lead here.
    """
    for trigger in workflow.triggers.values():
        if trigger.event == "workflow_call":
            callers = callers_of(workflow, workflows)
            if not callers or depth >= _DEEPEST:
                yield Start("", "", workflow, None)
                continue
            for caller, job in callers:
                yield from starts_of_job(caller, job, workflows, depth + 1)
            continue
        for ref in _refs(trigger):
            yield Start(trigger.event, ref, workflow, trigger)


def starts_of_job(
    workflow: Workflow, job: Job, workflows: Sequence[Workflow] = (), depth: int = 0
) -> Iterator[Start]:
    """Yield each way in which *job* can come to run: its conditions do not surely refuse it."""
    conditions = conditions_of(workflow, job)
    for start in starts_of(workflow, workflows, depth):
        if not any(holds(each, start.event, start.ref) is False for each in conditions):
            yield start


def conditions_of(workflow: Workflow, job: Job) -> tuple[str, ...]:
    """Return the `if` of *job* and of all jobs that it needs, where there is one."""
    return tuple(each.condition for each in conditioned_jobs(workflow, job))


def conditioned_jobs(workflow: Workflow, job: Job) -> tuple[Job, ...]:
    """Return *job* and all jobs that it needs, those that have an `if`."""
    if "always()" in job.condition or "!cancelled()" in job.condition:
        return (job,)  # it also runs where those before it did not
    return tuple(each for each in (job, *needed_jobs(workflow, job)) if each.condition)


def needed_jobs(workflow: Workflow, job: Job) -> tuple[Job, ...]:
    """Return all jobs that have to be through before *job*, in the order of the file."""
    names, place = [job.key], 0
    while place < len(names):
        needed = workflow.jobs.get(names[place])
        names += [name for name in (needed.needs if needed else ()) if name not in names]
        place += 1
    return tuple(each for key, each in workflow.jobs.items() if key in names[1:])


def callers_of(workflow: Workflow, workflows: Sequence[Workflow]) -> list[tuple[Workflow, Job]]:
    """Return the jobs of *workflows* that call *workflow* by its place in the repository."""
    return [
        (caller, job)
        for caller in workflows
        for job in caller.jobs.values()
        if job.uses == f"./{workflow.path}" and caller.path != workflow.path
    ]


def _refs(trigger: Trigger) -> tuple[str, ...]:
    match trigger.event:
        case "push":
            tags, branches, paths = (
                any(trigger.patterns(each) is not None for each in (name, f"{name}-ignore"))
                for name in ("tags", "branches", "paths")
            )
            of_branch = (BRANCH,) if branches or paths or not tags else ()
            return (*of_branch, *((TAG,) if tags or not branches else ()))
        case "release":
            return (TAG,)
        case "pull_request" | "pull_request_review":
            return (PULL,)
        case event if event in _CREATING:
            return (BRANCH, TAG)
        case event if event in _AT_BRANCH | _OF_BASE:
            return (BRANCH,)
    return ("",)
