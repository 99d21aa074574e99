"""
Merge requests of a project.

Source: https://docs.gitlab.com/api/merge_requests/
"""

from __future__ import annotations

import re
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from releasio.errors.forge.lacks import ForgeLacks
from releasio.rules.forge.pull_request import PullRequest
from releasio.text.pattern import pattern
from releasio.world.forge.ready import when_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from releasio.rules.forge.pull_request import MergeMethod, PullRequestText, State
    from releasio.world.forge.api import Api
    from releasio.world.forge.gitlab.project import Project

_STATES: dict[str, State] = {"opened": "open", "locked": "open", "merged": "merged"}
_DRAFT = pattern(r"^\s*(?:draft:|\[draft\]|\(draft\))\s*", re.IGNORECASE)
# GitLab looks at a new merge request for some seconds before it says whether it can be merged
_CHECKING = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.UNPROCESSABLE_ENTITY})
_OPEN = "open a merge request"
_EDIT = "edit a merge request"


class MergeRequests:
    """Merge requests of one project; see `Forge` for what each method does."""

    _api: Api
    _project: Project
    _sleep: Callable[[float], None]

    def pull_requests(self, head: str, *, base: str | None = None) -> tuple[PullRequest, ...]:
        """Return those of the branch *head* of this project, the newest first."""
        query: dict[str, str | int] = {
            "source_branch": head,
            "state": "all",
            "order_by": "created_at",
            "sort": "desc",
            "per_page": 100,
        }
        if base is not None:
            query["target_branch"] = base
        items = self._api.each(self._request_path(), _own, query, pages=5)
        return tuple(request for request in items if request is not None)

    def create_pull_request(self, text: PullRequestText) -> PullRequest:
        """Open one; its branch is removed after the merge, as that of others of its kind."""
        body = {
            "source_branch": text.head,
            "target_branch": text.base,
            "title": _titled(text.title, draft=text.draft),
            "description": text.body,
            "remove_source_branch": True,
        }
        return self._api.change("POST", self._request_path(), _OPEN, body, merge_request)

    def edit_pull_request(self, number: int, *, title: str, body: str) -> PullRequest:
        """Make it say something else; a draft stays one."""
        current = self._api.get(self._request_path(number), merge_request)
        changes = {"title": _titled(title, draft=current.draft), "description": body}
        return self._api.change("PUT", self._request_path(number), _EDIT, changes, merge_request)

    def close_pull_request(self, number: int, comment: str = "") -> None:
        """Close it, saying why."""
        if comment:
            path = f"{self._request_path(number)}/notes"
            self._api.change("POST", path, "comment on a merge request", {"body": comment})
        self._change(number, "close a merge request", {"state_event": "close"})

    def add_labels(self, number: int, labels: Sequence[str]) -> None:
        """Label it; GitLab makes the labels that are not there."""
        self._change(number, "label a merge request", {"add_labels": ",".join(labels)})

    def request_reviews(self, number: int, reviewers: Sequence[str]) -> None:
        """Ask for reviews, besides those that are asked for already."""
        self._add_people(number, "reviewers", "reviewer_ids", reviewers)

    def assign(self, number: int, assignees: Sequence[str]) -> None:
        """Assign it, also to whom it is assigned already."""
        self._add_people(number, "assignees", "assignee_ids", assignees)

    def merge_when_ready(self, pull_request: PullRequest, method: MergeMethod) -> None:
        """Have it merged as soon as everything allows it, by a merge train where there is one."""
        settings = self._project.settings()
        if method == "rebase" and settings is not None and settings.merge_method != "ff":
            raise ForgeLacks(
                self._project.place.name,
                f"merge by rebasing in {self._project.place.slug}",
                hint='Choose fast-forward merges in the project\'s settings, or "merge" or '
                '"squash" in github.release_pr_auto_merge.',
            )
        body = {"sha": pull_request.head_commit, "squash": method == "squash", "auto_merge": True}
        if settings is not None and settings.has_trains:
            path = self._project.path("merge_trains", "merge_requests", str(pull_request.number))
            self._merge("POST", path, {**body, "when_pipeline_succeeds": True})
            return
        path = f"{self._request_path(pull_request.number)}/merge"
        # the second name is that of GitLab before 17.11
        body |= {"merge_when_pipeline_succeeds": True, "should_remove_source_branch": True}
        self._merge("PUT", path, body)

    def _merge(self, method: str, path: str, body: dict[str, object]) -> None:
        change = partial(self._api.change, method, path, "merge a merge request", body)
        when_ready(change, lambda error: error.status in _CHECKING, self._sleep)

    def _add_people(self, number: int, field: str, ids: str, logins: Sequence[str]) -> None:
        numbers = [self._user(login) for login in logins]
        current = self._api.get(
            self._request_path(number),
            lambda answer: [int(user["id"]) for user in answer.get(field) or []],
        )
        self._change(number, _EDIT, {ids: list(dict.fromkeys([*current, *numbers]))})

    def _user(self, login: str) -> int:
        """Return the number of a user."""
        numbers = self._api.get("/users", _numbers, {"username": login.removeprefix("@")})
        if not numbers:
            raise ForgeLacks(
                self._project.place.name,
                f"user {login!r}",
                hint="Name users by their user name; groups are not asked for reviews there.",
            )
        return numbers[0]

    def _change(self, number: int, deed: str, body: dict[str, object]) -> None:
        self._api.change("PUT", self._request_path(number), deed, body)

    def _request_path(self, *number: int) -> str:
        return self._project.path("merge_requests", *map(str, number))


def merge_request(answer: dict[str, Any]) -> PullRequest:
    """Return the merge request of an answer."""
    title = str(answer["title"])
    is_draft = bool(answer.get("draft", answer.get("work_in_progress", False)))
    state = _STATES.get(str(answer["state"]), "closed")
    # a merge commit, else the squashed one, else the branch's own: it was fast-forwarded
    merged = answer.get("merge_commit_sha") or answer.get("squash_commit_sha") or answer.get("sha")
    return PullRequest(
        number=int(answer["iid"]),
        title=_DRAFT.sub("", title, count=1) if is_draft else title,
        body=str(answer.get("description") or ""),
        head=str(answer["source_branch"]),
        head_commit=str(answer.get("sha") or ""),
        base=str(answer["target_branch"]),
        state=state,
        url=str(answer["web_url"]),
        labels=tuple(str(label) for label in answer.get("labels") or ()),
        draft=is_draft,
        merge_commit=str(merged) if state == "merged" and merged else None,
        id=str(answer["id"]),
    )


def _own(answer: dict[str, Any]) -> PullRequest | None:
    """Return a merge request; None: it comes from a branch of that name in a fork."""
    is_own = answer.get("source_project_id") == answer.get("target_project_id")
    return merge_request(answer) if is_own else None


def _titled(title: str, *, draft: bool) -> str:
    return f"Draft: {title}" if draft else title


def _numbers(answer: list[dict[str, Any]]) -> list[int]:
    return [int(user["id"]) for user in answer]
