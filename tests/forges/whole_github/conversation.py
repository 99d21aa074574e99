"""What people say and set on a pull request: comments, reviewers, assignees, and other labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github import pages
from releasio.standins.forge.github.answers import as_json, invalid, paged, refuse
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.pulls.opening import new_label
from releasio.standins.forge.github.pulls.page import find, simple
from releasio.standins.forge.github.routes import Route
from releasio.standins.forge.github.state import ROLES, Comment

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON
    from releasio.standins.forge.github.state import Pull


_NO_COLLABORATOR = (
    "Reviews may only be requested from collaborators. One or more of the users or teams you "
    "specified is not a collaborator of the {} repository."
)


def list_comments(asked: Asked) -> Response:
    """List the comments, the oldest first."""
    hub, pull = asked.hub, find(asked)
    entries = [comment(hub, pull, one) for one in pull.comments]
    return paged(
        asked.request, entries, f"{hub.addresses.repository}/issues/{pull.number}/comments"
    )


def add_comment(asked: Asked) -> Response:
    """Say something."""
    hub, pull = asked.hub, find(asked)
    if not asked.text("body"):
        raise refuse(422, 'Invalid request.\n\n"body" wasn\'t supplied.')
    one = Comment(id=hub.number(), user=asked.login, body=asked.text("body"), created_at=hub.now())
    pull.comments.append(one)
    return as_json(comment(hub, pull, one), 201)


def list_labels(asked: Asked) -> Response:
    """List the labels of the repository."""
    entries = [pages.label(asked.hub.addresses, one) for one in asked.hub.state.labels]
    return paged(asked.request, entries, f"{asked.hub.addresses.repository}/labels")


def get_label(asked: Asked) -> Response:
    """Show a label of the repository."""
    for one in asked.hub.state.labels:
        if one.name.lower() == asked.place["name"].lower():
            return as_json(pages.label(asked.hub.addresses, one))
    raise refuse(404, "Not Found")


def create_label(asked: Asked) -> Response:
    """Make a label."""
    name = asked.text("name")
    if any(one.name.lower() == name.lower() for one in asked.hub.state.labels):
        raise invalid(resource="Label", field="name", code="already_exists")
    one = new_label(asked.hub, name)
    one.color = asked.text("color", one.color)
    one.description = asked.text("description") or None
    return as_json(pages.label(asked.hub.addresses, one), 201)


def assign(asked: Asked) -> Response:
    """Assign it; who has no right to the repository is passed over in silence."""
    hub, pull = asked.hub, find(asked)
    for login in asked.texts("assignees"):
        if _rank(hub, login) >= ROLES.index("read") and login not in pull.assignees:
            pull.assignees.append(hub.state.account(login).login)
    return as_json(issue(hub, pull), 201)


def request_reviews(asked: Asked) -> Response:
    """Ask for a look at it."""
    hub, pull = asked.hub, find(asked)
    reviewers, teams = asked.texts("reviewers"), asked.texts("team_reviewers")
    owner = hub.addresses.slug.rpartition("/")[0]
    if pull.user in reviewers:
        raise refuse(422, "Review cannot be requested from pull request author.")
    strangers = [login for login in reviewers if _rank(hub, login) < ROLES.index("read")]
    strangers += [slug for slug in teams if f"{owner}/{slug}" not in hub.state.teams]
    if strangers:
        raise refuse(422, _NO_COLLABORATOR.format(hub.addresses.slug))
    _extend(pull, reviewers, [f"{owner}/{slug}" for slug in teams])
    return as_json(simple(hub, pull), 201)


def _extend(pull: Pull, reviewers: list[str], teams: list[str]) -> None:
    pull.reviewers += [login for login in reviewers if login not in pull.reviewers]
    pull.team_reviewers += [team for team in teams if team not in pull.team_reviewers]


def _rank(hub: Hub, login: str) -> int:
    return ROLES.index(hub.state.account(login).role)


def issue(hub: Hub, pull: Pull) -> JSON:
    """Show one as an issue, which it is, too."""
    one = simple(hub, pull)
    api = one["issue_url"]
    same = (
        *("id", "node_id", "html_url", "number", "state", "title", "user", "labels", "assignee"),
        *("assignees", "milestone", "locked", "closed_at", "created_at", "updated_at", "body"),
    )
    return {
        **{name: one[name] for name in (*same, "author_association", "draft")},
        "url": api,
        "repository_url": hub.addresses.repository,
        "labels_url": f"{api}/labels{{/name}}",
        "comments_url": one["comments_url"],
        "events_url": f"{api}/events",
        "comments": len(pull.comments),
        "pull_request": {name: one[name] for name in ("url", "html_url", "diff_url", "patch_url")},
    }


def comment(hub: Hub, pull: Pull, one: Comment) -> JSON:
    """Show a comment."""
    return {
        "id": one.id,
        "node_id": node_id("IC", one.id),
        "url": f"{hub.addresses.repository}/issues/comments/{one.id}",
        "html_url": f"{hub.addresses.page}/pull/{pull.number}#issuecomment-{one.id}",
        "issue_url": f"{hub.addresses.repository}/issues/{pull.number}",
        "user": hub.user(one.user),
        "created_at": one.created_at,
        "updated_at": one.created_at,
        "author_association": "MEMBER",
        "body": one.body,
    }


_ISSUE, _I = "/issues/<int:number>", "issues"
ROUTES = (
    Route(
        "pulls/request-reviewers",
        *("POST", "/pulls/<int:number>/requested_reviewers", "pull_requests", "write"),
        request_reviews,
    ),
    Route("issues/list-comments", "GET", f"{_ISSUE}/comments", _I, "read", list_comments),
    Route("issues/create-comment", "POST", f"{_ISSUE}/comments", _I, "write", add_comment),
    Route("issues/add-assignees", "POST", f"{_ISSUE}/assignees", _I, "write", assign),
    Route("issues/list-labels-for-repo", "GET", "/labels", _I, "read", list_labels),
    Route("issues/create-label", "POST", "/labels", _I, "write", create_label),
    Route("issues/get-label", "GET", "/labels/<name>", _I, "read", get_label),
)
