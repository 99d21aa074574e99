"""Merge requests that are merged, and talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitlab.answers import as_json, paged, refuse
from releasio.standins.forge.gitlab.merge_requests import ROOT, head_of, requested, shown
from releasio.standins.forge.gitlab.routes import Route
from releasio.standins.forge.gitlab.state import DEVELOPER, REPORTER
from releasio.standins.forge.gitlab.users import shown_user
from tests.forges.whole_gitlab.merging import Merging, NotMergeable
from tests.forges.whole_gitlab.rules import may_merge
from tests.forges.whole_gitlab.state import Note

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.state import MergeRequest
    from tests.forges.whole_gitlab.state import Asked


def merge(asked: Asked) -> Response:
    """Merge it, or have it merged after its pipeline."""
    request, settings = requested(asked), asked.state.settings
    if not may_merge(asked, asked.user, request.target_branch):
        raise refuse(401, "401 Unauthorized")
    sha = asked.text("sha")
    if sha and sha != head_of(asked, request):
        raise refuse(409, f"SHA does not match HEAD of source branch: {head_of(asked, request)}")
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
        return as_json(shown(asked, request))
    if settings.pipeline_running and settings.needs_pipeline:
        raise refuse(405, "405 Method Not Allowed")
    merge_as(asked, request, squash=squash)
    return as_json(shown(asked, request))


def add_to_train(asked: Asked) -> Response:
    """Let a merge train take it."""
    request = requested(asked)
    if not asked.state.settings.merge_trains:
        raise refuse(403, "403 Forbidden")
    asked.state.trains.add(request.iid)
    squash = bool(asked.body.get("squash"))
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
    entries = [_note(asked, note) for note in asked.state.notes.get(requested(asked).iid, ())]
    return paged(asked.request, entries, asked.address)


def add_note(asked: Asked) -> Response:
    """Comment."""
    note = Note(
        id=next(asked.state.ids), body=asked.text("body"), author=asked.user, created_at=asked.now
    )
    asked.state.notes.setdefault(requested(asked).iid, []).append(note)
    return as_json(_note(asked, note), 201)


def labels(asked: Asked) -> Response:
    """List the labels of the project."""
    entries = [{"id": number, "name": name} for number, name in enumerate(asked.state.labels, 1)]
    return paged(asked.request, entries, asked.address)


def _note(asked: Asked, note: Note) -> dict[str, Any]:
    author = shown_user(asked, note.author)
    return {"id": note.id, "body": note.body, "author": author, "created_at": note.created_at}


ROUTES = {
    f"PUT {ROOT}/:iid/merge": Route(merge, DEVELOPER),
    f"GET {ROOT}/:iid/notes": Route(notes, job=True),
    f"POST {ROOT}/:iid/notes": Route(add_note, REPORTER),
    "POST /projects/:id/merge_trains/merge_requests/:iid": Route(add_to_train, DEVELOPER),
    "GET /projects/:id/labels": Route(labels),
}
