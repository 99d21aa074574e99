"""Where commits came from, as Gitea knows it; and workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.rules.forge.co_authors import co_author_emails
from releasio.world.forge.api import HIDDEN
from releasio.world.forge.gitea.pull_requests import pull_request
from releasio.world.forge.history import AskedHistory, Person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.pull_request import PullRequest
    from releasio.world.forge.gitea.repository import GiteaRepository

_BOTS = frozenset({"gitea-actions", "forgejo-actions"})


class History(AskedHistory):
    """Commits and workflows; see `Forge` for what each method does."""

    _repository: GiteaRepository
    _page_size = 50

    def dispatch(self, workflow: str, ref: str, inputs: Mapping[str, str]) -> None:
        """Start a workflow."""
        path = self._repository.path("actions", "workflows", workflow, "dispatches")
        body = {"ref": ref, "inputs": dict(inputs)}
        self._api.change("POST", path, f"start the workflow {workflow}", body)

    def _request_of(self, oid: str) -> PullRequest | None:
        path = self._repository.path("commits", oid, "pull")
        request = self._api.find(path, pull_request, nothing=HIDDEN)
        return request if request is not None and request.state == "merged" else None

    def _list_from(self, oid: str) -> tuple[str, dict[str, str | int]]:
        leave_out = dict.fromkeys(("stat", "verification", "files"), "false")
        return self._repository.path("commits"), {"sha": oid, "limit": self._page_size, **leave_out}

    def _authors(self, answer: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
        commit = answer["commit"]
        email, login = str(commit["author"]["email"]), (answer.get("author") or {}).get("login")
        is_bot = login in _BOTS or (login or "").endswith("[bot]")
        self._people[email.lower()] = Person(login, is_bot) if login else None
        return str(answer["sha"]), (email, *co_author_emails(str(commit.get("message") or "")))

    def _person_of(self, email: str) -> Person | None:
        return self._people.get(email.lower())
