"""One project on a GitLab, asked with one token."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from releasio.errors.forge.lacks import ForgeLacks
from releasio.rules.forge.rights import Rights
from releasio.world.forge.api import ABSENT, Api
from releasio.world.forge.exchange import Exchange
from releasio.world.forge.gitlab.history import History
from releasio.world.forge.gitlab.merge_requests import MergeRequests
from releasio.world.forge.gitlab.project import DEVELOPER, Project
from releasio.world.forge.gitlab.releases import Releases
from releasio.world.forge.gitlab.rules import Rules
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
_ALL: frozenset[Right] = frozenset({"contents", "pull-requests", "issues", "workflows"})
_OF_JOBS: frozenset[Right] = frozenset({"contents"})  # releases and files; the push is not its own
_JOB = (
    "A job's own token makes releases and uploads files, and nothing else: put a project access "
    "token with the scope api and the role Developer into GITLAB_TOKEN."
)
_PERSONAL = "The token needs the scope api, and the role Developer or a higher one in the project."
_LOGIN = "The token in {source} is none, or no longer one: it may have expired."


_SILENT = ABSENT | {HTTPStatus.FORBIDDEN}  # an old GitLab; a token for git and packages only


class GitLab:
    """A project on GitLab; methods are those of `Forge`."""

    has_drafts = False
    has_api_commits = False  # whether commits of the interface are signed, each instance decides

    def __init__(self, place: ForgePlace, token: ForgeToken, means: Means) -> None:
        self.place = place
        client = new_client(means.env, timeout=means.timeout)
        requester = Requester(client, means.clock, means.sleep, means.screen)
        header = "JOB-TOKEN" if token.kind == "job" else "PRIVATE-TOKEN"
        exchange = Exchange(place, requester, _HEADERS, (header, ""), token.secret)
        self._api = Api(exchange, self._hint)
        self._token = token
        self._project = Project(self._api, place, token, means.env)
        self._releases = Releases(self._project)
        self._requests = MergeRequests(self._project, means.sleep)
        self._rules = Rules(self._project)
        self._history = History(self._project)
        self._known_rights: Rights | None = None

    def rights(self) -> Rights:
        """Return what the token may do: by its kind and scopes, and its user's role."""
        if self._known_rights is None:
            self._known_rights = self._read_rights()
        return self._known_rights

    def _read_rights(self) -> Rights:
        source = self._token.source
        if self._project.is_job:
            login = self._api.find("/job", lambda job: str(job["user"]["username"]))
            return Rights("job", _OF_JOBS, _ALL - _OF_JOBS, login, source)
        scopes = self._api.find("/personal_access_tokens/self", _scopes, nothing=_SILENT)
        account = self._project.account()
        login = account.login if account else None
        if (account is None) if scopes is None else ("api" not in scopes):
            return Rights("personal", frozenset(), _ALL, login, source)
        if scopes is None or account is None:
            return Rights("personal", login=login, source=source)
        is_enough = account.level >= DEVELOPER
        granted = _ALL if is_enough else frozenset()
        return Rights("personal", granted, _ALL - granted, login, source)

    def branch_rules(self, branch: str) -> BranchRules:
        """Return what *branch* demands, of this token."""
        return self._rules.branch(branch)

    def tag_rules(self, tag: str) -> BranchRules:
        """Return what making *tag* demands, of this token."""
        return self._rules.tag(tag)

    # releases

    def release(self, tag: str) -> ForgeRelease | None:
        """Return the release of *tag*, or the files that wait for it as a draft."""
        return self._releases.find(tag)

    def create_release(self, text: ReleaseText) -> ForgeRelease:
        """Return what files are uploaded for; nothing is made yet."""
        return self._releases.draft(text)

    def edit_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Make *release* say *text*."""
        return self._releases.edit(release, text)

    def publish_release(self, release: ForgeRelease, text: ReleaseText) -> ForgeRelease:
        """Make the release, with the files that were uploaded."""
        return self._releases.publish(release, text)

    def upload_asset(self, release: ForgeRelease, path: Path, name: str) -> Asset:
        """Store a file, and link it where the release is public already."""
        return self._releases.upload(release, path, name)

    def delete_asset(self, release: ForgeRelease, asset: Asset) -> None:
        """Take a file away again."""
        self._releases.delete(release, asset)

    def sha256_of(self, asset: Asset) -> str:
        """Return the digest of a file; those of other places are downloaded."""
        return asset.sha256 or self._api.sha256(asset.url)

    # merge requests

    def pull_requests(self, head: str, *, base: str | None = None) -> tuple[PullRequest, ...]:
        """Return those that come from the branch *head*, the newest first."""
        return self._requests.of_branch(head, base)

    def create_pull_request(self, text: PullRequestText) -> PullRequest:
        """Open a merge request."""
        return self._requests.create(text)

    def edit_pull_request(self, number: int, *, title: str, body: str) -> PullRequest:
        """Make it say something else."""
        return self._requests.edit(number, title, body)

    def close_pull_request(self, number: int, comment: str = "") -> None:
        """Close it, saying why."""
        self._requests.close(number, comment)

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """Label it; labels that the project lacks are made."""
        self._requests.add_labels(number, labels)

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """Ask *reviewers* for a look: user names."""
        self._requests.request_reviews(number, reviewers)

    def assign(self, number: int, assignees: Sequence[str]) -> None:
        """Assign it."""
        self._requests.assign(number, assignees)

    def merge_when_ready(self, pull_request: PullRequest, method: MergeMethod) -> None:
        """Have GitLab merge it as soon as its rules allow it."""
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


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(scope) for scope in answer["scopes"])
