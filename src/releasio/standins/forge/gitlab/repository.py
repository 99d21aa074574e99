"""Branches and commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged
from releasio.standins.forge.gitlab.routes import Route
from releasio.standins.forge.gitlab.state import DEVELOPER, MAINTAINER

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.routes import Asked


def branch(asked: Asked) -> Response:
    """Show a branch, which nothing protects."""
    return as_json(branch_page(asked, asked.parts["branch"]))


def no_rules(_: Asked) -> Response:
    """List the rules over branches or tags: there are none."""
    return as_json([])


def commits(asked: Asked) -> Response:
    """List the commits of a ref, the newest first."""
    start = asked.git.commit_of(asked.text("ref_name", asked.git.default_branch))
    if start is None:
        raise not_found()
    items = [commit.id for commit in asked.git.log(start)]
    return paged(asked.request, [shown_commit(asked, oid) for oid in items], asked.address)


def shown_commit(asked: Asked, oid: str) -> dict[str, Any]:
    """Return what GitLab says of a commit."""
    entry = asked.git.commit(oid)
    return {
        "id": entry.id,
        "short_id": entry.id[:8],
        "title": entry.subject,
        "message": entry.message,
        "author_name": entry.author.name,
        "author_email": entry.author.email,
        "authored_date": entry.authored,
        "committer_name": entry.committer.name,
        "committer_email": entry.committer.email,
        "committed_date": entry.committed,
        "created_at": entry.committed,
        "parent_ids": [*entry.parents],
        "web_url": f"{asked.page}/-/commit/{entry.id}",
    }


def branch_page(asked: Asked, name: str) -> dict[str, Any]:
    """
    Return what GitLab says of a branch, and whether the sender may push to it.

    Raises:
        Refused: It is not there.
    """
    oid = asked.git.ref(f"refs/heads/{name}")
    if oid is None:
        raise not_found(what="Branch")
    return {
        "name": name,
        "commit": shown_commit(asked, oid),
        "default": name == asked.git.default_branch,
        "protected": False,
        "can_push": asked.token is not None and asked.token.user.level >= DEVELOPER,
    }


ROUTES = {
    "GET /projects/:id/repository/branches/:branch": Route(branch),
    "GET /projects/:id/repository/commits": Route(commits),
    "GET /projects/:id/protected_branches": Route(no_rules, DEVELOPER),
    "GET /projects/:id/protected_tags": Route(no_rules, MAINTAINER),
}
