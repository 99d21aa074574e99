"""Which environments a job runs in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.rights.calls import Call
    from releasio.rules.workflow.workflow import Job, Workflow

_NAMED = re.compile(r"\$\{\{\s*(matrix|inputs|github\.event\.inputs)\.([A-Za-z0-9_-]+)\s*\}\}")
_CHOICE = re.compile(r"\$\{\{[^'}]*(?:'[^']*'[^'}]*)*&&\s*'([^']+)'\s*\|\|\s*'([^']*)'\s*\}\}")


def environments_of(
    workflow: Workflow, job: Job, calls: Sequence[Call] = ()
) -> tuple[str, ...] | None:
    """
    Return the environments that *job* can run in; empty: in none. None: not known before it runs.

    Args:
        workflow: The file of the job.
        job: It.
        calls: The calls between the workflows of the repository.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idenvironment
    """
    if job.environment is None:
        return ()
    text = job.environment.text.strip()
    if "${{" not in text:
        return (text,)
    if match := _CHOICE.fullmatch(text):
        return tuple(name for name in dict.fromkeys(match.groups()) if name)
    match = _NAMED.fullmatch(text)
    if match is None:
        return None
    nodes = (
        _in_matrix(job, match[2]) if match[1] == "matrix" else _inputs(workflow, match[2], calls)
    )
    names = [node.text for node in nodes or () if not node.is_empty]
    if nodes is None or not names or any("${{" in name for name in names):
        return None
    return tuple(dict.fromkeys(names))


def _in_matrix(job: Job, name: str) -> list[Node] | None:
    matrix = job.node.get("strategy", "matrix")
    if matrix is None or not matrix.is_mapping:
        return None
    listed, included = matrix.get(name), matrix.get("include")
    values = (row.get(name) for row in (included.items if included else ()))
    return [*(listed.items if listed else ()), *filter(None, values)]


def _inputs(workflow: Workflow, name: str, calls: Sequence[Call]) -> list[Node] | None:
    """Return what an input is given by those who call, or can be chosen by hand."""
    nodes: list[Node] = []
    for event in ("workflow_call", "workflow_dispatch"):
        trigger = workflow.triggers.get(event)
        declared = trigger.node.get("inputs", name) if trigger else None
        if declared is None:
            continue
        default, options = declared.get("default"), declared.get("options")
        if options is not None:
            nodes += options.items
        elif event == "workflow_dispatch":
            return None
        else:
            jobs = (call.job for call in calls if call.callee.path == workflow.path)
            nodes += filter(None, (job.node.get("with", name) or default for job in jobs))
    return nodes
