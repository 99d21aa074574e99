"""Whether jobs may ask for an identity that they have no use for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.rights.calls import IDENTITY
from releasio.rules.workflow.rights.identity_use import uses_no_identity
from releasio.setup.findings.permissions import IdentityNotNeeded
from releasio.setup.patches.patch import Patch
from releasio.setup.patches.permissions import with_permission, without_permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.workflow import Job, Workflow
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation


def check_unneeded_identity(situation: Situation) -> Iterator[Finding]:
    """Yield the jobs that have `id-token: write` and certainly do nothing with it."""
    for workflow in situation.workflows:
        idle = [job for job in workflow.jobs.values() if _is_idle(situation, workflow, job)]
        for job in idle:
            if job.permissions is not None:
                yield IdentityNotNeeded((job.key,)).at(
                    workflow.path,
                    _line(job.permissions.node, job.permissions.line),
                    without_permission(workflow, job.node, IDENTITY),
                )
        of_workflow = tuple(job.key for job in idle if job.permissions is None)
        if of_workflow and workflow.permissions is not None:
            yield IdentityNotNeeded(of_workflow).at(
                workflow.path,
                _line(workflow.permissions.node, workflow.permissions.line),
                _moved(workflow, of_workflow),
            )


def _is_idle(situation: Situation, workflow: Workflow, job: Job) -> bool:
    permissions = workflow.permissions_of(job)
    # `write-all` is another matter, and says nothing of identities
    if permissions is None or permissions.levels.get(IDENTITY) != "write":
        return False
    if any(upload.job is job for upload in situation.uploads):
        return False
    return uses_no_identity(job, situation.actions)


def _line(node: Node, line: int) -> int:
    entry = node.entry(IDENTITY)
    return entry.line if entry else line


def _moved(workflow: Workflow, idle: tuple[str, ...]) -> Patch | None:
    """Return the patch that leaves the permission to the jobs that may need it."""
    removal = without_permission(workflow, workflow.node, IDENTITY)
    if removal is None:
        return None
    edits = list(removal.edits)
    for job in workflow.jobs.values():
        if job.permissions is None and job.key not in idle:
            addition = with_permission(workflow, job, IDENTITY)
            if addition is None:
                return None
            edits += addition.edits
    return Patch(tuple(edits))
