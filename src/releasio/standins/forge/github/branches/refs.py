"""Refs and commits, as the interface has them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.bare import NULL, GitRefused
from releasio.standins.forge.github.answers import as_json, nothing, refuse
from releasio.standins.forge.github.branches.enforcing import violation_of
from releasio.standins.forge.github.pages import node_id

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON

_ID_LENGTH = 40


def get(asked: Asked) -> Response:
    """Show a ref, which is named without `refs/`."""
    name = f"refs/{asked.place['ref']}"
    oid = asked.hub.git.ref(name)
    if oid is None:
        raise refuse(404, "Not Found")
    return as_json(_page(asked.hub, name, oid))


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


def get_commit(asked: Asked) -> Response:
    """Show a commit as git has it."""
    hub, oid = asked.hub, asked.place["commit"]
    if hub.git.kind_of(oid) != "commit":
        raise refuse(404, "Not Found")
    commit = hub.git.commit(oid)
    api, is_signed = f"{hub.addresses.repository}/git", oid in hub.state.verified
    verification = {
        "verified": is_signed,
        "reason": "valid" if is_signed else "unsigned",
        "signature": None,
        "payload": None,
        "verified_at": commit.committed if is_signed else None,
    }
    parents = [
        {
            "sha": one,
            "url": f"{api}/commits/{one}",
            "html_url": f"{hub.addresses.page}/commit/{one}",
        }
        for one in commit.parents
    ]
    return as_json(
        {
            "sha": oid,
            "node_id": node_id("C", oid),
            "url": f"{api}/commits/{oid}",
            "html_url": f"{hub.addresses.page}/commit/{oid}",
            "author": {
                "name": commit.author.name,
                "email": commit.author.email,
                "date": commit.authored,
            },
            "committer": {
                "name": commit.committer.name,
                "email": commit.committer.email,
                "date": commit.committed,
            },
            "tree": {"sha": commit.tree, "url": f"{api}/trees/{commit.tree}"},
            "message": commit.message,
            "parents": parents,
            "verification": verification,
        }
    )


def _set(asked: Asked, name: str, oid: str, before: str, status: int) -> Response:
    if violation := violation_of(asked, name, oid):
        raise refuse(422, violation)
    try:
        asked.hub.git.set_ref(name, oid, before)
    except GitRefused as error:
        raise refuse(422, f"Reference cannot be updated: {error}") from error
    return as_json(_page(asked.hub, name, oid), status)


def _demand_object(hub: Hub, oid: str) -> None:
    if len(oid) != _ID_LENGTH or hub.git.kind_of(oid) is None:
        raise refuse(422, "Object does not exist")


def _page(hub: Hub, name: str, oid: str) -> JSON:
    api = f"{hub.addresses.repository}/git"
    kind = hub.git.kind_of(oid) or "commit"
    return {
        "ref": name,
        "node_id": node_id("REF", name),
        "url": f"{api}/{name}",
        "object": {"type": kind, "sha": oid, "url": f"{api}/{kind}s/{oid}"},
    }
