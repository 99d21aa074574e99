"""The repository on a Gitea that everything is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from releasio.frozen import frozen
from releasio.world.forge.api import HIDDEN

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.world.forge.api import Api


@frozen
class Settings:
    """
    What a repository says of itself.

    Attributes:
        may_push: Whether the token's user may write; what the token itself may, it does not say.
        methods: The ways it merges in, by our names.
    """

    may_push: bool
    methods: frozenset[str]


class GiteaRepository:
    """
    A repository, which is asked about itself once.

    Args:
        api: Asks.
        place: Where it is.
    """

    def __init__(self, api: Api, place: ForgePlace) -> None:
        self.api = api
        self.place = place
        self._settings: Settings | None = None
        self._login: tuple[str | None] | None = None

    def path(self, *parts: str) -> str:
        """Return the path of what is below it; each part is one, whatever is in it."""
        names = ("repos", self.place.owner, self.place.repo, *parts)
        return "/" + "/".join(quote(part, safe="") for part in names)

    def settings(self) -> Settings:
        """Return what it says of itself."""
        if self._settings is None:
            self._settings = self.api.get(self.path(), _settings)
        return self._settings

    def login(self) -> str | None:
        """Return whose the token is; None: it may not say, as one for a single repository."""
        if self._login is None:
            self._login = (self.api.find("/user", _user, nothing=HIDDEN),)
        return self._login[0]


def _settings(answer: dict[str, Any]) -> Settings:
    allowed = {
        "merge": answer.get("allow_merge_commits", True),
        "squash": answer.get("allow_squash_merge", True),
        "rebase": answer.get("allow_rebase", True),
    }
    may_push = bool((answer.get("permissions") or {}).get("push"))
    return Settings(may_push, frozenset(name for name, is_on in allowed.items() if is_on))


def _user(answer: dict[str, Any]) -> str:
    return str(answer["login"])
