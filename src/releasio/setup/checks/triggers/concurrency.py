"""Whether two runs can release at once, or one stop the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.workflow.events.start import BRANCH, starts_of_job
from releasio.rules.workflow.script import commands
from releasio.setup.checks.triggers.publish_job import publish_jobs
from releasio.setup.findings.triggers.jobs import NoConcurrencyGroup, PublishingCancelled
from releasio.setup.patches.entries import insert_entry
from releasio.setup.patches.values import with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.workflow import Job, Step, Workflow
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_SEMANTIC_RELEASE = "python-semantic-release/python-semantic-release"
_OF_RUN = ("github.run_id", "github.run_number", "github.sha")  # a push is in no other's group
_OF_REF = ("github.ref", "github.event.release")


def check_concurrency(situation: Situation) -> Iterator[Finding]:
    """Yield the releasing jobs that can run twice at once, and those that are stopped."""
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            yield from _groups(situation, workflow, job)
    for publishing in publish_jobs(situation):
        yield from _cancellations(situation, publishing.workflow, publishing.job)


def _groups(situation: Situation, workflow: Workflow, job: Job) -> Iterator[Finding]:
    if workflow.is_callable or any(node.entry("concurrency") for node in (workflow.node, job.node)):
        return
    uploads = {id(upload.step) for upload in situation.uploads if upload.tool == "releasio"}
    for step in job.steps:
        tool = "releasio" if id(step) in uploads else _releasing_tool(step)
        if not tool:
            continue
        starts = starts_of_job(workflow, job, situation.workflows)
        if any(start.event == "push" and start.ref == BRANCH for start in starts):
            lines = ("concurrency:", "  group: release", "  cancel-in-progress: false")
            patch = insert_entry(workflow, job.node, lines, before="steps")
            yield NoConcurrencyGroup(tool, job.key).at(workflow.path, job.line, patch)
            return


def _releasing_tool(step: Step) -> str:
    if step.action == _SEMANTIC_RELEASE:
        noop = step.input("root_options")
        return "" if noop is not None and "--noop" in noop.text else "python-semantic-release"
    for command in commands(step.run):
        words = command.after("semantic-release") or ()
        if words[:1] == ("version",) and not {"--print", "--noop", "--no-push"} & set(words):
            return "python-semantic-release"
        if (command.after("cz") or ())[:1] == ("bump",) and "git push" in step.run:
            return "commitizen"
    return ""


def _cancellations(situation: Situation, workflow: Workflow, job: Job) -> Iterator[Finding]:
    for node in (workflow.node, job.node):
        switch, group = node.get("concurrency", "cancel-in-progress"), node.get("concurrency")
        if switch is None or group is None or switch.text != "true":
            continue
        starts = list(starts_of_job(workflow, job, situation.workflows))
        name = group.text_at("group")
        if any(word in name for word in _OF_RUN):
            continue
        by_ref = any(word in name for word in _OF_REF)
        if by_ref and not any(start.event == "push" and start.ref == BRANCH for start in starts):
            continue  # another tag is another group
        value = "false"
        if "pull_request" in workflow.triggers:
            value = "${{ github.event_name == 'pull_request' }}"
        patch = with_value(workflow.path, workflow.text, switch, value)
        yield PublishingCancelled(job.key, value).at(workflow.path, switch.line, patch)
