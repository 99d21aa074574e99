"""Pull requests of a repository on Gitea."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from releasio.errors.forge.lacks import ForgeLacks
from releasio.rules.forge.pull_request import PullRequest
from releasio.text.pattern import pattern
from releasio.world.forge.api import HIDDEN
from releasio.world.forge.ready import when_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from releasio.rules.forge.pull_request import MergeMethod, PullRequestText, State
    from releasio.world.forge.api import Api
    from releasio.world.forge.gitea.repository import GiteaRepository

_DRAFT = pattern(r"^\s*(?:wip:|\[wip\])\s*", re.IGNORECASE)
_EARLY = "try again later"  # what Gitea says while it looks for conflicts
_GREEN = "#0e8a16"
_SIZE = 50  # entries of a page; some servers allow no more
_RECENT: dict[str, str | int] = {"sort": "recentupdate", "limit": _SIZE}
_PAGES = {"open": 100, "closed": 10}


class PullRequests:
    """Pull requests of one repository; see `Forge` for what each method does."""

    _api: Api
    _repository: GiteaRepository
    _sleep: Callable[[float], None]

    def pull_requests(self, head: str, *, base: str | None = None) -> tuple[PullRequest, ...]:
        """
        Return those of the branch *head* of this repository, the newest first.

        Gitea cannot be asked for them: of the closed ones the last 500 are looked at.
        """
        requests = {}
        for state, pages in _PAGES.items():
            query: dict[str, str | int] = {**_RECENT, "state": state}
            for request in self._api.each(self._pull_path(), _own, query, pages=pages):
                if request is not None and request.head == head and base in {None, request.base}:
                    requests[request.number] = request
        return tuple(requests[number] for number in sorted(requests, reverse=True))

    def create_pull_request(self, text: PullRequestText) -> PullRequest:
        """Open one."""
        body = {
            "title": _titled(text.title, draft=text.draft),
            "body": text.body,
            "head": text.head,
            "base": text.base,
        }
        return self._api.change(
            "POST", self._pull_path(), "open a pull request", body, pull_request
        )

    def edit_pull_request(self, number: int, *, title: str, body: str) -> PullRequest:
        """Make it say something else; a draft stays one."""
        current = self._api.get(self._pull_path(number), pull_request)
        changes = {"title": _titled(title, draft=current.draft), "body": body}
        deed = "edit a pull request"
        return self._api.change("PATCH", self._pull_path(number), deed, changes, pull_request)

    def close_pull_request(self, number: int, comment: str = "") -> None:
        """Close it, saying why."""
        if comment:
            path = self._issue_path(number, "comments")
            self._api.change("POST", path, "comment on a pull request", {"body": comment})
        deed = "close a pull request"
        self._api.change("PATCH", self._pull_path(number), deed, {"state": "closed"})

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """Label it; labels that neither the repository nor its organisation has are made."""
        ids_by_name = self._labels()
        ids = [ids_by_name.get(label) or self._make_label(label) for label in dict.fromkeys(labels)]
        path = self._issue_path(number, "labels")
        self._api.change("POST", path, "label a pull request", {"labels": ids})

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """Ask for reviews: users, and teams as `org/team`."""
        names = [name.removeprefix("@") for name in reviewers]
        body = {
            "reviewers": [name for name in names if "/" not in name],
            "team_reviewers": [name.partition("/")[2] for name in names if "/" in name],
        }
        path = self._pull_path(number, "requested_reviewers")
        self._api.change("POST", path, "ask for reviews", body)

    def assign(self, number: int, assignees: Sequence[str]) -> None:
        """Assign it, also to whom it is assigned already."""
        current = self._api.get(self._pull_path(number), _assignees)
        names = dict.fromkeys([*current, *(name.removeprefix("@") for name in assignees)])
        body = {"assignees": [*names]}
        self._api.change("PATCH", self._issue_path(number), "assign a pull request", body)

    def merge_when_ready(self, pull_request: PullRequest, method: MergeMethod) -> None:
        """Have it merged as soon as its checks have succeeded, which may be at once."""
        if method not in self._repository.settings().methods:
            raise ForgeLacks(
                self._repository.place.name,
                f"merge by {method!r} in {self._repository.place.slug}",
                hint="Allow it in the repository's settings, or choose another one in "
                "github.release_pr_auto_merge.",
            )
        body = {
            "Do": method,
            "head_commit_id": pull_request.head_commit,
            "merge_when_checks_succeed": True,
            "delete_branch_after_merge": True,
        }
        path = self._pull_path(pull_request.number, "merge")
        merge = partial(self._api.change, "POST", path, "merge a pull request", body)
        when_ready(merge, lambda error: _EARLY in error.sentence.lower(), self._sleep)

    def _labels(self) -> dict[str, int]:
        """Return the numbers of labels by their names; the repository's own count."""
        labels: dict[str, int] = {}
        of_organisation = f"/orgs/{self._repository.place.owner}/labels"
        for path in (of_organisation, self._repository.path("labels")):
            # the owner may be a user, who has none
            labels |= self._api.each(path, _label, {"limit": _SIZE}, nothing=HIDDEN)
        return labels

    def _make_label(self, name: str) -> int:
        path, body = self._repository.path("labels"), {"name": name, "color": _GREEN}
        return self._api.change("POST", path, "make a label", body, _label)[1]

    def _pull_path(self, number: int | None = None, *parts: str) -> str:
        numbers = [] if number is None else [str(number)]
        return self._repository.path("pulls", *numbers, *parts)

    def _issue_path(self, number: int, *parts: str) -> str:
        return self._repository.path("issues", str(number), *parts)


def pull_request(answer: dict[str, Any]) -> PullRequest:
    """Return the pull request of an answer."""
    title, head = str(answer["title"]), answer["head"]
    is_draft = bool(answer.get("draft")) or _DRAFT.match(title) is not None
    state: State = "merged" if answer.get("merged") else "open"
    if state == "open" and answer["state"] != "open":
        state = "closed"
    return PullRequest(
        number=int(answer["number"]),
        title=_DRAFT.sub("", title, count=1) if is_draft else title,
        body=str(answer.get("body") or ""),
        # the ref is another one after the branch was removed; the label is the branch's name
        head=str(head.get("label") or head["ref"]),
        head_commit=str(head.get("sha") or ""),
        base=str(answer["base"]["ref"]),
        state=state,
        url=str(answer["html_url"]),
        labels=tuple(str(label["name"]) for label in answer.get("labels") or ()),
        draft=is_draft,
        merge_commit=str(answer["merge_commit_sha"]) if state == "merged" else None,
        id=str(answer.get("id") or ""),
    )


def _own(answer: dict[str, Any]) -> PullRequest | None:
    """Return a pull request; None: it comes from a fork."""
    is_own = answer["head"].get("repo_id") == answer["base"].get("repo_id")
    return pull_request(answer) if is_own else None


def _titled(title: str, *, draft: bool) -> str:
    return f"WIP: {title}" if draft else title


def _label(answer: dict[str, Any]) -> tuple[str, int]:
    return str(answer["name"]), int(answer["id"])


def _assignees(answer: dict[str, Any]) -> list[str]:
    return [str(user["login"]) for user in answer.get("assignees") or ()]
