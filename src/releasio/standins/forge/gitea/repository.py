"""Branches, tags and commits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitea.answers import as_json, not_found, paged
from releasio.standins.forge.gitea.people import shown_user
from releasio.standins.forge.gitea.routes import Route
from releasio.standins.forge.gitea.state import ROLES

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.routes import Asked


def branch(asked: Asked) -> Response:
    """Show a branch, which nothing protects, and what the sender may do with it."""
    name = asked.parts["branch"]
    oid = asked.git.ref(f"refs/heads/{name}")
    if oid is None:
        raise not_found()
    role = asked.token.user.role if asked.token else "none"
    may_push = ROLES.index(role) >= ROLES.index("write")
    return as_json(
        {
            "name": name,
            "commit": {"id": oid, "message": asked.git.commit(oid).message},
            "protected": False,
            "required_approvals": 0,
            "enable_status_check": False,
            "status_check_contexts": [],
            "user_can_push": may_push,
            "user_can_merge": may_push,
            "effective_branch_protection_name": "",
        }
    )


def tag(asked: Asked) -> Response:
    """Show a tag."""
    oid = asked.git.commit_of(f"refs/tags/{asked.parts['tag']}")
    if oid is None:
        raise not_found()
    return as_json({"name": asked.parts["tag"], "id": oid, "commit": {"sha": oid}})


def commits(asked: Asked) -> Response:
    """List the commits of a ref, the newest first."""
    start = asked.git.commit_of(asked.text("sha", asked.git.default_branch))
    if start is None:
        raise not_found()
    items = [commit.id for commit in asked.git.log(start)]
    return paged(asked.request, [shown_commit(asked, oid) for oid in items], asked.address)


def tag_protections(_: Asked) -> Response:
    """List the rules over tags: there are none."""
    return as_json([])


def shown_commit(asked: Asked, oid: str) -> dict[str, Any]:
    """Return what Gitea says of a commit."""
    entry = asked.git.commit(oid)
    author = asked.state.by_email(entry.author.email)
    return {
        "sha": entry.id,
        "html_url": f"{asked.page}/commit/{entry.id}",
        "commit": {
            "message": entry.message,
            "author": {
                "name": entry.author.name,
                "email": entry.author.email,
                "date": entry.authored,
            },
        },
        "author": shown_user(asked, author) if author else None,
        "parents": [{"sha": parent} for parent in entry.parents],
    }


ROOT = "/repos/:owner/:repo"
ROUTES = {
    f"GET {ROOT}/branches/*branch": Route(branch),
    f"GET {ROOT}/tags/*tag": Route(tag),
    f"GET {ROOT}/commits": Route(commits),
    f"GET {ROOT}/tag_protections": Route(tag_protections, role="admin"),
}
