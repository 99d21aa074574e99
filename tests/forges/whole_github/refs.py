"""Refs that are made, moved and removed by the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.bare import NULL, GitRefused
from releasio.standins.forge.github.answers import as_json, nothing, refuse
from releasio.standins.forge.github.branches import ref_page
from releasio.standins.forge.github.routes import Route
from tests.forges.whole_github.rules import violation_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub


_ID_LENGTH = 40


def create(asked: Asked) -> Response:
    """Make a ref, which is named as a whole."""
    name, oid = asked.text("ref"), asked.text("sha")
    if not name or not oid:
        raise refuse(422, 'Invalid request.\n\n"ref", "sha" weren\'t supplied.')
    if not name.startswith(("refs/heads/", "refs/tags/")):
        raise refuse(422, f"Reference name {name} is not valid")
    if asked.hub.git.ref(name):
        raise refuse(422, "Reference already exists")
    _demand_object(asked.hub, oid)
    return _set(asked, name, oid, NULL, 201)


def update(asked: Asked) -> Response:
    """Let a ref name something else: what comes after it, unless it is forced."""
    name, oid = f"refs/{asked.place['ref']}", asked.text("sha")
    before = asked.hub.git.ref(name)
    if before is None:
        raise refuse(422, "Reference does not exist")
    _demand_object(asked.hub, oid)
    if not asked.flag("force") and not asked.hub.git.is_ancestor(before, oid):
        raise refuse(422, "Update is not a fast forward")
    return _set(asked, name, oid, before, 200)


def delete(asked: Asked) -> Response:
    """Remove a ref."""
    name = f"refs/{asked.place['ref']}"
    if asked.hub.git.ref(name) is None:
        raise refuse(422, "Reference does not exist")
    asked.hub.git.delete_ref(name)
    return nothing()


def _set(asked: Asked, name: str, oid: str, before: str, status: int) -> Response:
    if violation := violation_of(asked, name, oid):
        raise refuse(422, violation)
    try:
        asked.hub.git.set_ref(name, oid, before)
    except GitRefused as error:
        raise refuse(422, f"Reference cannot be updated: {error}") from error
    return as_json(ref_page(asked.hub, name, oid), status)


def _demand_object(hub: Hub, oid: str) -> None:
    if len(oid) != _ID_LENGTH or hub.git.kind_of(oid) is None:
        raise refuse(422, "Object does not exist")


_REF = "/git/refs/<path:ref>"
ROUTES = (
    Route("git/create-ref", "POST", "/git/refs", "contents", "write", create),
    Route("git/update-ref", "PATCH", _REF, "contents", "write", update),
    Route("git/delete-ref", "DELETE", _REF, "contents", "write", delete),
)
