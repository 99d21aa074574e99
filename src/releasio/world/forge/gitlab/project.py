"""The project on a GitLab that everything is asked of, and who asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from releasio.frozen import frozen
from releasio.world.forge.api import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.api import Api

DEVELOPER = 30  # the role that pushes, opens merge requests and makes releases
_ADMIN = 60


@frozen
class Settings:
    """
    What a project says of itself.

    Attributes:
        id: Its number, which stays when it is renamed.
        merge_method: `merge`, `rebase_merge` (a merge commit over a rebased branch) or `ff`.
        has_trains: Merge requests are merged by merge trains.
        needs_pipeline: They are merged only after their pipeline has succeeded.
    """

    id: int
    merge_method: str
    has_trains: bool
    needs_pipeline: bool


@frozen
class Account:
    """
    Who a token acts as.

    Attributes:
        id: The number of the user, who is a bot where the token is a project's or group's.
        login: The name of the user.
        level: The access level in the project; 0: not a member; 60: an administrator.
    """

    id: int
    login: str
    level: int


class Project:
    """
    A project, which is asked about itself once.

    Args:
        api: Asks.
        place: Where it is.
        token: What is asked with.
        env: A job says there which number its own project has.
    """

    def __init__(
        self, api: Api, place: ForgePlace, token: ForgeToken, env: Mapping[str, str]
    ) -> None:
        self.api = api
        self.place = place
        self.token = token
        self._env = env
        self._settings: tuple[Settings | None] | None = None
        self._account: tuple[Account | None] | None = None

    @property
    def is_job(self) -> bool:
        """Whether the token is that of a CI job, which may do little."""
        return self.token.kind == "job"

    def path(self, *parts: str) -> str:
        """Return the path of what is below the project; each part is one, whatever is in it."""
        below = (quote(part, safe="") for part in parts)
        return "/".join(("/projects", self.place.encoded, *below))

    def settings(self) -> Settings | None:
        """Return what it says of itself; None: not to this token."""
        if self._settings is None:
            self._settings = (self.api.find(self.path(), _settings, nothing=HIDDEN),)
        return self._settings[0]

    def reference(self) -> str:
        """Return what addresses name it by: its number, which stays, else its encoded path."""
        number = self._env.get("CI_PROJECT_ID", "")
        is_own = self._env.get("CI_PROJECT_PATH", "").lower() == self.place.slug.lower()
        if is_own and number.isascii() and number.isdigit():
            return number
        settings = self.settings()
        return str(settings.id) if settings else self.place.encoded

    def account(self) -> Account | None:
        """Return who the token acts as, with access levels; None: not known."""
        if self._account is None:
            self._account = (self._read_account(),)
        return self._account[0]

    def _read_account(self) -> Account | None:
        if self.is_job:
            return None
        user = self.api.find("/user", _user, nothing=HIDDEN)
        if user is None:
            return None
        number, login, is_admin = user
        path = self.path("members", "all", str(number))
        level = self.api.find(path, _level, nothing=HIDDEN)
        if level is None:
            level = _ADMIN if is_admin else 0
        return Account(number, login, level)


def _settings(answer: dict[str, Any]) -> Settings:
    return Settings(
        id=int(answer["id"]),
        merge_method=str(answer.get("merge_method") or "merge"),
        has_trains=bool(answer.get("merge_trains_enabled")),
        needs_pipeline=bool(answer.get("only_allow_merge_if_pipeline_succeeds")),
    )


def _level(answer: dict[str, Any]) -> int:
    return int(answer["access_level"])


def _user(answer: dict[str, Any]) -> tuple[int, str, bool]:
    return int(answer["id"]), str(answer["username"]), bool(answer.get("is_admin"))
