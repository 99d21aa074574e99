"""Whether jobs may do what they do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.rights.calls import IDENTITY, grant, too_much, ways_to
from releasio.rules.workflow.rights.needs import find_needs
from releasio.rules.workflow.rights.running_steps import running_steps
from releasio.rules.workflow.trusted import PUBLIC, trusted_uploads
from releasio.setup.findings.permissions import (
    CheckoutNotAllowed,
    IdentityNotAllowed,
    PermissionLeftToSettings,
    PermissionMissing,
    PermissionNotPassed,
)
from releasio.setup.patches.permissions import with_permission

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.rights.calls import Way
    from releasio.rules.workflow.rights.needs import Need
    from releasio.rules.workflow.workflow import Job, Workflow
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation


def check_permissions(situation: Situation) -> Iterator[Finding]:
    """Yield what jobs are not allowed to do and need."""
    for upload in trusted_uploads(situation.uploads):
        yield from _identity(situation, upload)
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            yield from _not_passed(situation, workflow, job)
            yield from _checkout(situation, workflow, job)
            for need in find_needs(workflow, job, situation.actions):
                yield from _missing(situation, workflow, job, need)


def _ways(situation: Situation, workflow: Workflow, job: Job) -> tuple[Way, ...]:
    """Return how *job* comes to run; as if by an event where only other repositories call it."""
    ways = ways_to(workflow, situation.calls)
    if not ways and workflow.permissions_of(job) is not None:
        return ((),)
    return ways


def _identity(situation: Situation, upload: Upload) -> Iterator[Finding]:
    workflow, job = upload.workflow, upload.job
    for way in _ways(situation, workflow, job):
        given = grant(way, workflow, job, IDENTITY)
        is_refused = any(name == IDENTITY for name, _, _ in too_much(way, workflow, job))
        if given.reaches("write") or is_refused:
            continue
        yield IdentityNotAllowed(job.key, upload.target, given.job.key).at(
            given.workflow.path,
            given.line,
            with_permission(given.workflow, given.job, IDENTITY),
        )
        return


def _not_passed(situation: Situation, workflow: Workflow, job: Job) -> Iterator[Finding]:
    for way in ways_to(workflow, situation.calls):
        for name, level, given in too_much(way, workflow, job):
            call = way[-1]
            yield PermissionNotPassed(
                call.job.key, workflow.file, job.key, name, level, given.level or ""
            ).at(
                call.workflow.path,
                given.line,
                with_permission(given.workflow, given.job, name, level),
            )


def _missing(situation: Situation, workflow: Workflow, job: Job, need: Need) -> Iterator[Finding]:
    publishes = any(
        upload.job is job and upload.is_trusted and upload.target in PUBLIC
        for upload in situation.uploads
    )
    for name in need.permissions:
        if name == IDENTITY and publishes:
            continue
        for way in _ways(situation, workflow, job):
            given = grant(way, workflow, job, name)
            if given.reaches("write") or any(
                each[0] == name for each in too_much(way, workflow, job)
            ):
                continue
            if given.level is None:
                if not _is_of_release(situation, workflow, job, need):
                    continue
                yield PermissionLeftToSettings(job.key, need.deed, need.tool, name).at(
                    need.path, need.line
                )
                continue
            slug = situation.place.slug if situation.place else ""
            yield PermissionMissing(job.key, need.deed, need.tool, name, slug, given.job.key).at(
                given.workflow.path,
                given.line,
                with_permission(given.workflow, given.job, name),
            )


def _is_of_release(situation: Situation, workflow: Workflow, job: Job, need: Need) -> bool:
    """Tell whether what *job* needs is for a release: a push, or a pull request, need not be."""
    words = f"{workflow.file} {workflow.node.text_at('name')} {job.key} {need.deed}".lower()
    tags = workflow.triggers["push"].patterns("tags") if "push" in workflow.triggers else None
    return (
        "release" in words
        or "release" in workflow.triggers
        or bool(tags)
        or any(upload.workflow is workflow for upload in situation.uploads)
    )


def _checkout(situation: Situation, workflow: Workflow, job: Job) -> Iterator[Finding]:
    if situation.surroundings is None or not situation.surroundings.is_private:
        return
    for each in running_steps(job, situation.actions):
        step = each.step
        others = ("token", "ssh-key", "repository")
        if step.action != "actions/checkout" or any(map(step.input, others)):
            continue
        for way in _ways(situation, workflow, job):
            given = grant(way, workflow, job, "contents")
            if given.reaches("read") is False:
                yield CheckoutNotAllowed(job.key).at(
                    given.workflow.path,
                    given.line,
                    with_permission(given.workflow, given.job, "contents", "read"),
                )
                return
