"""What a request to Gitea is about, and who may send it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from releasio.standins.forge.gitea.answers import Refused, not_found
from releasio.standins.forge.gitea.state import ROLES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.wrappers import Request, Response

    from releasio.standins.forge.bare import BareRepository
    from releasio.standins.forge.gitea.state import Role, State, Token, User

Area = Literal["repository", "issue", "user", "organization"]
_WRITING = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True)
class Asked:
    """
    One request, who sent it, and what it is about.

    Attributes:
        request: As it came.
        parts: What stands in its address, by the name in the route, decoded.
        token: What it was sent with; None: nothing.
        state: What Gitea knows.
        git: The repository.
        site: Where the web pages begin, without a slash at the end.
        slug: Owner and name of the repository.
        now: The moment.
        body: The document of the request.
    """

    request: Request
    parts: Mapping[str, str]
    token: Token | None
    state: State
    git: BareRepository
    site: str
    slug: str
    now: str
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The repository's web page."""
        return f"{self.site}/{self.slug}"

    @property
    def address(self) -> str:
        """The address of the request, without a query."""
        return self.request.base_url

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

    def text(self, name: str, default: str = "") -> str:
        """Return a field of the body, or of the query."""
        value = self.body.get(name, self.request.args.get(name))
        return default if value is None else str(value)

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
