"""GitHub, as every forge is asked: `GitHub`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.forge.github.api import GitHubApi
from releasio.world.forge.github.commits import Commits
from releasio.world.forge.github.history import History
from releasio.world.forge.github.pull_requests import PullRequests
from releasio.world.forge.github.releases import Releases
from releasio.world.forge.github.rules import Rules
from releasio.world.forge.github.surroundings import Surroundings

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.forge import Signer
    from releasio.world.forge.means import Means


class GitHub(Releases, PullRequests, History, Commits, Rules, Surroundings):
    """
    The client of one repository on GitHub, or on an Enterprise Server.

    Each method does what `Forge` says of it.
    """

    has_drafts = True

    def __init__(self, place: ForgePlace, token: ForgeToken, means: Means) -> None:
        self._api = GitHubApi(place, token, means)
        self._origins = {}

    @property
    def place(self) -> ForgePlace:
        """Which repository."""
        return self._api.place

    @property
    def signer(self) -> Signer:
        """What makes commits, which GitHub signs: itself."""
        return self

    def close(self) -> None:
        """Close the connections."""
        self._api.close()
