"""Pull requests, and the labels and comments on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitea.answers import Refused, as_json, not_found, nothing, paged
from releasio.standins.forge.gitea.merging import Merging
from releasio.standins.forge.gitea.people import shown_user
from releasio.standins.forge.gitea.routes import Route
from releasio.standins.forge.gitea.state import REPOSITORY, Comment, Label, Pull

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.routes import Asked
    from releasio.standins.forge.gitea.state import User


def listed(asked: Asked) -> Response:
    """List pull requests, those that changed last first."""
    state = asked.text("state", "open")
    pulls = [one for one in asked.state.pulls if state in {"all", one.state}]
    pulls.sort(key=lambda one: (one.updated_at, one.number), reverse=True)
    return paged(asked.request, [_shown(asked, one) for one in pulls], asked.address)


def one(asked: Asked) -> Response:
    """Show a pull request."""
    return as_json(_shown(asked, _pull(asked)))


def create(asked: Asked) -> Response:
    """Open a pull request; a pair of branches has one open at a time."""
    head, base = asked.text("head"), asked.text("base")
    for name in (head, base):
        if asked.git.ref(f"refs/heads/{name}") is None:
            raise not_found()
    for pull in asked.state.pulls:
        if (pull.head, pull.base, pull.state) == (head, base, "open"):
            words = f"pull request already exists for these targets [number: {pull.number}]"
            raise Refused(409, words)
    pull = Pull(
        number=next(asked.state.numbers),
        id=next(asked.state.ids),
        title=asked.text("title"),
        body=asked.text("body"),
        head=head,
        base=base,
        user=asked.user,
        updated_at=asked.now,
    )
    asked.state.pulls.append(pull)
    return as_json(_shown(asked, pull), 201)


def update(asked: Asked) -> Response:
    """Change a pull request."""
    pull = _pull(asked)
    pull.title, pull.body = asked.text("title", pull.title), asked.text("body", pull.body)
    if asked.text("state") == "closed":
        pull.state = "closed"
    return as_json(_shown(asked, pull), 201)


def update_issue(asked: Asked) -> Response:
    """Change who it is assigned to."""
    pull = _pull(asked)
    pull.assignees = [_user(asked, login) for login in asked.body.get("assignees") or ()]
    return as_json({"number": pull.number, "title": pull.title}, 201)


def merge(asked: Asked) -> Response:
    """Merge it, or have it merged after its checks."""
    pull, settings, style = _pull(asked), asked.state.settings, asked.body.get("Do", "merge")
    if settings.checking:
        settings.checking -= 1
        raise Refused(405, "Please try again later")
    if pull.draft:
        raise Refused(405, "Work in progress PRs cannot be merged")
    if style not in settings.methods:
        raise Refused(405, f"{style} is not allowed an allowed merge style for this repository")
    if asked.body.get("head_commit_id") not in {None, "", _head(asked, pull)}:
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
    pull = _pull(asked)
    for login in asked.body.get("reviewers") or ():
        pull.reviewers.append(_user(asked, login).login)
    for team in asked.body.get("team_reviewers") or ():
        if team not in asked.state.teams:
            raise Refused(404, f"Team '{team}' not exist")
        pull.teams.append(team)
    return as_json([], 201)


def add_comment(asked: Asked) -> Response:
    """Comment."""
    comment = Comment(
        id=next(asked.state.ids), body=asked.text("body"), user=asked.user, created_at=asked.now
    )
    _pull(asked).comments.append(comment)
    return as_json({"id": comment.id, "body": comment.body}, 201)


def labels(asked: Asked) -> Response:
    """List the labels of the repository."""
    return paged(asked.request, [_label(one) for one in asked.state.labels], asked.address)


def organisation_labels(asked: Asked) -> Response:
    """List the labels of the organisation."""
    if not asked.state.settings.organisation:
        raise not_found()
    labels = asked.state.organisation_labels
    return paged(asked.request, [_label(one) for one in labels], asked.address)


def make_label(asked: Asked) -> Response:
    """Make a label of the repository."""
    number = next(asked.state.ids)
    label = Label(id=number, name=asked.text("name"), color=asked.text("color"))
    asked.state.labels.append(label)
    return as_json(_label(label), 201)


def add_labels(asked: Asked) -> Response:
    """Label it, by the numbers of labels."""
    pull = _pull(asked)
    known = {one.id: one for one in (*asked.state.labels, *asked.state.organisation_labels)}
    for number in asked.body["labels"]:
        if number in known and known[number] not in pull.labels:
            pull.labels.append(known[number])
    return as_json([_label(one) for one in pull.labels])


def of_commit(asked: Asked) -> Response:
    """Show the pull request that a commit came with."""
    oid = asked.git.commit_of(asked.parts["sha"])
    for pull in asked.state.pulls:
        if oid is not None and oid in {*pull.commits, pull.merge_commit}:
            return as_json(_shown(asked, pull))
    raise not_found()


def _pull(asked: Asked) -> Pull:
    number = asked.number("number")
    for pull in asked.state.pulls:
        if pull.number == number:
            return pull
    raise not_found()


def _user(asked: Asked, login: str) -> User:
    user = asked.state.user(login)
    if user is None:
        raise Refused(404, f"user does not exist [uid: 0, name: {login}]")
    return user


def _head(asked: Asked, pull: Pull) -> str:
    return _head_of(pull, asked.git.ref(f"refs/heads/{pull.head}"))


def _head_of(pull: Pull, branch: str | None) -> str:
    return pull.head_commit if pull.state == "closed" or branch is None else branch


def _shown(asked: Asked, pull: Pull) -> dict[str, Any]:
    branch = asked.git.ref(f"refs/heads/{pull.head}")
    ref = f"refs/pull/{pull.number}/head" if branch is None else pull.head
    return {
        "id": pull.id,
        "number": pull.number,
        "title": pull.title,
        "body": pull.body,
        "state": pull.state,
        "draft": pull.draft,
        "merged": pull.merged,
        "merge_commit_sha": pull.merge_commit,
        "html_url": f"{asked.page}/pulls/{pull.number}",
        "head": {
            "label": pull.head,
            "ref": ref,
            "sha": _head_of(pull, branch),
            "repo_id": pull.head_repository,
        },
        "base": {"label": pull.base, "ref": pull.base, "repo_id": REPOSITORY},
        "user": shown_user(asked, pull.user),
        "labels": [_label(label) for label in pull.labels],
        "assignees": [shown_user(asked, user) for user in pull.assignees],
        "updated_at": pull.updated_at,
    }


def _label(label: Label) -> dict[str, Any]:
    return {"id": label.id, "name": label.name, "color": label.color.lstrip("#")}


_ROOT = "/repos/:owner/:repo"
ROUTES = {
    f"GET {_ROOT}/pulls": Route(listed),
    f"POST {_ROOT}/pulls": Route(create),
    f"GET {_ROOT}/pulls/:number": Route(one),
    f"PATCH {_ROOT}/pulls/:number": Route(update, role="write"),
    f"POST {_ROOT}/pulls/:number/merge": Route(merge, role="write"),
    f"POST {_ROOT}/pulls/:number/requested_reviewers": Route(request_reviews, role="write"),
    f"PATCH {_ROOT}/issues/:number": Route(update_issue, "issue", "write"),
    f"POST {_ROOT}/issues/:number/comments": Route(add_comment, "issue"),
    f"POST {_ROOT}/issues/:number/labels": Route(add_labels, "issue", "write"),
    f"GET {_ROOT}/labels": Route(labels, "issue"),
    f"POST {_ROOT}/labels": Route(make_label, "issue", "write"),
    "GET /orgs/:organisation/labels": Route(organisation_labels, "organization"),
    f"GET {_ROOT}/commits/:sha/pull": Route(of_commit),
}
