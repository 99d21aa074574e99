"""One repository on a Gitea or Forgejo, asked with one token."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from releasio.rules.forge.rights import Rights
from releasio.world.forge.api import Api
from releasio.world.forge.exchange import Exchange
from releasio.world.forge.gitea.history import History
from releasio.world.forge.gitea.pull_requests import PullRequests
from releasio.world.forge.gitea.releases import Releases
from releasio.world.forge.gitea.repository import GiteaRepository
from releasio.world.forge.gitea.rules import Rules
from releasio.world.http.client import new_client
from releasio.world.http.requester import Requester

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.pull_request import (
        CommitOrigin,
        MergeMethod,
        PullRequest,
        PullRequestText,
    )
    from releasio.rules.forge.release import Asset, ForgeRelease, ReleaseText
    from releasio.rules.forge.rights import BranchRules, Right
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.means import Means

_HEADERS = {"Accept": "application/json"}
_WRITING: frozenset[Right] = frozenset({"contents", "pull-requests", "issues", "workflows"})
_SCOPES = (
    "The token needs the scopes write:repository and, for labels and comments, write:issue; its "
    "user must be allowed to write to the repository."
)
_JOB = (
    "Give the job's token the right under permissions: in the workflow, or put a token of your "
    "own into GITEA_TOKEN."
)
_LOGIN = "The token in {source} is none, or no longer one."


class Gitea:
    """A repository on Gitea or Forgejo; methods are those of `Forge`."""

    has_drafts = True
    has_api_commits = False  # whether commits of the interface are signed, each server decides

    def __init__(self, place: ForgePlace, token: ForgeToken, means: Means) -> None:
        self.place = place
        self._token = token
        client = new_client(means.env, timeout=means.timeout)
        requester = Requester(client, means.clock, means.sleep, means.screen)
        login = ("Authorization", "token ")
        self._api = Api(Exchange(place, requester, _HEADERS, login, token.secret), self._hint)
        self._repository = GiteaRepository(self._api, place)
        self._releases = Releases(self._repository)
        self._requests = PullRequests(self._repository, means.sleep)
        self._rules = Rules(self._repository)
        self._history = History(self._repository)

    def rights(self) -> Rights:
        """
        Return what the token may do: what its user may not, it may not.

        The scopes of a token are told to nobody, so that nothing is known to be granted.
        """
        missing = frozenset() if self._repository.settings().may_push else _WRITING
        login, source = self._repository.login(), self._token.source
        return Rights(self._token.kind, frozenset(), missing, login, source)

    def branch_rules(self, branch: str) -> BranchRules:
        """Return what *branch* demands, of this token."""
        return self._rules.branch(branch)

    def tag_rules(self, tag: str) -> BranchRules:
        """Return what making *tag* demands, of this token."""
        return self._rules.tag(tag)

    # releases

    def release(self, tag: str) -> ForgeRelease | None:
        """Return the release of *tag*, published or draft."""
        return self._releases.find(tag)

    def create_release(self, text: ReleaseText) -> ForgeRelease:
        """Make a draft."""
        return self._releases.create(text)

    def edit_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Make *release* say *text*; whether it is a draft stays."""
        return self._releases.edit(release, text)

    def publish_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Show *release* to everybody, saying *text*."""
        return self._releases.publish(release, text)

    def upload_asset(self, release: ForgeRelease, path: Path, name: str) -> Asset:
        """Attach a file under *name*."""
        return self._releases.upload(release, path, name)

    def delete_asset(self, release: ForgeRelease, asset: Asset) -> None:
        """Take a file away again."""
        self._releases.delete(release, asset)

    def sha256_of(self, asset: Asset) -> str:
        """Return the digest of a file, which is downloaded."""
        return self._api.sha256(asset.url)

    # pull requests

    def pull_requests(self, head: str, *, base: str | None = None) -> tuple[PullRequest, ...]:
        """Return those that come from the branch *head*, the newest first."""
        return self._requests.of_branch(head, base)

    def create_pull_request(self, text: PullRequestText) -> PullRequest:
        """Open a pull request."""
        return self._requests.create(text)

    def edit_pull_request(self, number: int, *, title: str, body: str) -> PullRequest:
        """Make it say something else."""
        return self._requests.edit(number, title, body)

    def close_pull_request(self, number: int, comment: str = "") -> None:
        """Close it, saying why."""
        self._requests.close(number, comment)

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """Label it; labels that the repository lacks are made."""
        self._requests.add_labels(number, labels)

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """Ask *reviewers* for a look: logins, and teams as `org/team`."""
        self._requests.request_reviews(number, reviewers)

    def assign(self, number: int, assignees: Sequence[str]) -> None:
        """Assign it."""
        self._requests.assign(number, assignees)

    def merge_when_ready(self, pull_request: PullRequest, method: MergeMethod) -> None:
        """Have Gitea merge it as soon as its checks have succeeded."""
        self._requests.merge_when_ready(pull_request, method)

    # history

    def origins(self, commits: Sequence[str]) -> Mapping[str, CommitOrigin]:
        """Return what is known of *commits*; no more than 300 are asked for."""
        return self._history.origins(commits)

    # commits and refs

    def create_commit(
        self, branch: str, parent: str, message: str, files: Mapping[str, bytes | None]
    ) -> str:
        """Commit *files* on *branch*, which must name *parent*, and return the new commit."""
        return self._history.commit(branch, parent, message, files)

    def dispatch(self, workflow: str, ref: str, inputs: Mapping[str, str]) -> None:
        """Start *workflow* (its file name) on the branch or tag *ref*."""
        self._history.dispatch(workflow, ref, inputs)

    def close(self) -> None:
        """Close the connections."""
        self._api.close()

    def _hint(self, status: int, _sentence: str) -> str:
        if status == HTTPStatus.UNAUTHORIZED:
            return _LOGIN.format(source=self._token.source)
        if status != HTTPStatus.FORBIDDEN:
            return ""
        return _JOB if self._token.kind == "job" else _SCOPES
