"""Workflows of a repository that call each other, and what the token of a called job may do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.workflow.workflow import Job, Permissions, Workflow

LEVELS = ("none", "read", "write")
IDENTITY = "id-token"
_DEEPEST = 10  # workflows that call workflows; GitHub allows as many
_REMOTE = re.compile(r"([^/@]+/[^/@]+)/(\.github/workflows/[^/@]+\.ya?ml)@(.+)")


@frozen
class Call:
    """
    A job that calls another workflow of its repository.

    Attributes:
        workflow: The file of the job.
        job: The job.
        callee: The workflow that it calls.
        ref: At which ref, where it says one; empty: at its own.
    """

    workflow: Workflow
    job: Job
    callee: Workflow
    ref: str = ""


Way = tuple[Call, ...]
"""How a job comes to run: the calls that lead to it, the first one first; none: events do."""


def remote_workflow(uses: str) -> tuple[str, str, str] | None:
    """Return repository, path and ref of a workflow that is named with them; None: it is not."""
    match = _REMOTE.fullmatch(uses)
    return (match[1], match[2], match[3]) if match else None


def find_calls(workflows: Sequence[Workflow], slug: str = "") -> tuple[Call, ...]:
    """
    Return the calls between *workflows*.

    Args:
        workflows: Those of the repository.
        slug: What the repository is called, `owner/name`; empty: not known.
    """
    by_path = {workflow.path: workflow for workflow in workflows}
    calls = []
    for workflow in workflows:
        for job in workflow.jobs.values():
            remote = remote_workflow(job.uses)
            path, ref = job.uses.removeprefix("./"), ""
            if remote and remote[0].lower() == slug.lower():
                path, ref = remote[1:]
            if job.uses and path in by_path:
                calls.append(Call(workflow, job, by_path[path], ref))
    return tuple(calls)


def ways_to(workflow: Workflow, calls: Sequence[Call], depth: int = 0) -> tuple[Way, ...]:
    """Return how jobs of *workflow* come to run; none: only other repositories call it."""
    ways: list[Way] = [()] if workflow.triggers.keys() - {"workflow_call"} else []
    if depth < _DEEPEST:
        ways += [
            (*way, call)
            for call in calls
            if call.callee.path == workflow.path
            for way in ways_to(call.workflow, calls, depth + 1)
        ]
    return tuple(ways)


@frozen
class Grant:
    """
    What the token of a job may do with one thing.

    Attributes:
        level: `none`, `read` or `write`; None: the settings of the repository say it.
        workflow: The file whose words count.
        job: The job in it whose words count.
        permissions: These words; None: there are none.
    """

    level: str | None
    workflow: Workflow
    job: Job
    permissions: Permissions | None

    @property
    def line(self) -> int:
        """Where that is said, or should be."""
        return self.permissions.line if self.permissions else self.job.line

    def reaches(self, level: str) -> bool | None:
        """Tell whether that is *level* or more; None: not known."""
        return None if self.level is None else LEVELS.index(self.level) >= LEVELS.index(level)


def grant(way: Way, workflow: Workflow, job: Job, name: str) -> Grant:
    """
    Return what *job* may do with what *name* stands for.

    A called workflow has what the calling job has, and can only have less.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
    """
    hops = [(call.workflow, call.job) for call in way] + [(workflow, job)]
    first = hops[0]
    level = "none" if name == IDENTITY else None
    result = Grant(level, *first, None)
    for place, (file, each) in enumerate(hops):
        own = file.permissions_of(each)
        if own is None:
            continue
        wanted = own.level(name)
        is_less = result.level is not None and _below(wanted, result.level)
        if place == 0 or is_less or (result.level is None and wanted == "none"):
            result = Grant(wanted, file, each, own)
    return result


def too_much(way: Way, workflow: Workflow, job: Job) -> tuple[tuple[str, str, Grant], ...]:
    """
    Return name, level and the caller's grant of what *job* says and its caller may not.

    GitHub refuses the whole workflow then.
    """
    own = workflow.permissions_of(job)
    if not way or own is None:
        return ()
    caller = way[-1]
    excess = []
    for name, level in own.levels.items():
        given = grant(way[:-1], caller.workflow, caller.job, name)
        if given.reaches(level) is False:
            excess.append((name, level, given))
    return tuple(excess)


def _below(level: str, other: str) -> bool:
    return LEVELS.index(level) < LEVELS.index(other)
