"""One project on a GitLab, asked with one token."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from releasio.errors.forge.lacks import ForgeLacks
from releasio.world.forge.api import Api
from releasio.world.forge.exchange import Exchange
from releasio.world.forge.gitlab.history import History
from releasio.world.forge.gitlab.merge_requests import MergeRequests
from releasio.world.forge.gitlab.packages import Packages
from releasio.world.forge.gitlab.project import Project
from releasio.world.forge.gitlab.releases import Releases
from releasio.world.forge.gitlab.rules import Rules

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.means import Means

_HEADERS = {"Accept": "application/json"}
_JOB = (
    "A job's own token makes releases and uploads files, and nothing else: put a project access "
    "token with the scope api and the role Developer into GITLAB_TOKEN."
)
_PERSONAL = "The token needs the scope api, and the role Developer or a higher one in the project."
_LOGIN = "The token in {source} is none, or no longer one: it may have expired."


class GitLab(Releases, MergeRequests, History, Rules):
    """
    The client of one project on a GitLab.

    Each method does what `Forge` says of it.
    """

    has_drafts = False
    signer = None  # whether commits of the interface are signed, each instance decides

    def __init__(self, place: ForgePlace, token: ForgeToken, means: Means) -> None:
        super().__init__()
        self.place = place
        self._token, self._sleep = token, means.sleep
        header = "JOB-TOKEN" if token.kind == "job" else "PRIVATE-TOKEN"
        exchange = Exchange(place, means.requester(), _HEADERS, (header, ""), token.secret)
        self._api = Api(exchange, self._hint)
        self._project = Project(self._api, place, token, means.env)
        self._packages = Packages(self._project)

    def dispatch(self, workflow: str, ref: str, inputs: Mapping[str, str]) -> None:  # noqa: ARG002 -- as in Forge
        """
        Refuse: there are no workflows to start by name.

        Raises:
            ForgeLacks: Always.
        """
        raise ForgeLacks(
            self.place.name,
            f"workflow {workflow!r} to start: there is one pipeline",
            hint="Remove it from github.dispatch. A new tag starts the pipeline by itself; "
            "rules: in .gitlab-ci.yml say with which jobs.",
        )

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    def _hint(self, status: int, _sentence: str) -> str:
        if self._project.is_job:
            return _JOB
        if status == HTTPStatus.UNAUTHORIZED:
            return _LOGIN.format(source=self._token.source)
        return _PERSONAL if status == HTTPStatus.FORBIDDEN else ""
