"""Whether builds and releases see the tags and commits that they need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.project.sources.source import FromTags
from releasio.rules.workflow.action_version import action_version
from releasio.rules.workflow.deeds import find_deeds
from releasio.rules.workflow.events.condition import holds
from releasio.rules.workflow.events.start import (
    BRANCH,
    TAG,
    conditions_of,
    needed_jobs,
    starts_of_job,
)
from releasio.rules.workflow.rights.running_steps import running_steps
from releasio.rules.workflow.script import commands
from releasio.rules.workflow.trusted import PUBLIC
from releasio.setup.checks.triggers.publish_job import publish_jobs
from releasio.setup.findings.triggers.jobs import BuildWithoutTags, ReleaseWithoutHistory
from releasio.setup.patches.entries import insert_entry
from releasio.setup.patches.values import with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.workflow import Job, Step, Workflow
    from releasio.setup.checks.triggers.publish_job import PublishJob
    from releasio.setup.finding import Finding
    from releasio.setup.patches.patch import Patch
    from releasio.setup.situation.situation import Situation

_AUTOMATIC = frozenset({"push", "schedule"})
_COMPLETED = re.compile(r"--unshallow|fetch\b.*--(?:tags|depth|deepen)|PRETEND_VERSION|OVERRIDE")
_SEMANTIC_RELEASE = "python-semantic-release/python-semantic-release"
_COMPLETES = (10, 5)  # since then, it fetches what is missing
_READERS = {
    _SEMANTIC_RELEASE: "python-semantic-release",
    "commitizen-tools/commitizen-action": "commitizen",
    "orhun/git-cliff-action": "git-cliff",
}
_COMMANDS = {"cz": "bump", "git-cliff": ""}


def check_history(situation: Situation) -> Iterator[Finding]:
    """Yield the jobs whose clone is too small for what they do."""
    for publishing in publish_jobs(situation):
        yield from _builds(situation, publishing)
    for workflow in situation.workflows:
        for job in workflow.jobs.values():
            yield from _releases(workflow, job)


def _builds(situation: Situation, publishing: PublishJob) -> Iterator[Finding]:
    manifest = situation.project.manifest
    source = manifest.source if manifest else None
    targets = {upload.target for upload in publishing.uploads}
    if not isinstance(source, FromTags) or not targets & PUBLIC:
        return
    if not _is_on_branch(situation, publishing):
        return
    workflow = publishing.workflow
    for job in (publishing.job, *needed_jobs(workflow, publishing.job)):
        checkout = _shallow_checkout(job)
        deeds = [deed for deed in find_deeds(job, situation.actions) if deed.kind == "builds"]
        if checkout is not None and deeds and not _COMPLETED.search(workflow.text):
            finding = BuildWithoutTags(source.tool, job.key, "on pushes to a branch")
            yield finding.at(
                workflow.path, checkout.line_of("uses"), with_history(workflow, checkout)
            )


def _is_on_branch(situation: Situation, publishing: PublishJob) -> bool:
    """Tell whether the job surely publishes what a branch has, where no tag is fetched."""
    starts = list(starts_of_job(publishing.workflow, publishing.job, situation.workflows))
    on_branch = [start for start in starts if start.ref == BRANCH and start.event in _AUTOMATIC]
    if not on_branch:
        return False
    if not any(start.ref in {TAG, ""} for start in starts):
        return True
    conditions = conditions_of(publishing.workflow, publishing.job)
    conditions += tuple(upload.step.condition for upload in publishing.uploads)
    return any(
        all(holds(each, start.event, start.ref) for each in conditions) for start in on_branch
    )


def _shallow_checkout(job: Job) -> Step | None:
    """Return the step that fetches one commit of the repository; None: there is none."""
    checkouts = [
        step
        for step in job.steps
        if step.action == "actions/checkout" and step.input("repository") is None
    ]
    if len(checkouts) != 1:
        return None
    depth = checkouts[0].input("fetch-depth")
    return checkouts[0] if depth is None or depth.text == "1" else None


def with_history(workflow: Workflow, checkout: Step) -> Patch | None:
    """Return the patch that lets *checkout* fetch everything."""
    depth = checkout.input("fetch-depth")
    if depth is not None:
        return with_value(workflow.path, workflow.text, depth, "0")
    inputs = checkout.node.get("with")
    if inputs is not None:
        return insert_entry(workflow, inputs, ("fetch-depth: 0",), before="")
    return insert_entry(workflow, checkout.node, ("with:", "  fetch-depth: 0"), before="")


def _releases(workflow: Workflow, job: Job) -> Iterator[Finding]:
    checkout = _shallow_checkout(job)
    if checkout is None or _COMPLETED.search(" ".join(step.run for step in job.steps)):
        return
    for running in running_steps(job, {}):
        tool = _READERS.get(running.step.action) or _reading_command(running.step)
        if running.step.action == _SEMANTIC_RELEASE:
            version = action_version(running.step, workflow.text)
            tool = tool if version and version < _COMPLETES else ""
        if tool:
            finding = ReleaseWithoutHistory(tool, job.key)
            patch = with_history(workflow, checkout)
            yield finding.at(workflow.path, checkout.line_of("uses"), patch)
            return


def _reading_command(step: Step) -> str:
    for command in commands(step.run):
        for tool, verb in _COMMANDS.items():
            words = command.after(tool)
            plain = [word for word in words or () if not word.startswith("-")]
            is_install = "install" in command.words
            if words is not None and not is_install and (not verb or plain[:1] == [verb]):
                return tool
    return ""
