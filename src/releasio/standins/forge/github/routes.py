"""Which address of GitHub's interface does what, and the permission it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Response

from releasio.standins.forge.github import assets, releases, repository
from releasio.standins.forge.github.branches import environments, refs, rules, workflows
from releasio.standins.forge.github.graphql.answering import answer as graphql
from releasio.standins.forge.github.hub import Asked
from releasio.standins.forge.github.pulls import conversation, merging, opening
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


def _asset(asked: Asked) -> Response:
    return assets.get(asked, *assets.find(asked, releases.visible(asked)))


def _update_asset(asked: Asked) -> Response:
    return assets.update(asked, *assets.find(asked, releases.visible(asked)))


def _delete_asset(asked: Asked) -> Response:
    return assets.delete(*assets.find(asked, releases.visible(asked)))


_RELEASE, _ASSET = "/releases/<int:release_id>", "/releases/assets/<int:asset_id>"
RELEASES = (
    Route("repos/list-releases", "GET", "/releases", "contents", "read", releases.list_all),
    Route("repos/create-release", "POST", "/releases", "contents", "write", releases.create),
    Route(
        "repos/get-latest-release", "GET", "/releases/latest", "contents", "read", releases.latest
    ),
    Route(
        "repos/get-release-by-tag",
        *("GET", "/releases/tags/<path:tag>", "contents", "read"),
        releases.by_tag,
    ),
    Route("repos/get-release", "GET", _RELEASE, "contents", "read", releases.get),
    Route("repos/update-release", "PATCH", _RELEASE, "contents", "write", releases.update),
    Route("repos/delete-release", "DELETE", _RELEASE, "contents", "write", releases.delete),
    Route(
        "repos/list-release-assets", "GET", f"{_RELEASE}/assets", "contents", "read", _list_assets
    ),
    Route("repos/get-release-asset", "GET", _ASSET, "contents", "read", _asset),
    Route("repos/update-release-asset", "PATCH", _ASSET, "contents", "write", _update_asset),
    Route("repos/delete-release-asset", "DELETE", _ASSET, "contents", "write", _delete_asset),
    Route(
        "repos/check-immutable-releases",
        *("GET", "/immutable-releases", "administration", "read"),
        releases.immutability,
    ),
    Route(
        "repos/upload-release-asset",
        *("POST", f"{UPLOADS}{_REPO}{_RELEASE}/assets", "contents", "write"),
        _upload,
    ),
)
REPOSITORY = (
    Route("repos/get", "GET", "", "metadata", "read", repository.get),
    Route("users/get-authenticated", "GET", f"{API}/user", "", "read", repository.viewer),
    Route("rate-limit/get", "GET", f"{API}/rate_limit", "", "read", repository.rate_limit),
)
_PULL, _ISSUE = "/pulls/<int:number>", "/issues/<int:number>"
_P, _I = "pull_requests", "issues"
PULLS = (
    Route("pulls/list", "GET", "/pulls", _P, "read", opening.list_all),
    Route("pulls/create", "POST", "/pulls", _P, "write", opening.create),
    Route("pulls/get", "GET", _PULL, _P, "read", opening.get),
    Route("pulls/update", "PATCH", _PULL, _P, "write", opening.update),
    Route("pulls/merge", "PUT", f"{_PULL}/merge", "contents", "write", merging.put),
    Route(
        "pulls/request-reviewers",
        *("POST", f"{_PULL}/requested_reviewers", _P, "write"),
        conversation.request_reviews,
    ),
    Route(
        "repos/list-pull-requests-associated-with-commit",
        *("GET", "/commits/<commit>/pulls", _P, "read"),
        opening.of_commit,
    ),
    Route(
        "issues/list-comments", "GET", f"{_ISSUE}/comments", _I, "read", conversation.list_comments
    ),
    Route(
        "issues/create-comment", "POST", f"{_ISSUE}/comments", _I, "write", conversation.add_comment
    ),
    Route("issues/add-labels", "POST", f"{_ISSUE}/labels", _I, "write", conversation.add_labels),
    Route("issues/add-assignees", "POST", f"{_ISSUE}/assignees", _I, "write", conversation.assign),
    Route("issues/list-labels-for-repo", "GET", "/labels", _I, "read", conversation.list_labels),
    Route("issues/create-label", "POST", "/labels", _I, "write", conversation.create_label),
    Route("issues/get-label", "GET", "/labels/<name>", _I, "read", conversation.get_label),
)
_REF, _WORKFLOW = "/git/refs/<path:ref>", "/actions/workflows/<workflow>"
BRANCHES = (
    Route("git/get-ref", "GET", "/git/ref/<path:ref>", "contents", "read", refs.get),
    Route("git/create-ref", "POST", "/git/refs", "contents", "write", refs.create),
    Route("git/update-ref", "PATCH", _REF, "contents", "write", refs.update),
    Route("git/delete-ref", "DELETE", _REF, "contents", "write", refs.delete),
    Route("git/get-commit", "GET", "/git/commits/<commit>", "contents", "read", refs.get_commit),
    Route("repos/get-branch", "GET", "/branches/<path:branch>", "contents", "read", rules.branch),
    Route(
        "repos/get-branch-protection",
        *("GET", "/branches/<path:branch>/protection", "administration", "read"),
        rules.protection,
    ),
    Route(
        "repos/get-branch-rules",
        *("GET", "/rules/branches/<path:branch>", "metadata", "read"),
        rules.of_branch,
    ),
    Route("repos/get-repo-rulesets", "GET", "/rulesets", "metadata", "read", rules.list_all),
    Route(
        "repos/get-repo-ruleset",
        *("GET", "/rulesets/<int:ruleset_id>", "metadata", "read"),
        rules.get,
    ),
    Route(
        "repos/get-all-environments",
        *("GET", "/environments", "actions", "read"),
        environments.list_all,
    ),
    Route(
        "repos/list-deployment-branch-policies",
        *("GET", "/environments/<path:name>/deployment-branch-policies", "actions", "read"),
        environments.list_policies,
    ),
    Route(
        "actions/create-workflow-dispatch",
        *("POST", f"{_WORKFLOW}/dispatches", "actions", "write"),
        workflows.dispatch,
    ),
    Route(
        "actions/list-workflow-runs",
        *("GET", f"{_WORKFLOW}/runs", "actions", "read"),
        workflows.list_runs,
    ),
)
GRAPHQL = (Route("graphql", "POST", "/api/graphql", "", "read", graphql),)
ROUTES = (*REPOSITORY, *RELEASES, *PULLS, *BRANCHES, *GRAPHQL)


class Table:
    """The routes, to be looked up."""

    def __init__(self, routes: tuple[Route, ...] = ROUTES) -> None:
        rules = [
            Rule(
                route.path if route.path.startswith("/api/") else f"{API}{_REPO}{route.path}",
                methods=[route.method],
                endpoint=route,
                merge_slashes=False,
            )
            for route in routes
        ]
        self._map = Map(rules, strict_slashes=True, redirect_defaults=False, merge_slashes=False)

    def find(self, request: Request) -> tuple[Route, dict[str, Any]] | None:
        """Return who answers *request*, and the parts of its path; None: nobody."""
        try:
            route, place = self._map.bind_to_environ(request.environ).match()
        except HTTPException:
            return None
        return route, dict(place)
