"""Steps of workflows that use an action, with what it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.workflow.publishing import find_uploads
from releasio.rules.workflow.workflow import parse_workflow
from releasio.setup.adoption.foreign_table import ForeignTable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.workflow import Step, Workflow
    from releasio.setup.adoption.foreign_table import Keys


class UsedAction(NamedTuple):
    """A step that uses an action: where, and what it is given."""

    step: Step
    place: str
    inputs: ForeignTable


def readable(workflows: Mapping[str, str]) -> tuple[Workflow, ...]:
    """Return the *workflows*, texts by path, that can be read; `doctor` tells about the others."""
    parsed = []
    for path, text in workflows.items():
        try:
            parsed.append(parse_workflow(path, text))
        except WorkflowUnreadable:
            continue
    return tuple(parsed)


def foreign_uploads(workflows: Mapping[str, str]) -> list[Upload]:
    """Return where *workflows*, texts by path, upload to an index by another tool than ours."""
    return [upload for upload in find_uploads(readable(workflows), {}) if upload.tool != "releasio"]


def steps_using(workflows: Mapping[str, str], *actions: str) -> tuple[UsedAction, ...]:
    """Return the steps of *workflows*, texts by path, that use one of *actions*."""
    if not any(action in text.lower() for text in workflows.values() for action in actions):
        return ()
    steps = [
        step
        for workflow in readable(workflows)
        for job in workflow.jobs.values()
        for step in job.steps
        if step.action in actions
    ]
    return tuple(UsedAction(step, f"{step.path}:{step.line}", _inputs(step)) for step in steps)


def _inputs(step: Step) -> ForeignTable:
    node = step.node.get("with")
    entries = node.entries if node else ()
    lines: dict[Keys, int] = {(): step.line}
    lines |= {(entry.key,): entry.line for entry in entries}
    values = {entry.key: entry.node.text for entry in entries}
    return ForeignTable(step.path, values, lines)
