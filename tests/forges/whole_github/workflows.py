"""Workflows that are started by the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github import pages
from releasio.standins.forge.github.answers import as_json, nothing, refuse
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.routes import Route
from tests.forges.whole_github.state import WorkflowRun

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked
    from releasio.standins.forge.github.pages import JSON

_MOST_INPUTS = 25


def dispatch(asked: Asked) -> Response:
    """Start a workflow on a branch or tag."""
    hub, name = asked.hub, asked.place["workflow"]
    if name not in hub.state.workflows:
        raise refuse(404, "Not Found")
    ref, inputs = asked.text("ref"), asked.body.get("inputs") or {}
    if not ref:
        raise refuse(422, 'Invalid request.\n\n"ref" wasn\'t supplied.')
    if not any(hub.git.ref(f"refs/{kind}/{ref}") for kind in ("heads", "tags")):
        raise refuse(422, f"No ref found for: {ref}")
    if len(inputs) > _MOST_INPUTS:
        raise refuse(422, f"you may only define up to {_MOST_INPUTS} `inputs`")
    run = WorkflowRun(
        id=hub.number(),
        workflow=name,
        ref=ref,
        inputs=inputs,
        actor=asked.login,
        created_at=hub.now(),
    )
    hub.state.runs.append(run)
    return nothing()


def list_runs(asked: Asked) -> Response:
    """List the runs of a workflow, the newest first."""
    name = asked.place["workflow"]
    if name not in asked.hub.state.workflows:
        raise refuse(404, "Not Found")
    runs = [one for one in asked.hub.state.runs if one.workflow == name]
    size = asked.request.args.get("per_page", 30, type=int)
    entries = [_page(asked, one) for one in reversed(runs)]
    return as_json({"total_count": len(runs), "workflow_runs": entries[:size]})


def _page(asked: Asked, run: WorkflowRun) -> JSON:
    hub = asked.hub
    api = f"{hub.addresses.repository}/actions/runs/{run.id}"
    names = ("jobs", "logs", "artifacts", "cancel", "rerun")
    repository = pages.minimal_repository(hub.addresses, hub.state)
    commit = hub.git.commit_of(run.ref) or ""
    head = hub.git.commit(commit)
    return {
        "id": run.id,
        "node_id": node_id("WFR", run.id),
        "name": run.workflow,
        "head_branch": run.ref,
        "head_sha": commit,
        "path": f".github/workflows/{run.workflow}@{run.ref}",
        "display_title": run.workflow,
        "run_number": 1,
        "event": "workflow_dispatch",
        "status": "queued",
        "conclusion": None,
        "workflow_id": 1,
        "url": api,
        "html_url": f"{hub.addresses.page}/actions/runs/{run.id}",
        **{f"{name}_url": f"{api}/{name}" for name in names},
        "check_suite_url": f"{hub.addresses.repository}/check-suites/{run.id}",
        "workflow_url": f"{hub.addresses.repository}/actions/workflows/1",
        "pull_requests": [],
        "created_at": run.created_at,
        "updated_at": run.created_at,
        "actor": hub.user(run.actor),
        "head_commit": {
            "id": commit,
            "tree_id": head.tree,
            "message": head.message,
            "timestamp": head.committed,
            "author": {"name": head.author.name, "email": head.author.email},
            "committer": {"name": head.committer.name, "email": head.committer.email},
        },
        "repository": repository,
        "head_repository": repository,
    }


_WORKFLOW = "/actions/workflows/<workflow>"
ROUTES = (
    Route(
        "actions/create-workflow-dispatch",
        *("POST", f"{_WORKFLOW}/dispatches", "actions", "write"),
        dispatch,
    ),
    Route("actions/list-workflow-runs", "GET", f"{_WORKFLOW}/runs", "actions", "read", list_runs),
)
