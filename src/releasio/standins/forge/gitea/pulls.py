"""Pull requests, and the labels on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitea.answers import Refused, as_json, not_found, paged
from releasio.standins.forge.gitea.people import shown_user
from releasio.standins.forge.gitea.routes import Route
from releasio.standins.forge.gitea.state import REPOSITORY, Label, Pull

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.routes import Asked


def listed(asked: Asked) -> Response:
    """List pull requests, those that changed last first."""
    state = asked.text("state", "open")
    pulls = [one for one in asked.state.pulls if state in {"all", one.state}]
    pulls.sort(key=lambda one: (one.updated_at, one.number), reverse=True)
    return paged(asked.request, [_shown(asked, one) for one in pulls], asked.address)


def one(asked: Asked) -> Response:
    """Show a pull request."""
    return as_json(_shown(asked, requested(asked)))


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
    pull = requested(asked)
    pull.title, pull.body = asked.text("title", pull.title), asked.text("body", pull.body)
    if asked.text("state") == "closed":
        pull.state = "closed"
    return as_json(_shown(asked, pull), 201)


def labels(asked: Asked) -> Response:
    """List the labels of the repository."""
    return paged(asked.request, [shown_label(one) for one in asked.state.labels], asked.address)


def make_label(asked: Asked) -> Response:
    """Make a label of the repository."""
    number = next(asked.state.ids)
    label = Label(id=number, name=asked.text("name"), color=asked.text("color"))
    asked.state.labels.append(label)
    return as_json(shown_label(label), 201)


def add_labels(asked: Asked) -> Response:
    """Label it, by the numbers of labels."""
    pull = requested(asked)
    known = {one.id: one for one in (*asked.state.labels, *asked.state.organisation_labels)}
    for number in asked.body["labels"]:
        if number in known and known[number] not in pull.labels:
            pull.labels.append(known[number])
    return as_json([shown_label(one) for one in pull.labels])


def organisation_labels(asked: Asked) -> Response:
    """List the labels of the organisation."""
    labels = asked.state.organisation_labels
    return paged(asked.request, [shown_label(one) for one in labels], asked.address)


def of_commit(asked: Asked) -> Response:
    """Show the pull request that a commit came with."""
    oid = asked.git.commit_of(asked.parts["sha"])
    for pull in asked.state.pulls:
        if oid is not None and oid in {*pull.commits, pull.merge_commit}:
            return as_json(_shown(asked, pull))
    raise not_found()


def requested(asked: Asked) -> Pull:
    """
    Return the pull request that the address names.

    Raises:
        Refused: There is none.
    """
    number = asked.number("number")
    for pull in asked.state.pulls:
        if pull.number == number:
            return pull
    raise not_found()


def head_of(asked: Asked, pull: Pull) -> str:
    """Return what is to be merged: what the branch names, or named in the end."""
    return _head_commit(pull, asked.git.ref(f"refs/heads/{pull.head}"))


def _head_commit(pull: Pull, branch: str | None) -> str:
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
            "sha": _head_commit(pull, branch),
            "repo_id": pull.head_repository,
        },
        "base": {"label": pull.base, "ref": pull.base, "repo_id": REPOSITORY},
        "user": shown_user(asked, pull.user),
        "labels": [shown_label(label) for label in pull.labels],
        "assignees": [shown_user(asked, user) for user in pull.assignees],
        "updated_at": pull.updated_at,
    }


def shown_label(label: Label) -> dict[str, Any]:
    """Return what Gitea says of a label."""
    return {"id": label.id, "name": label.name, "color": label.color.lstrip("#")}


ROOT = "/repos/:owner/:repo"
ROUTES = {
    f"GET {ROOT}/pulls": Route(listed),
    f"POST {ROOT}/pulls": Route(create),
    f"GET {ROOT}/pulls/:number": Route(one),
    f"PATCH {ROOT}/pulls/:number": Route(update, role="write"),
    f"POST {ROOT}/issues/:number/labels": Route(add_labels, "issue", "write"),
    f"GET {ROOT}/labels": Route(labels, "issue"),
    f"POST {ROOT}/labels": Route(make_label, "issue", "write"),
    "GET /orgs/:organisation/labels": Route(organisation_labels, "organization"),
    f"GET {ROOT}/commits/:sha/pull": Route(of_commit),
}
