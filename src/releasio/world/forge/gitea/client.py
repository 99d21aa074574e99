"""One repository on a Gitea or Forgejo, asked with one token."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from releasio.world.forge.api import Api
from releasio.world.forge.exchange import Exchange
from releasio.world.forge.gitea.history import History
from releasio.world.forge.gitea.pull_requests import PullRequests
from releasio.world.forge.gitea.releases import Releases
from releasio.world.forge.gitea.repository import GiteaRepository
from releasio.world.forge.gitea.rules import Rules

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.means import Means

_HEADERS = {"Accept": "application/json"}
_SCOPES = (
    "The token needs the scopes write:repository and, for labels and comments, write:issue; its "
    "user must be allowed to write to the repository."
)
_JOB = (
    "Give the job's token the right under permissions: in the workflow, or put a token of your "
    "own into GITEA_TOKEN."
)
_LOGIN = "The token in {source} is none, or no longer one."


class Gitea(Releases, PullRequests, History, Rules):
    """
    The client of one repository on Gitea or Forgejo.

    Each method does what `Forge` says of it.
    """

    has_drafts = True
    signer = None  # whether commits of the interface are signed, each server decides

    def __init__(self, place: ForgePlace, token: ForgeToken, means: Means) -> None:
        super().__init__()
        self.place = place
        self._token, self._sleep = token, means.sleep
        login = ("Authorization", "token ")
        exchange = Exchange(place, means.requester(), _HEADERS, login, token.secret)
        self._api = Api(exchange, self._hint)
        self._repository = GiteaRepository(self._api, place)

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    def _hint(self, status: int, _sentence: str) -> str:
        if status == HTTPStatus.UNAUTHORIZED:
            return _LOGIN.format(source=self._token.source)
        if status != HTTPStatus.FORBIDDEN:
            return ""
        return _JOB if self._token.kind == "job" else _SCOPES
