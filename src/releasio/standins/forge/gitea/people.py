"""The repository itself, and its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitea.answers import as_json
from releasio.standins.forge.gitea.routes import Route
from releasio.standins.forge.gitea.state import REPOSITORY, ROLES

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.routes import Asked
    from releasio.standins.forge.gitea.state import User


def me(asked: Asked) -> Response:
    """Show whose token it is."""
    return as_json(shown_user(asked, asked.user))


def repository(asked: Asked) -> Response:
    """Show the repository."""
    return as_json(shown_repository(asked))


def shown_user(asked: Asked, user: User) -> dict[str, Any]:
    """Return what Gitea says of a user."""
    return {
        "id": user.id,
        "login": user.login,
        "full_name": "",
        "email": f"{user.login}@noreply.invalid",
        "html_url": f"{asked.site}/{user.login}",
    }


def shown_repository(asked: Asked) -> dict[str, Any]:
    """Return what Gitea says of the repository, and of what the sender may do in it."""
    settings = asked.state.settings
    rank = ROLES.index(asked.token.user.role if asked.token else "none")
    return {
        "id": REPOSITORY,
        "name": asked.slug.partition("/")[2],
        "full_name": asked.slug,
        "private": settings.private,
        "default_branch": asked.git.default_branch,
        "html_url": asked.page,
        "allow_merge_commits": "merge" in settings.methods,
        "allow_squash_merge": "squash" in settings.methods,
        "allow_rebase": "rebase" in settings.methods,
        "allow_rebase_explicit": "rebase-merge" in settings.methods,
        "permissions": {
            name: rank >= ROLES.index(role)
            for name, role in (("admin", "admin"), ("push", "write"), ("pull", "read"))
        },
    }


ROUTES = {
    "GET /user": Route(me, "user"),
    "GET /repos/:owner/:repo": Route(repository),
}
