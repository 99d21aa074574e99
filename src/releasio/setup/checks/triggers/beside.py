"""What a job that may publish runs besides, and on what."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.workflow.deeds import find_deeds
from releasio.rules.workflow.events.start import needed_jobs
from releasio.rules.workflow.rights.running_steps import running_steps
from releasio.setup.checks.triggers.publish_job import publish_jobs
from releasio.setup.findings.triggers.jobs import (
    BuildsBesidePublishing,
    PypiActionNeedsLinux,
    RunnerRetired,
    TestsBesidePublishing,
    UnpinnedAction,
)
from releasio.setup.patches.values import with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.workflow import Job
    from releasio.setup.checks.triggers.publish_job import PublishJob
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HOUSE = ("actions/", "github/", "pypa/")  # GitHub's own, and those who make the index's tools
_MATRIX = re.compile(r"\s*\$\{\{\s*matrix\.([A-Za-z0-9_-]+)\s*\}\}\s*")
_OTHER_SYSTEMS = ("windows", "macos")
_RETIRED = {
    "ubuntu-16.04": "ubuntu-latest",
    "ubuntu-18.04": "ubuntu-latest",
    "ubuntu-20.04": "ubuntu-latest",
    "macos-10.15": "macos-latest",
    "macos-11": "macos-latest",
    "macos-12": "macos-latest",
    "macos-13": "macos-15-intel",
    "windows-2016": "windows-latest",
    "windows-2019": "windows-2022",
}


def check_beside(situation: Situation) -> Iterator[Finding]:
    """Yield what is in the way of publishing jobs, or has no business in them."""
    for publishing in publish_jobs(situation):
        yield from _systems(publishing)
        yield from _runners(publishing)
        if publishing.has_identity:
            yield from _deeds(situation, publishing)
            yield from _actions(situation, publishing)


def _deeds(situation: Situation, publishing: PublishJob) -> Iterator[Finding]:
    deeds = find_deeds(publishing.job, situation.actions)
    tests = [deed for deed in deeds if deed.kind == "tests"]
    builds = [deed for deed in deeds if deed.kind != "tests"]
    for deed in tests[:1]:
        yield TestsBesidePublishing(publishing.job.key, deed.words).at(deed.step.path, deed.line)
    for deed in builds[:1] if not tests else ():
        yield BuildsBesidePublishing(publishing.job.key, deed.words).at(deed.step.path, deed.line)


def _actions(situation: Situation, publishing: PublishJob) -> Iterator[Finding]:
    steps = [
        each.step
        for each in running_steps(publishing.job, situation.actions)
        if each.step.ref and not _COMMIT.fullmatch(each.step.ref)
    ]
    ours = [step for step in steps if step.action.startswith(_HOUSE)]
    for some in ([step for step in steps if step not in ours], ours):
        if some:
            names = tuple(dict.fromkeys(step.uses for step in some))
            finding = UnpinnedAction(publishing.job.key, names)
            finding.weighed("note" if some is ours else "warning")
            yield finding.at(some[0].path, some[0].line_of("uses"))


def _systems(publishing: PublishJob) -> Iterator[Finding]:
    if all(upload.tool != "gh-action-pypi-publish" for upload in publishing.uploads):
        return
    if any(
        upload.step.condition for upload in publishing.uploads
    ):  # perhaps on the right one of a matrix
        return
    for node in _runner_names(publishing.job):
        if node.text.startswith(_OTHER_SYSTEMS):
            finding = PypiActionNeedsLinux(publishing.job.key, node.text)
            yield finding.at(publishing.workflow.path, node.line)
            return


def _runners(publishing: PublishJob) -> Iterator[Finding]:
    workflow = publishing.workflow
    for job in (publishing.job, *needed_jobs(workflow, publishing.job)):
        for node in _runner_names(job):
            if successor := _RETIRED.get(node.text):
                patch = with_value(workflow.path, workflow.text, node, successor)
                finding = RunnerRetired(job.key, node.text, successor)
                yield finding.at(workflow.path, node.line, patch)


def _runner_names(job: Job) -> list[Node]:
    """Return what `runs-on` of *job* can be, also by its matrix; nothing where it is computed."""
    node = job.node.get("runs-on")
    match = _MATRIX.fullmatch(node.text) if node is not None and node.is_text else None
    if match is None:
        return list(node.scalars()) if node is not None else []
    matrix = job.node.get("strategy", "matrix")
    names = matrix.get(match[1]) if matrix else None
    included = matrix.get("include") if matrix else None
    extra = [item.get(match[1]) for item in (included.items if included else ())]
    return [*(names.items if names else ()), *(each for each in extra if each is not None)]
