"""Where commits came from, as Gitea knows it; and workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.forge.co_authors import co_author_emails
from releasio.rules.forge.pull_request import CommitOrigin, PullRequest
from releasio.world.forge.api import HIDDEN
from releasio.world.forge.gitea.pull_requests import pull_request
from releasio.world.parallel import of_each

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from releasio.world.forge.api import Api
    from releasio.world.forge.gitea.repository import GiteaRepository

_MOST = 300  # commits, for Gitea is asked for each of them; the first ones count
_SIZE = 50  # entries of a page
_BOTS = frozenset({"gitea-actions", "forgejo-actions"})


@frozen
class Authors:
    """
    Who made a commit.

    Attributes:
        email: The author's address.
        login: Of the account that has proven it; None: there is none.
        co_emails: The addresses in its trailers.
    """

    email: str
    login: str | None
    co_emails: tuple[str, ...]


class History:
    """Commits and workflows; see `Forge` for what each method does; what was learned is kept."""

    _api: Api
    _repository: GiteaRepository
    _pulls: dict[str, PullRequest | None]
    _authors: dict[str, Authors]

    def origins(self, commits: Sequence[str]) -> dict[str, CommitOrigin]:
        """Return what is known of the first 300 *commits*."""
        asked = tuple(commits[:_MOST])
        if new := [oid for oid in asked if oid not in self._pulls]:
            self._pulls |= zip(new, of_each(self._pull_of, new), strict=True)
        self._read_authors(asked)
        logins = {author.email.lower(): author.login for author in self._authors.values()}
        origins = {oid: self._origin(oid, logins) for oid in asked}
        return {oid: origin for oid, origin in origins.items() if origin != CommitOrigin()}

    def dispatch(self, workflow: str, ref: str, inputs: Mapping[str, str]) -> None:
        """Start a workflow."""
        path = self._repository.path("actions", "workflows", workflow, "dispatches")
        body = {"ref": ref, "inputs": dict(inputs)}
        self._api.change("POST", path, f"start the workflow {workflow}", body)

    def _pull_of(self, oid: str) -> PullRequest | None:
        path = self._repository.path("commits", oid, "pull")
        request = self._api.find(path, pull_request, nothing=HIDDEN)
        return request if request is not None and request.state == "merged" else None

    def _read_authors(self, commits: Sequence[str]) -> None:
        """Read who made *commits*, fifty at a time, from the first one downwards."""
        missing = {oid for oid in commits if oid not in self._authors}
        if not missing:
            return
        first = next(oid for oid in commits if oid in missing)
        path = self._repository.path("commits")
        leave_out = dict.fromkeys(("stat", "verification", "files"), "false")
        query: dict[str, str | int] = {"sha": first, "limit": _SIZE, **leave_out}
        pages = len(missing) // _SIZE + 2
        for oid, authors in self._api.each(path, _authors, query, pages=pages, nothing=HIDDEN):
            self._authors[oid] = authors
            missing.discard(oid)
            if not missing:
                return

    def _origin(self, oid: str, logins: Mapping[str, str | None]) -> CommitOrigin:
        authors, request = self._authors.get(oid), self._pulls.get(oid)
        login = authors.login if authors else None
        co_authors = authors.co_emails if authors else ()
        co_logins = ((email, logins.get(email.lower())) for email in co_authors)
        return CommitOrigin(
            login=login,
            co_logins=tuple((email, name) for email, name in co_logins if name),
            is_bot=login in _BOTS or (login or "").endswith("[bot]"),
            number=request.number if request else None,
            title=request.title if request else "",
            labels=request.labels if request else (),
            url=request.url if request else "",
        )


def _authors(answer: dict[str, Any]) -> tuple[str, Authors]:
    entry = answer["commit"]
    co_emails = co_author_emails(str(entry.get("message") or ""))
    login = (answer.get("author") or {}).get("login") or None
    return str(answer["sha"]), Authors(str(entry["author"]["email"]), login, co_emails)
