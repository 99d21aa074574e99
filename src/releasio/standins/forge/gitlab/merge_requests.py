"""Merge requests, and the labels and notes on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitlab.answers import as_json, not_found, paged, refuse
from releasio.standins.forge.gitlab.merging import Merging, NotMergeable
from releasio.standins.forge.gitlab.repository import may_merge
from releasio.standins.forge.gitlab.routes import NUMBER, Route, numbered
from releasio.standins.forge.gitlab.state import DEVELOPER, REPORTER, MergeRequest, Note
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
    return paged(asked.request, [_shown(asked, one) for one in requests], asked.address)


def one(asked: Asked) -> Response:
    """Show a merge request."""
    return as_json(_shown(asked, _request(asked)))


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
    return as_json(_shown(asked, request), 201)


def update(asked: Asked) -> Response:
    """Change a merge request."""
    request = _request(asked)
    _change(asked, request)
    return as_json(_shown(asked, request))


def merge(asked: Asked) -> Response:
    """Merge it, or have it merged after its pipeline."""
    request, settings = _request(asked), asked.state.settings
    if not may_merge(asked, asked.user, request.target_branch):
        raise refuse(401, "401 Unauthorized")
    sha = asked.text("sha")
    if sha and sha != _head(asked, request):
        raise refuse(409, f"SHA does not match HEAD of source branch: {_head(asked, request)}")
    if request.draft or request.state != "opened":
        raise refuse(405, "405 Method Not Allowed")
    if settings.checking:
        settings.checking -= 1
        raise refuse(422, "Branch cannot be merged")
    squash = bool(asked.body.get("squash"))
    auto = asked.body.get("auto_merge") or asked.body.get("merge_when_pipeline_succeeds")
    request.remove_source |= bool(asked.body.get("should_remove_source_branch"))
    if settings.pipeline_running and auto:
        request.auto_merge = "squash" if squash else "merge"
        return as_json(_shown(asked, request))
    if settings.pipeline_running and settings.needs_pipeline:
        raise refuse(405, "405 Method Not Allowed")
    merge_as(asked, request, squash=squash)
    return as_json(_shown(asked, request))


def add_to_train(asked: Asked) -> Response:
    """Let a merge train take it."""
    request = _request(asked)
    if not asked.state.settings.merge_trains:
        raise refuse(403, "403 Forbidden")
    request.in_train, squash = True, bool(asked.body.get("squash"))
    if asked.state.settings.pipeline_running:
        request.auto_merge = "squash" if squash else "merge"
    else:
        merge_as(asked, request, squash=squash)
    return as_json([{"id": 1, "merge_request": {"iid": request.iid}, "status": "fresh"}], 201)


def merge_as(asked: Asked, request: MergeRequest, *, squash: bool) -> None:
    """Merge *request* as the sender."""
    user = asked.user
    who = Person(user.name, user.public_email or f"{user.username}@noreply.invalid")
    try:
        Merging(asked.git, asked.state.settings, asked.slug, who, asked.now).merge(
            request, squash=squash
        )
    except NotMergeable as error:
        raise refuse(422, str(error)) from None


def notes(asked: Asked) -> Response:
    """List the comments."""
    shown = [_note(asked, note) for note in _request(asked).notes]
    return paged(asked.request, shown, asked.address)


def add_note(asked: Asked) -> Response:
    """Comment."""
    note = Note(
        id=next(asked.state.ids), body=asked.text("body"), author=asked.user, created_at=asked.now
    )
    _request(asked).notes.append(note)
    return as_json(_note(asked, note), 201)


def labels(asked: Asked) -> Response:
    """List the labels of the project."""
    shown = [{"id": number, "name": name} for number, name in enumerate(asked.state.labels, 1)]
    return paged(asked.request, shown, asked.address)


def of_commit(asked: Asked) -> Response:
    """List the merge requests that a commit came with."""
    oid = asked.git.commit_of(asked.parts["sha"])
    if oid is None:
        raise not_found(what="Commit")
    shown = [
        _shown(asked, request)
        for request in asked.state.merge_requests
        if oid in {*request.commits, request.merge_commit, request.squash_commit}
    ]
    return paged(asked.request, shown, asked.address)


def _request(asked: Asked) -> MergeRequest:
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


def _head(asked: Asked, request: MergeRequest) -> str:
    if request.state != "opened" or request.fork is not None:
        return request.head
    return asked.git.ref(f"refs/heads/{request.source_branch}") or request.head


def _shown(asked: Asked, request: MergeRequest) -> dict[str, Any]:
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
        "sha": _head(asked, request),
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


def _note(asked: Asked, note: Note) -> dict[str, Any]:
    author = shown_user(asked, note.author)
    return {"id": note.id, "body": note.body, "author": author, "created_at": note.created_at}


_ROOT = "/projects/:id/merge_requests"
ROUTES = {
    f"GET {_ROOT}": Route(listed, job=True),
    f"POST {_ROOT}": Route(create, DEVELOPER),
    f"GET {_ROOT}/:iid": Route(one, job=True),
    f"PUT {_ROOT}/:iid": Route(update, DEVELOPER),
    f"PUT {_ROOT}/:iid/merge": Route(merge, DEVELOPER),
    f"GET {_ROOT}/:iid/notes": Route(notes, job=True),
    f"POST {_ROOT}/:iid/notes": Route(add_note, REPORTER),
    "POST /projects/:id/merge_trains/merge_requests/:iid": Route(add_to_train, DEVELOPER),
    "GET /projects/:id/labels": Route(labels),
    "GET /projects/:id/repository/commits/:sha/merge_requests": Route(of_commit, job=True),
}
