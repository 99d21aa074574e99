"""Whose token it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import as_json, refuse
from releasio.standins.forge.github.routes import API, Route

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked


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


ROUTES = (Route("users/get-authenticated", "GET", f"{API}/user", "", "read", viewer),)
