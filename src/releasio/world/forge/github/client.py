"""GitHub, as every forge is asked: `GitHub`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.world.forge.github.api import GitHubApi
from releasio.world.forge.github.pull_requests import PullRequests
from releasio.world.forge.github.releases import Releases

if TYPE_CHECKING:
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.means import Means


class GitHub(Releases, PullRequests):
    """
    The client of one repository on GitHub, or on an Enterprise Server.

    Each method does what `Forge` says of it.
    """

    has_drafts = True
    has_api_commits = True

    def __init__(self, place: ForgePlace, token: ForgeToken, means: Means) -> None:
        self._api = GitHubApi(place, token, means)

    @property
    def place(self) -> ForgePlace:
        """Which repository."""
        return self._api.place

    def close(self) -> None:
        """Close the connections."""
        self._api.close()
