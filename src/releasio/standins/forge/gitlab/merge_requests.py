"""Merge requests: listed, opened, changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged, refuse
from releasio.standins.forge.gitlab.routes import NUMBER, Route, numbered
from releasio.standins.forge.gitlab.state import DEVELOPER, MergeRequest
from releasio.standins.forge.gitlab.users import shown_user

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.routes import Asked
    from releasio.standins.forge.gitlab.state import User

_STATES = {"close": "closed", "reopen": "opened"}


def listed(asked: Asked) -> Response:
    """List merge requests, the newest first."""
    wanted = {name: asked.text(name) for name in ("source_branch", "target_branch")}
    state = asked.text("state", "all")
    requests = [
        request
        for request in reversed(asked.state.merge_requests)
        if all(not value or getattr(request, name) == value for name, value in wanted.items())
        and state in {"all", request.state}
    ]
    return paged(asked.request, [shown(asked, one) for one in requests], asked.address)


def one(asked: Asked) -> Response:
    """Show a merge request."""
    return as_json(shown(asked, requested(asked)))


def create(asked: Asked) -> Response:
    """Open a merge request; a branch has one open at a time."""
    source, target = asked.text("source_branch"), asked.text("target_branch")
    problems = [
        f'{side} branch "{name}" does not exist'
        for side, name in (("Source", source), ("Target", target))
        if asked.git.ref(f"refs/heads/{name}") is None
    ]
    if problems:
        raise refuse(422, problems)
    for request in asked.state.merge_requests:
        is_same = (request.source_branch, request.target_branch) == (source, target)
        if is_same and request.state == "opened" and request.fork is None:
            words = "Another open merge request already exists for this source branch"
            raise refuse(409, [f"{words}: !{request.iid}"])
    request = MergeRequest(
        iid=next(asked.state.iids),
        id=next(asked.state.ids),
        title=asked.text("title"),
        description=asked.text("description"),
        source_branch=source,
        target_branch=target,
        author=asked.user,
        created_at=asked.now,
        remove_source=bool(asked.body.get("remove_source_branch")),
    )
    _change(asked, request)
    asked.state.merge_requests.append(request)
    return as_json(shown(asked, request), 201)


def update(asked: Asked) -> Response:
    """Change a merge request."""
    request = requested(asked)
    _change(asked, request)
    return as_json(shown(asked, request))


def of_commit(asked: Asked) -> Response:
    """List the merge requests that a commit came with."""
    oid = asked.git.commit_of(asked.parts["sha"])
    if oid is None:
        raise not_found(what="Commit")
    entries = [
        shown(asked, request)
        for request in asked.state.merge_requests
        if oid in {*request.commits, request.merge_commit, request.squash_commit}
    ]
    return paged(asked.request, entries, asked.address)


def requested(asked: Asked) -> MergeRequest:
    """
    Return the merge request that the address names.

    Raises:
        Refused: There is none.
    """
    number = numbered(asked, "iid", "")
    for request in asked.state.merge_requests:
        if request.iid == number:
            return request
    raise not_found()


def _change(asked: Asked, request: MergeRequest) -> None:
    request.title = asked.text("title", request.title)
    request.description = asked.text("description", request.description)
    if not request.title:
        raise refuse(400, {"title": ["can't be blank"]})
    if event := asked.text("state_event"):
        request.state = "closed" if _STATES[event] == "closed" else "opened"
    for name in ("labels", "add_labels"):
        value = asked.body.get(name) or []
        words = value.split(",") if isinstance(value, str) else value
        for label in filter(None, map(str.strip, words)):
            if label not in asked.state.labels:
                asked.state.labels.append(label)
            if label not in request.labels:
                request.labels.append(label)
    if "reviewer_ids" in asked.body:
        request.reviewers = _users(asked, "reviewer_ids")
    if "assignee_ids" in asked.body:
        request.assignees = _users(asked, "assignee_ids")


def _users(asked: Asked, field: str) -> list[User]:
    numbers = {int(number) for number in asked.body[field]}
    return [user for user in asked.state.users if user.id in numbers]


def head_of(asked: Asked, request: MergeRequest) -> str:
    """Return what is to be merged: what the branch names, or named in the end."""
    if request.state != "opened" or request.fork is not None:
        return request.head
    return asked.git.ref(f"refs/heads/{request.source_branch}") or request.head


def shown(asked: Asked, request: MergeRequest) -> dict[str, Any]:
    """Return what GitLab says of a merge request."""
    return {
        "id": request.id,
        "iid": request.iid,
        "project_id": NUMBER,
        "source_project_id": request.fork or NUMBER,
        "target_project_id": NUMBER,
        "title": request.title,
        "description": request.description,
        "state": request.state,
        "draft": request.draft,
        "source_branch": request.source_branch,
        "target_branch": request.target_branch,
        "sha": head_of(asked, request),
        "merge_commit_sha": request.merge_commit,
        "squash_commit_sha": request.squash_commit,
        "merged_at": request.merged_at,
        "created_at": request.created_at,
        "author": shown_user(asked, request.author),
        "labels": [*request.labels],
        "reviewers": [shown_user(asked, user) for user in request.reviewers],
        "assignees": [shown_user(asked, user) for user in request.assignees],
        "merge_when_pipeline_succeeds": request.auto_merge is not None,
        "detailed_merge_status": "mergeable" if request.state == "opened" else "not_open",
        "web_url": f"{asked.page}/-/merge_requests/{request.iid}",
    }


ROOT = "/projects/:id/merge_requests"
ROUTES = {
    f"GET {ROOT}": Route(listed, job=True),
    f"POST {ROOT}": Route(create, DEVELOPER),
    f"GET {ROOT}/:iid": Route(one, job=True),
    f"PUT {ROOT}/:iid": Route(update, DEVELOPER),
    "GET /projects/:id/repository/commits/:sha/merge_requests": Route(of_commit, job=True),
}
