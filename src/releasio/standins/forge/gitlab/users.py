"""Users, tokens and roles, and the project itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged
from releasio.standins.forge.gitlab.routes import NUMBER, Route, numbered

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.routes import Asked
    from releasio.standins.forge.gitlab.state import User


def project(asked: Asked) -> Response:
    """Show the project."""
    settings = asked.state.settings
    level = asked.token.user.level if asked.token else 0
    return as_json(
        {
            "id": NUMBER,
            "name": asked.slug.rpartition("/")[2],
            "path_with_namespace": asked.slug,
            "default_branch": asked.git.default_branch,
            "web_url": asked.page,
            "visibility": "private" if settings.private else "public",
            "merge_method": settings.merge_method,
            "merge_trains_enabled": settings.merge_trains,
            "only_allow_merge_if_pipeline_succeeds": settings.needs_pipeline,
            "packages_enabled": settings.packages,
            "permissions": {
                "project_access": {"access_level": level} if level else None,
                "group_access": None,
            },
        }
    )


def member(asked: Asked) -> Response:
    """Show somebody's role in the project, however they came to it."""
    number = numbered(asked, "user", "")
    for user in asked.state.users:
        if user.id == number and user.level:
            return as_json({**shown_user(asked, user), "access_level": user.level})
    raise not_found()


def me(asked: Asked) -> Response:
    """Show whose token it is."""
    user = asked.user
    admin = {"is_admin": True} if user.is_admin else {}
    return as_json({**_shown_whole(asked, user), "email": "hidden@example.org", **admin})


def token(asked: Asked) -> Response:
    """Show the token itself; nobody but personal, project and group tokens are asked."""
    user = asked.user
    scopes = asked.token.scopes if asked.token else ()
    data = {"id": 1, "name": "a token", "revoked": False, "scopes": [*scopes], "user_id": user.id}
    return as_json({**data, "active": True, "expires_at": "2027-01-01"})


def users(asked: Asked) -> Response:
    """Find users by their name, or by words in names and public addresses."""
    _ = asked.user
    found = asked.state.users
    if username := asked.text("username"):
        found = [user for user in found if user.username.lower() == username.lower()]
    if words := asked.text("search").lower():
        found = [
            user
            for user in found
            if words in user.username.lower()
            or words in user.name.lower()
            or words == user.public_email.lower()
        ]
    return paged(asked.request, [shown_user(asked, user) for user in found], asked.address)


def one(asked: Asked) -> Response:
    """Show a user."""
    number = numbered(asked, "user", "User")
    for user in asked.state.users:
        if user.id == number:
            return as_json(_shown_whole(asked, user))
    raise not_found(what="User")


def shown_user(asked: Asked, user: User) -> dict[str, Any]:
    """Return what lists say of a user."""
    return {
        "id": user.id,
        "username": user.username,
        "name": user.name,
        "state": "active",
        "web_url": f"{asked.site}/{user.username}",
    }


def _shown_whole(asked: Asked, user: User) -> dict[str, Any]:
    return {**shown_user(asked, user), "public_email": user.public_email, "bot": user.bot}


ROUTES = {
    "GET /projects/:id": Route(project),
    "GET /projects/:id/members/all/:user": Route(member),
    "GET /user": Route(me, None),
    "GET /personal_access_tokens/self": Route(token, None),
    "GET /users": Route(users, None),
    "GET /users/:user": Route(one, None),
}
