"""What a workflow of GitHub Actions lets the token of one of its jobs do."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.workflow.workflow import parse_workflow

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.workflow.workflow import Permissions

_WORKFLOW = re.compile(r"([^/@]+/[^/@]+)/(\.github/workflows/[^/@]+\.ya?ml)@")


def workflow_of(env: Mapping[str, str]) -> tuple[str, str] | None:
    """Return repository and path of the workflow that a job of *env* is of; None: not known."""
    match = _WORKFLOW.match(env.get("GITHUB_WORKFLOW_REF", ""))
    return (match[1], match[2]) if match else None


def job_permissions(workflow: str, job: str) -> Permissions | None:
    """
    Return the permissions that *workflow* gives to *job*: the job's own, else the workflow's.

    What is not understood, or not said, gives None: then the settings of the repository count,
    which a job cannot read.

    Args:
        workflow: The text of the file.
        job: Its key under `jobs:`; the variable GITHUB_JOB.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#permissions
    """
    try:
        parsed = parse_workflow("", workflow)
    except WorkflowUnreadable:
        return None
    own = parsed.jobs.get(job)  # else it runs in a workflow that this one calls
    return parsed.permissions_of(own) if own else None
