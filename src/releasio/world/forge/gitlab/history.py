"""
Where commits came from: their merge requests and authors.

Source: https://docs.gitlab.com/api/commits/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.forge.co_authors import co_author_emails
from releasio.world.forge.api import HIDDEN
from releasio.world.forge.gitlab.merge_requests import merge_request
from releasio.world.forge.history import AskedHistory, Person
from releasio.world.parallel import of_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.forge.pull_request import PullRequest
    from releasio.world.forge.gitlab.project import Project

_MOST_PEOPLE = 50


class History(AskedHistory):
    """Commits of one project; see `Forge` for what each method does."""

    _project: Project
    _page_size = 100

    def _request_of(self, oid: str) -> PullRequest | None:
        path = self._project.path("repository", "commits", oid, "merge_requests")
        answer = self._api.find(path, _merged, nothing=HIDDEN)
        return answer[0] if answer else None

    def _list_from(self, oid: str) -> tuple[str, dict[str, str | int]]:
        path = self._project.path("repository", "commits")
        return path, {"ref_name": oid, "per_page": self._page_size}

    def _authors(self, answer: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        co_authors = co_author_emails(str(answer.get("message") or ""))
        return str(answer["id"]), (str(answer["author_email"]), *co_authors)

    def _read_people(self, commits: Sequence[str]) -> None:
        emails = dict.fromkeys(email for oid in commits for email in self._emails.get(oid, ()))
        unknown = [email for email in emails if email not in self._people][:_MOST_PEOPLE]
        if unknown:
            self._people |= zip(unknown, of_each(self._search, unknown), strict=True)

    def _search(self, email: str) -> Person | None:
        """Return the user whose public address is *email*: a search finds others, too."""
        users = self._api.find("/users", _ids, {"search": email}, nothing=HIDDEN) or ()
        for number in users[:3]:
            user = self._api.find(f"/users/{number}", dict, nothing=HIDDEN) or {}
            if str(user.get("public_email") or "").lower() == email.lower():
                return Person(str(user["username"]), bool(user.get("bot")))
        return None


def _merged(answer: list[dict[str, Any]]) -> list[PullRequest]:
    requests = [merge_request(item) for item in answer]
    return [request for request in requests if request.state == "merged"]


def _ids(answer: list[dict[str, Any]]) -> list[int]:
    return [int(user["id"]) for user in answer]
