"""Which address of GitHub's interface does what, and the permission it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from releasio.standins.forge.github import assets, branches, releases, repository
from releasio.standins.forge.github.graphql.answering import answer as graphql
from releasio.standins.forge.github.hub import Asked
from releasio.standins.forge.github.pulls import opening
from releasio.standins.forge.github.tokens import demand

if TYPE_CHECKING:
    from werkzeug.wrappers import Request

API, UPLOADS = "/api/v3", "/api/uploads"
_REPO = "/repos/<owner>/<repo>"
Handler = Callable[[Asked], Response]
Level = Literal["read", "write", "admin"]


@dataclass(frozen=True)
class Route:
    """
    One operation.

    Attributes:
        operation: Its name in GitHub's OpenAPI document.
        method: Of the request.
        path: Below `/repos/{owner}/{repo}`, or whole where it begins elsewhere.
        permission: What the token needs; empty: it need not even be there.
        level: And to which level.
        handler: Answers.
    """

    operation: str
    method: str
    path: str
    permission: str
    level: Level
    handler: Handler

    def answer(self, asked: Asked) -> Response:
        """
        Return the answer.

        Raises:
            Refused: The token may not do that, or it cannot be done.
        """
        if self.permission:
            demand(asked.hub.state, asked.token, self.permission, self.level)
        return self.handler(asked)


def _upload(asked: Asked) -> Response:
    return assets.upload(asked, releases.find(asked))


def _list_assets(asked: Asked) -> Response:
    return assets.list_all(asked, releases.find(asked))


_RELEASE, _PULL = "/releases/<int:release_id>", "/pulls/<int:number>"
_P = "pull_requests"
ROUTES = (
    Route("repos/get", "GET", "", "metadata", "read", repository.get),
    Route("repos/list-releases", "GET", "/releases", "contents", "read", releases.list_all),
    Route("repos/create-release", "POST", "/releases", "contents", "write", releases.create),
    Route(
        "repos/get-release-by-tag",
        *("GET", "/releases/tags/<path:tag>", "contents", "read"),
        releases.by_tag,
    ),
    Route("repos/update-release", "PATCH", _RELEASE, "contents", "write", releases.update),
    Route(
        "repos/list-release-assets", "GET", f"{_RELEASE}/assets", "contents", "read", _list_assets
    ),
    Route(
        "repos/upload-release-asset",
        *("POST", f"{UPLOADS}{_REPO}{_RELEASE}/assets", "contents", "write"),
        _upload,
    ),
    Route("pulls/list", "GET", "/pulls", _P, "read", opening.list_all),
    Route("pulls/create", "POST", "/pulls", _P, "write", opening.create),
    Route("pulls/update", "PATCH", _PULL, _P, "write", opening.update),
    Route(
        "issues/add-labels",
        *("POST", "/issues/<int:number>/labels", "issues", "write"),
        opening.add_labels,
    ),
    Route("git/get-ref", "GET", "/git/ref/<path:ref>", "contents", "read", branches.get_ref),
    Route(
        "git/get-commit", "GET", "/git/commits/<commit>", "contents", "read", branches.get_commit
    ),
    Route("repos/get-branch", "GET", "/branches/<path:branch>", "contents", "read", branches.get),
    Route(
        "repos/get-branch-rules",
        *("GET", "/rules/branches/<path:branch>", "metadata", "read"),
        branches.no_rules,
    ),
    Route("repos/get-repo-rulesets", "GET", "/rulesets", "metadata", "read", branches.no_rules),
    Route("graphql", "POST", "/api/graphql", "", "read", graphql),
)


@cache  # to compile them takes longer than most tests that ask
def _map_of(routes: tuple[Route, ...]) -> Map:
    rules = [
        Rule(
            route.path if route.path.startswith("/api/") else f"{API}{_REPO}{route.path}",
            methods=[route.method],
            endpoint=route,
            merge_slashes=False,
        )
        for route in routes
    ]
    return Map(rules, strict_slashes=True, redirect_defaults=False, merge_slashes=False)


class Table:
    """The routes, to be looked up."""

    def __init__(self, routes: Iterable[Route] = ROUTES) -> None:
        self._map = _map_of(tuple(routes))

    def find(self, request: Request) -> tuple[Route, dict[str, Any]] | None:
        """Return who answers *request*, and the parts of its path; None: nobody."""
        try:
            route, place = self._map.bind_to_environ(request.environ).match()
        except HTTPException:
            return None
        return route, dict(place)
