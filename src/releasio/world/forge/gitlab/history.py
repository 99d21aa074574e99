"""
Where commits came from: their merge requests and authors.

Source: https://docs.gitlab.com/api/commits/
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.forge.co_authors import co_author_emails
from releasio.rules.forge.pull_request import CommitOrigin, PullRequest
from releasio.world.forge.api import HIDDEN
from releasio.world.forge.gitlab.merge_requests import merge_request
from releasio.world.parallel import of_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.world.forge.api import Api
    from releasio.world.forge.gitlab.project import Project

_MOST = 300  # commits, for GitLab is asked for each of them; the first ones count
_MOST_PEOPLE = 50


@frozen
class Person:
    """A user whose address is public: the login, and whether it is a bot."""

    login: str
    is_bot: bool


class History:
    """Commits of one project; see `Forge` for what each method does; what was learned is kept."""

    _api: Api
    _project: Project
    _requests: dict[str, PullRequest | None]
    _emails: dict[str, tuple[str, ...]]  # the author's, then the co-authors'
    _people: dict[str, Person | None]

    def origins(self, commits: Sequence[str]) -> dict[str, CommitOrigin]:
        """Return what is known of the first 300 *commits*."""
        asked = tuple(commits[:_MOST])
        self._read_requests([oid for oid in asked if oid not in self._requests])
        self._read_emails(asked)
        self._read_people(asked)
        origins = {oid: self._origin(oid) for oid in asked}
        return {oid: origin for oid, origin in origins.items() if origin != CommitOrigin()}

    def _read_requests(self, commits: Sequence[str]) -> None:
        if commits:
            self._requests |= zip(commits, of_each(self._request_of, commits), strict=True)

    def _request_of(self, oid: str) -> PullRequest | None:
        path = self._project.path("repository", "commits", oid, "merge_requests")
        answer = self._api.find(path, _merged, nothing=HIDDEN)
        return answer[0] if answer else None

    def _read_emails(self, commits: Sequence[str]) -> None:
        """Read the addresses of *commits* by the hundred, from the first one downwards."""
        missing = {oid for oid in commits if oid not in self._emails}
        if not missing:
            return
        first = next(oid for oid in commits if oid in missing)
        path = self._project.path("repository", "commits")
        query: dict[str, str | int] = {"ref_name": first, "per_page": 100}
        pages = len(missing) // 100 + 2
        for oid, emails in self._api.each(path, _emails, query, pages=pages, nothing=HIDDEN):
            self._emails[oid] = emails
            missing.discard(oid)
            if not missing:
                return

    def _read_people(self, commits: Sequence[str]) -> None:
        emails = dict.fromkeys(email for oid in commits for email in self._emails.get(oid, ()))
        unknown = [email for email in emails if email not in self._people][:_MOST_PEOPLE]
        if unknown:
            self._people |= zip(unknown, of_each(self._person, unknown), strict=True)

    def _person(self, email: str) -> Person | None:
        """Return the user whose public address is *email*: a search finds others, too."""
        users = self._api.find("/users", _ids, {"search": email}, nothing=HIDDEN) or ()
        for number in users[:3]:
            user = self._api.find(f"/users/{number}", dict, nothing=HIDDEN) or {}
            if str(user.get("public_email") or "").lower() == email.lower():
                return Person(str(user["username"]), bool(user.get("bot")))
        return None

    def _origin(self, oid: str) -> CommitOrigin:
        author, *co_authors = self._emails.get(oid) or ("",)
        person, request = self._people.get(author), self._requests.get(oid)
        logins = ((email, self._people.get(email)) for email in co_authors)
        return CommitOrigin(
            login=person.login if person else None,
            co_logins=tuple((email, person.login) for email, person in logins if person),
            is_bot=bool(person and person.is_bot),
            number=request.number if request else None,
            title=request.title if request else "",
            labels=request.labels if request else (),
            url=request.url if request else "",
        )


def _merged(answer: list[dict[str, Any]]) -> list[PullRequest]:
    requests = [merge_request(item) for item in answer]
    return [request for request in requests if request.state == "merged"]


def _emails(answer: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    co_authors = co_author_emails(str(answer.get("message") or ""))
    return str(answer["id"]), (str(answer["author_email"]), *co_authors)


def _ids(answer: list[dict[str, Any]]) -> list[int]:
    return [int(user["id"]) for user in answer]
