"""Branches, tags and commits by themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged
from releasio.standins.forge.gitlab.repository import shown_commit
from releasio.standins.forge.gitlab.routes import Route
from tests.forges.whole_gitlab.rules import branch_page

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tests.forges.whole_gitlab.state import Asked


def branches(asked: Asked) -> Response:
    """List the branches."""
    names = [ref.removeprefix("refs/heads/") for ref in asked.git.refs("refs/heads/")]
    return paged(asked.request, [branch_page(asked, name) for name in names], asked.address)


def tags(asked: Asked) -> Response:
    """List the tags."""
    names = [ref.removeprefix("refs/tags/") for ref in asked.git.refs("refs/tags/")]
    return paged(asked.request, [{"name": name} for name in names], asked.address)


def commit(asked: Asked) -> Response:
    """Show a commit."""
    oid = asked.git.commit_of(asked.parts["sha"])
    if oid is None:
        raise not_found(what="Commit")
    return as_json(shown_commit(asked, oid))


_ROOT = "/projects/:id/repository"
ROUTES = {
    f"GET {_ROOT}/branches": Route(branches, job=True),
    f"GET {_ROOT}/tags": Route(tags, job=True),
    f"GET {_ROOT}/commits/:sha": Route(commit, job=True),
}
