"""Pull requests on GitHub."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from releasio.errors.forge.answers import ForgeRefused
from releasio.world.forge.github.reading import read_pull_request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.rules.forge.pull_request import MergeMethod, PullRequest, PullRequestText
    from releasio.world.forge.github.api import GitHubApi

_MANY = 100  # entries of a page, the most there can be
_PAGES = 5  # of pull requests of one branch
_OPEN_PULL = "open a pull request"
_REVIEWERS = "Correct github.release_pr_reviewers: logins, and teams as org/team."
_AUTO_MERGE = """
mutation ($pull: ID!, $method: PullRequestMergeMethod!) {
  enablePullRequestAutoMerge(input: {pullRequestId: $pull, mergeMethod: $method}) {
    pullRequest { number }
  }
}
"""
# what GitHub says of a pull request that waits for nothing
_READY = ("clean status", "unstable status")


class PullRequests:
    """Pull requests of one repository; see `Forge` for what each method does."""

    _api: GitHubApi

    def pull_requests(self, head: str, *, base: str | None = None) -> tuple[PullRequest, ...]:
        """Return those of the branch *head*, open or not, the newest first."""
        params: dict[str, str | int] = {
            "state": "all",
            "head": f"{self._api.place.owner}:{head}",
            "per_page": _MANY,
            **({"base": base} if base is not None else {}),
        }
        path = self._api.path("/pulls")
        # a filter that is not understood is left out, and all that there is would come
        pulls = self._api.each(path, _of_the_repository, params, pages=_PAGES)
        ours = [pull for pull in pulls if pull and pull.head == head and base in {None, pull.base}]
        return tuple(sorted(ours, key=lambda pull: pull.number, reverse=True))

    def create_pull_request(self, text: PullRequestText) -> PullRequest:
        """Open one; where the answer gets lost, an open one of that branch is it."""
        body = {
            "title": text.title,
            "body": text.body,
            "head": text.head,
            "base": text.base,
            "draft": text.draft,
        }
        change = partial(
            self._api.change, "POST", self._api.path("/pulls"), _OPEN_PULL, body, read_pull_request
        )
        return self._api.once(change, lambda: self._opened(text))

    def edit_pull_request(self, number: int, *, title: str, body: str) -> PullRequest:
        """Give it other words."""
        return self._change_pull(number, {"title": title, "body": body}, "change a pull request")

    def close_pull_request(self, number: int, comment: str = "") -> None:
        """Close it, after saying why: who is told of the one finds the other."""
        if comment:
            path = self._api.path(f"/issues/{number}/comments")
            deed = "comment on a pull request"
            change = partial(self._api.change, "POST", path, deed, {"body": comment}, bool)
            self._api.once(change, lambda: self._has_comment(number, comment))
        self._change_pull(number, {"state": "closed"}, "close a pull request")

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """Label it; GitHub makes labels that the repository lacks."""
        if labels:
            path, body = self._api.path(f"/issues/{number}/labels"), {"labels": [*labels]}
            change = partial(self._api.change, "POST", path, "label a pull request", body)
            self._api.once(change, lambda: None)

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """Ask for a look; a team is known by its name after the `/`."""
        if reviewers:
            body = {
                "reviewers": [name for name in reviewers if "/" not in name],
                "team_reviewers": [name.rpartition("/")[2] for name in reviewers if "/" in name],
            }
            path = self._api.path(f"/pulls/{number}/requested_reviewers")
            change = partial(self._api.change, "POST", path, "ask for reviews", body)
            try:
                self._api.once(change, lambda: None)
            except ForgeRefused as error:
                raise ForgeRefused(
                    error.forge, error.deed, error.status, error.sentence, hint=_REVIEWERS
                ) from None

    def assign(self, number: int, assignees: Sequence[str]) -> None:
        """Assign it; whom GitHub passes over in silence is named in a note."""
        if assignees:
            path, body = self._api.path(f"/issues/{number}/assignees"), {"assignees": [*assignees]}
            deed = "assign a pull request"
            change = partial(self._api.change, "POST", path, deed, body, _assigned)
            assigned = self._api.once(change, lambda: None)
            missing = [name for name in assignees if name.lower() not in assigned]
            if missing:
                names = ", ".join(missing)
                forge = self._api.place.name
                self._api.requester.screen.note(f"{forge} does not assign #{number} to {names}")

    def merge_when_ready(self, pull_request: PullRequest, method: MergeMethod) -> None:
        """Have it merged as soon as that is allowed, which may be at once."""
        variables = {"pull": pull_request.id, "method": method.upper()}
        deed = "merge a pull request"
        change = partial(self._api.graphql, _AUTO_MERGE, variables, deed)
        try:
            self._api.once(change, lambda: None)
        except ForgeRefused as refusal:
            if not any(words in refusal.sentence for words in _READY):
                raise
            self._merge(pull_request, method, deed)

    def _merge(self, pull_request: PullRequest, method: MergeMethod, deed: str) -> None:
        path = self._api.path(f"/pulls/{pull_request.number}")
        body = {"merge_method": method, "sha": pull_request.head_commit}
        change = partial(self._api.change, "PUT", f"{path}/merge", deed, body, bool)
        self._api.once(change, lambda: self._is_merged(path))

    def _is_merged(self, path: str) -> bool | None:
        pull = self._api.get(path, read_pull_request)
        return pull.state == "merged" or None

    def _change_pull(self, number: int, body: dict[str, str], deed: str) -> PullRequest:
        """Change it; to do so twice does no harm."""
        path = self._api.path(f"/pulls/{number}")
        change = partial(self._api.change, "PATCH", path, deed, body, read_pull_request)
        return self._api.once(change, lambda: None)

    def _opened(self, text: PullRequestText) -> PullRequest | None:
        pulls = self.pull_requests(text.head, base=text.base)
        return next((pull for pull in pulls if pull.state == "open"), None)

    def _has_comment(self, number: int, comment: str) -> bool | None:
        path = self._api.path(f"/issues/{number}/comments")
        bodies = self._api.each(path, lambda answer: answer["body"], {"per_page": _MANY})
        return comment in bodies or None


def _of_the_repository(document: Mapping[str, Any]) -> PullRequest | None:
    """Return a pull request; None: its branch is another repository's, whatever it is called."""
    head, base = document["head"].get("repo"), document["base"]["repo"]
    is_ours = head is not None and head["id"] == base["id"]
    return read_pull_request(document) if is_ours else None


def _assigned(document: dict[str, list[dict[str, str]]]) -> set[str]:
    return {user["login"].lower() for user in document["assignees"]}
