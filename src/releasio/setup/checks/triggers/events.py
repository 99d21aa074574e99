"""Events that must not start publishing, and those that never do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.workflow.events.condition import holds
from releasio.rules.workflow.events.start import (
    conditioned_jobs,
    conditions_of,
    starts_of,
    starts_of_job,
)
from releasio.rules.workflow.trusted import PUBLIC
from releasio.setup.checks.triggers.publish_job import publish_jobs
from releasio.setup.findings.triggers.events import (
    ConditionNeverTrue,
    PublishesInAnotherRepository,
    ReleaseCreatedOnly,
    ReleaseStartsTwice,
    ReleaseTypeUnknown,
    StartedByPullRequest,
    StartedByPullRequestTarget,
)
from releasio.setup.patches.entries import insert_entry
from releasio.setup.patches.values import with_list

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.events.start import Start
    from releasio.rules.workflow.workflow import Job, Trigger, Workflow
    from releasio.setup.checks.triggers.publish_job import PublishJob
    from releasio.setup.finding import Finding
    from releasio.setup.patches.patch import Patch
    from releasio.setup.situation.situation import Situation

_ELSEWHERE = re.compile(r"[^./][^/]*/[^/]+/\.github/workflows/[^/@]+\.ya?ml@")
_RELEASE_TYPES = frozenset(
    {"published", "unpublished", "created", "edited", "deleted", "prereleased", "released"}
)
_AT_ONCE = ("created", "published", "released")


def check_events(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the events that start publishing."""
    yield from _called_elsewhere(situation)
    for publishing in publish_jobs(situation):
        yield from _pull_requests(situation, publishing)
        yield from _releases(publishing)
        yield from _conditions(situation, publishing)


def _called_elsewhere(situation: Situation) -> Iterator[Finding]:
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            called = job.uses.partition("@")[0]
            if not _ELSEWHERE.match(job.uses) or not _is_allowed_identity(workflow, job):
                continue
            name = called.rpartition("/")[2].lower()
            entry = job.node.entry("uses")
            is_sure = job.node.get("secrets") is None and "pypi" in f"{name} {job.key.lower()}"
            if entry and is_sure:
                yield PublishesInAnotherRepository(job.key, called).at(workflow.path, entry.line)


def _is_allowed_identity(workflow: Workflow, job: Job) -> bool:
    permissions = workflow.permissions_of(job)
    return permissions is not None and permissions.writes("id-token")


def _pull_requests(situation: Situation, publishing: PublishJob) -> Iterator[Finding]:
    workflow, job = publishing.workflow, publishing.job
    for start in starts_of_job(workflow, job, situation.workflows):
        steps = [upload.step.condition for upload in publishing.uploads]
        conditions = (*conditions_of(workflow, job), *steps)
        is_sure = all(holds(each, start.event, start.ref) for each in conditions)
        if not is_sure or start.trigger is None or _is_for_closed(start):
            continue
        trusted = [upload for upload in publishing.uploads if upload.is_trusted]
        public = [upload.target for upload in publishing.uploads if upload.target in PUBLIC]
        if start.event == "pull_request_target" and trusted and public:
            yield StartedByPullRequestTarget(job.key).at(start.workflow.path, start.trigger.line)
        elif start.event == "pull_request" and public and start.workflow is workflow:
            finding = StartedByPullRequest(job.key, public[0])
            finding.weighed("error" if public[0] == "pypi" else "warning")
            yield finding.at(workflow.path, start.trigger.line, _with_condition(workflow, job))


def _with_condition(workflow: Workflow, job: Job) -> Patch | None:
    if job.condition:
        return None
    return insert_entry(
        workflow, job.node, ("if: github.event_name != 'pull_request'",), before="runs-on"
    )


def _is_for_closed(start: Start) -> bool:
    return start.event == "pull_request" and bool(
        start.trigger and start.trigger.patterns("types") == ("closed",)
    )


def _releases(publishing: PublishJob) -> Iterator[Finding]:
    trigger = publishing.workflow.triggers.get("release")
    if trigger is None or not any(
        start.event == "release" for start in starts_of_job(publishing.workflow, publishing.job)
    ):
        return
    path = publishing.workflow.path
    types = trigger.patterns("types")
    patch = with_list(path, publishing.workflow.text, trigger.node, "types", "[published]")
    for kind in types or ():
        if kind not in _RELEASE_TYPES and "${{" not in kind:
            yield ReleaseTypeUnknown(kind).at(path, _line(trigger, "types"), patch)
    if types is not None and "created" in types and "published" not in types:
        yield ReleaseCreatedOnly(publishing.workflow.file).at(path, _line(trigger, "types"), patch)
    at_once = [kind for kind in _AT_ONCE if types is None or kind in types]
    if len(at_once) > 1 and not _asks_for_action(publishing):
        times = f"{len(at_once)} times: for {', '.join(at_once)}"
        finding = ReleaseStartsTwice(publishing.workflow.file, times)
        yield finding.at(path, _line(trigger, "types"), patch)


def _line(trigger: Trigger, name: str) -> int:
    node = trigger.node.get(name)
    return node.line if node else trigger.line


def _asks_for_action(publishing: PublishJob) -> bool:
    """Tell whether a condition looks closer: at the action of the event, or anything else."""
    conditions = conditions_of(publishing.workflow, publishing.job)
    conditions += tuple(upload.step.condition for upload in publishing.uploads)
    return any(holds(each, "release", "refs/tags/") is None for each in conditions)


def _conditions(situation: Situation, publishing: PublishJob) -> Iterator[Finding]:
    workflow, job = publishing.workflow, publishing.job
    starts = list(starts_of(workflow, situation.workflows))
    if not starts:
        return
    never = [
        (_condition_line(each), f"job {each.key}", each.condition)
        for each in conditioned_jobs(workflow, job)
        if _is_never(each.condition, starts)
    ]
    if not never:
        possible = list(starts_of_job(workflow, job, situation.workflows))
        never = [
            (upload.step.line_of("if"), f"a step of job {job.key}", upload.step.condition)
            for upload in publishing.uploads
            if possible and _is_never(upload.step.condition, possible)
        ]
    others = {upload.target for upload in situation.uploads if upload.job != job}
    for line, what, condition in never[:1]:
        words = " ".join(condition.split())
        finding = ConditionNeverTrue(what, workflow.file, words).at(workflow.path, line)
        is_left_over = {upload.target for upload in publishing.uploads} <= others
        yield finding.weighed("warning") if is_left_over else finding


def _condition_line(job: Job) -> int:
    node = job.node.get("if")
    return node.line if node else job.line


def _is_never(condition: str, starts: list[Start]) -> bool:
    return bool(condition) and all(
        holds(condition, start.event, start.ref) is False for start in starts
    )
