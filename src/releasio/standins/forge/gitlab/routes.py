"""Which request is for what, and who may send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.standins.forge.asked import AskedForge
from releasio.standins.forge.gitlab.answers import Refused, no_project, not_found, refuse

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.state import State, Token, User

NUMBER = 7  # of the project
_WRITING = {"POST", "PUT", "DELETE"}
_SCOPE = "The request requires higher privileges than provided by the access token."


@dataclass(frozen=True, kw_only=True)
class Asked(AskedForge):
    """
    One request, who sent it, and what it is about.

    Attributes:
        token: What it was sent with; None: nothing that counts for this address.
        state: What GitLab knows.
    """

    token: Token | None
    state: State

    @property
    def user(self) -> User:
        """
        Who sent it.

        Raises:
            Refused: Nobody did.
        """
        if self.token is None:
            raise refuse(401, "401 Unauthorized")
        return self.token.user


@dataclass(frozen=True)
class Route:
    """
    What answers an address.

    Attributes:
        handler: Answers.
        level: The role that it takes; 0: whoever may see the project; None: it is of no project.
        job: Whether the token of a job counts there.
    """

    handler: Callable[[Asked], Response]
    level: int | None = 0
    job: bool = False


def admit(asked: Asked, route: Route) -> None:
    """
    Return if the sender may ask for this.

    Raises:
        Refused: As GitLab says it, which hides what one may not see.
    """
    token, settings = asked.token, asked.state.settings
    is_writing = asked.request.method in _WRITING
    if route.level is None:
        return
    if asked.parts["id"].lower() not in {str(NUMBER), asked.slug.lower()}:
        raise no_project()
    level = token.user.level if token else 0
    if settings.private and not level:
        raise no_project()
    if token is None:
        if is_writing or route.level:
            raise refuse(401, "401 Unauthorized")
        return
    if token.kind == "personal":
        wanted = {"api"} if is_writing else {"api", "read_api"}
        if not wanted & {*token.scopes}:
            body = {"error": "insufficient_scope", "error_description": _SCOPE, "scope": "api"}
            raise Refused(403, body)
    if level < route.level:
        raise refuse(403, "403 Forbidden")


def numbered(asked: Asked, name: str, what: str) -> int:
    """
    Return a number of the address.

    Raises:
        Refused: It is none.
    """
    if not asked.parts[name].isdigit():
        raise not_found(what=what)
    return int(asked.parts[name])
