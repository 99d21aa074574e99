"""Pull requests that are merged, reviewed and talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitea import pulls
from releasio.standins.forge.gitea.answers import Refused, as_json, not_found, nothing
from releasio.standins.forge.gitea.pulls import ROOT, head_of, requested
from releasio.standins.forge.gitea.routes import Route
from tests.forges.whole_gitea.merging import Merging
from tests.forges.whole_gitea.state import Comment

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.state import Pull, User
    from tests.forges.whole_gitea.state import Asked


def update_issue(asked: Asked) -> Response:
    """Change who it is assigned to."""
    pull = requested(asked)
    pull.assignees = [_user(asked, login) for login in asked.body.get("assignees") or ()]
    return as_json({"number": pull.number, "title": pull.title}, 201)


def merge(asked: Asked) -> Response:
    """Merge it, or have it merged after its checks."""
    pull, settings, style = requested(asked), asked.state.settings, asked.body.get("Do", "merge")
    if settings.checking:
        settings.checking -= 1
        raise Refused(405, "Please try again later")
    if pull.draft:
        raise Refused(405, "Work in progress PRs cannot be merged")
    if style not in settings.methods:
        raise Refused(405, f"{style} is not allowed an allowed merge style for this repository")
    if asked.body.get("head_commit_id") not in {None, "", head_of(asked, pull)}:
        raise Refused(409, "head out of date")
    if settings.checks_pending:
        if not asked.body.get("merge_when_checks_succeed"):
            raise Refused(405, "Not all required status checks successful")
        if pull.auto_merge is not None:
            raise Refused(409, "already scheduled to auto merge when checks succeed")
        pull.auto_merge = style
        return nothing(201)
    merge_as(asked, pull, style)
    if asked.body.get("delete_branch_after_merge"):
        asked.git.delete_ref(f"refs/heads/{pull.head}")
    return nothing(200)


def merge_as(asked: Asked, pull: Pull, style: Any) -> None:  # noqa: ANN401 -- as it was asked for
    """Merge *pull* as the sender."""
    who = Person(asked.user.login, next(iter(asked.user.emails), "nobody@noreply.invalid"))
    Merging(asked.git, who, asked.now).merge(pull, style)


def request_reviews(asked: Asked) -> Response:
    """Ask people and teams for reviews."""
    pull = requested(asked)
    for login in asked.body.get("reviewers") or ():
        asked.state.reviewers.setdefault(pull.number, []).append(_user(asked, login).login)
    for team in asked.body.get("team_reviewers") or ():
        if team not in asked.state.teams:
            raise Refused(404, f"Team '{team}' not exist")
        asked.state.asked_teams.setdefault(pull.number, []).append(team)
    return as_json([], 201)


def add_comment(asked: Asked) -> Response:
    """Comment."""
    comment = Comment(
        id=next(asked.state.ids), body=asked.text("body"), user=asked.user, created_at=asked.now
    )
    asked.state.comments.setdefault(requested(asked).number, []).append(comment)
    return as_json({"id": comment.id, "body": comment.body}, 201)


def _organisation_labels(asked: Asked) -> Response:
    if not asked.state.settings.organisation:
        raise not_found()
    return pulls.organisation_labels(asked)


def _user(asked: Asked, login: str) -> User:
    user = asked.state.user(login)
    if user is None:
        raise Refused(404, f"user does not exist [uid: 0, name: {login}]")
    return user


ROUTES = {
    f"POST {ROOT}/pulls/:number/merge": Route(merge, role="write"),
    f"POST {ROOT}/pulls/:number/requested_reviewers": Route(request_reviews, role="write"),
    f"PATCH {ROOT}/issues/:number": Route(update_issue, "issue", "write"),
    f"POST {ROOT}/issues/:number/comments": Route(add_comment, "issue"),
    "GET /orgs/:organisation/labels": Route(_organisation_labels, "organization"),
}
