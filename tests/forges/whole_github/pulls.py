"""Pull requests by themselves, and those that a commit came with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import as_json, paged, refuse
from releasio.standins.forge.github.pulls.opening import with_commit
from releasio.standins.forge.github.pulls.page import find, full, settle, simple
from releasio.standins.forge.github.routes import Route
from tests.forges.whole_github import merging

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked


def get(asked: Asked) -> Response:
    """Show one."""
    return as_json(full(asked.hub, find(asked)))


def of_commit(asked: Asked) -> Response:
    """List those that a commit came with, or is to come with."""
    hub, commit = asked.hub, asked.place["commit"]
    settle(hub)
    if hub.git.commit_of(commit) is None:
        raise refuse(422, f"No commit found for SHA: {commit}")
    entries = [simple(hub, pull) for pull in with_commit(hub, commit)]
    return paged(asked.request, entries, f"{hub.addresses.repository}/commits/{commit}/pulls")


_PULL, _P = "/pulls/<int:number>", "pull_requests"
ROUTES = (
    Route("pulls/get", "GET", _PULL, _P, "read", get),
    Route("pulls/merge", "PUT", f"{_PULL}/merge", "contents", "write", merging.put),
    Route(
        "repos/list-pull-requests-associated-with-commit",
        *("GET", "/commits/<commit>/pulls", _P, "read"),
        of_commit,
    ),
)
