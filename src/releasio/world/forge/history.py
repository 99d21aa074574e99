"""Where commits came from, on a forge that is asked for each of them by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.forge.pull_request import CommitOrigin
from releasio.world.forge.api import HIDDEN
from releasio.world.parallel import of_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.rules.forge.pull_request import PullRequest
    from releasio.world.forge.api import Api

_MOST = 300  # commits; the first ones count


@frozen
class Person:
    """An account: the login, and whether it is a bot."""

    login: str
    is_bot: bool


class AskedHistory:
    """
    Commits of one repository; what was learned is kept.

    A forge says by which request a commit's pull request is found, how its list of commits is
    asked for, and whose the addresses in them are.
    """

    _api: Api
    _page_size: int

    def __init__(self) -> None:
        self._requests: dict[str, PullRequest | None] = {}
        self._emails: dict[str, tuple[str, ...]] = {}  # the author's, then the co-authors'
        self._people: dict[str, Person | None] = {}  # by address

    def origins(self, commits: Sequence[str]) -> dict[str, CommitOrigin]:
        """Return what is known of the first 300 *commits*."""
        asked = tuple(commits[:_MOST])
        if new := [oid for oid in asked if oid not in self._requests]:
            self._requests |= zip(new, of_each(self._request_of, new), strict=True)
        self._read_emails(asked)
        self._read_people(asked)
        origins = {oid: self._origin(oid) for oid in asked}
        return {oid: origin for oid, origin in origins.items() if origin != CommitOrigin()}

    def _request_of(self, oid: str) -> PullRequest | None:
        """Return the merged pull request that *oid* came with."""
        raise NotImplementedError

    def _list_from(self, oid: str) -> tuple[str, dict[str, str | int]]:
        """Return path and query of the list of commits that begins with *oid*."""
        raise NotImplementedError

    def _authors(self, answer: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        """Return the id and the addresses of a commit in that list."""
        raise NotImplementedError

    def _person_of(self, email: str) -> Person | None:
        """Return whose address *email* is; None: nobody's, as far as that is known."""
        return self._people.get(email)

    def _read_people(self, commits: Sequence[str]) -> None:
        """Find out whose the addresses of *commits* are, where the list of commits does not say."""

    def _read_emails(self, commits: Sequence[str]) -> None:
        """Read the addresses of *commits*, a page at a time, from the first one downwards."""
        missing = {oid for oid in commits if oid not in self._emails}
        if not missing:
            return
        path, query = self._list_from(next(oid for oid in commits if oid in missing))
        pages = len(missing) // self._page_size + 2
        for oid, emails in self._api.each(path, self._authors, query, pages=pages, nothing=HIDDEN):
            self._emails[oid] = emails
            missing.discard(oid)
            if not missing:
                return

    def _origin(self, oid: str) -> CommitOrigin:
        author, *co_authors = self._emails.get(oid) or ("",)
        person, request = self._person_of(author), self._requests.get(oid)
        co_people = ((email, self._person_of(email)) for email in co_authors)
        return CommitOrigin(
            login=person.login if person else None,
            co_logins=tuple((email, person.login) for email, person in co_people if person),
            is_bot=bool(person and person.is_bot),
            number=request.number if request else None,
            title=request.title if request else "",
            labels=request.labels if request else (),
            url=request.url if request else "",
        )
