"""What a request to Gitea is about, and who may send it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from releasio.standins.forge.asked import AskedForge
from releasio.standins.forge.gitea.answers import Refused, not_found
from releasio.standins.forge.gitea.state import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.state import Role, State, Token, User

Area = Literal["repository", "issue", "user", "organization"]
_WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True, kw_only=True)
class Asked(AskedForge):
    """
    One request, who sent it, and what it is about.

    Attributes:
        token: What it was sent with; None: nothing.
        state: What Gitea knows.
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
            raise Refused(401, "token is required")
        return self.token.user

    def number(self, name: str) -> int:
        """
        Return a number of the address.

        Raises:
            Refused: It is none.
        """
        if not self.parts[name].isdigit():
            raise not_found()
        return int(self.parts[name])


@dataclass(frozen=True)
class Route:
    """
    What answers an address.

    Attributes:
        handler: Answers.
        area: The group of addresses that scopes of tokens are for.
        role: What the sender must be in the repository.
    """

    handler: Callable[[Asked], Response]
    area: Area = "repository"
    role: Role = "read"


def admit(asked: Asked, route: Route) -> None:
    """
    Return if the sender may ask for this.

    Raises:
        Refused: As Gitea says it, which hides what one may not see.
    """
    is_writing = asked.request.method in _WRITING
    if asked.token is None and (is_writing or route.area == "user" or route.role == "admin"):
        raise Refused(401, "token is required")
    if asked.token is not None:
        scopes = {f"write:{route.area}"} | (set() if is_writing else {f"read:{route.area}"})
        if not {"all", *scopes} & {*asked.token.scopes}:
            wanted = f"{'write' if is_writing else 'read'}:{route.area}"
            words = "token does not have at least one of required scope(s)"
            raise Refused(403, f"{words}: [{wanted}]")
    if "owner" not in asked.parts:
        return
    if f"{asked.parts['owner']}/{asked.parts['repo']}".lower() != asked.slug.lower():
        raise not_found()
    rank = ROLES.index(asked.token.user.role if asked.token else "none")
    if rank == 0 and asked.state.settings.private:
        raise not_found()
    if rank < ROLES.index(route.role) and route.role != "read":
        raise Refused(403, "user should have permission to write to this repository")
