"""The repository itself, whose token it is, and how many requests are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github import pages
from releasio.standins.forge.github.answers import as_json, refuse
from releasio.standins.forge.github.tokens import permissions_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked


def get(asked: Asked) -> Response:
    """Show it."""
    hub = asked.hub
    permissions = permissions_of(hub.state, asked.token) if asked.token else None
    return as_json(pages.repository(hub.addresses, hub.state, hub.git.default_branch, permissions))


def viewer(asked: Asked) -> Response:
    """Show whose token it is; an application's belongs to no user."""
    if asked.token is None:
        raise refuse(401, "Requires authentication")
    if asked.token.kind in {"job", "app"}:
        raise refuse(403, "Resource not accessible by integration")
    account = asked.hub.state.account(asked.login)
    missing = dict.fromkeys(("company", "location", "email", "hireable", "bio"))
    counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
    moments = dict.fromkeys(("created_at", "updated_at"), asked.hub.state.created_at)
    return as_json(
        {
            **asked.hub.user(asked.login),
            "name": account.name or None,
            "blog": "",
            **missing,
            **counts,
            **moments,
        }
    )


def rate_limit(asked: Asked) -> Response:
    """Say how many requests are left; asking costs none."""
    limit = asked.limit
    return as_json({"resources": {"core": limit, "search": limit}, "rate": limit})
