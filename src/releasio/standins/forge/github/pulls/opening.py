"""Pull requests: listed, opened, changed, closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.standins.forge.github.answers import as_json, invalid, paged, refuse
from releasio.standins.forge.github.pulls.page import close, find, full, labels, settle, simple
from releasio.standins.forge.github.state import Label, Pull

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.answers import Refused
    from releasio.standins.forge.github.hub import Asked, Hub

_NOT_FOR_JOBS = "GitHub Actions is not permitted to create or approve pull requests."
LONGEST_BODY = 65_536  # characters


def list_all(asked: Asked) -> Response:
    """List them: open ones, unless the query says otherwise, the newest first."""
    hub, query = asked.hub, asked.request.args
    settle(hub)
    owner = hub.addresses.slug.rpartition("/")[0]
    state = query.get("state", "open")
    head_owner, colon, head = query.get("head", "").partition(":")
    pulls = [
        pull
        for pull in hub.state.pulls
        if state in {"all", pull.state}
        and (not colon or (head_owner.lower(), head) == (owner.lower(), pull.head))
        and query.get("base", pull.base) == pull.base
    ]
    pulls.sort(key=lambda one: one.number, reverse=query.get("direction", "desc") == "desc")
    entries = [simple(hub, pull) for pull in pulls]
    return paged(asked.request, entries, f"{hub.addresses.repository}/pulls")


def with_commit(hub: Hub, commit: str) -> list[Pull]:
    """Return the pull requests that *commit* belongs to: merged ones, or else open ones."""
    merged = [
        pull
        for pull in hub.state.pulls
        if pull.merged_at and commit in {pull.merge_commit, *pull.commits, *pull.rebased}
    ]
    opened = [pull for pull in hub.state.pulls if pull.state == "open"]
    return merged or [pull for pull in opened if commit in pull.commits]


def create(asked: Asked) -> Response:
    """Open one."""
    hub, state = asked.hub, asked.hub.state
    head, base = asked.text("head").rpartition(":")[2], asked.text("base")
    if not (head and base and asked.text("title")):
        lacking = [name for name in ("title", "head", "base") if not asked.text(name)]
        raise refuse(422, f'Invalid request.\n\n"{lacking[0]}" wasn\'t supplied.')
    if asked.is_job and not state.settings.actions_may_open_pull_requests:
        raise refuse(403, _NOT_FOR_JOBS)
    settle(hub)
    for name, branch in (("head", head), ("base", base)):
        if hub.git.ref(f"refs/heads/{branch}") is None:
            raise invalid(resource="PullRequest", field=name, code="invalid")
    owner = hub.addresses.slug.rpartition("/")[0]
    if any((pull.state, pull.head, pull.base) == ("open", head, base) for pull in state.pulls):
        raise _wrong(message=f"A pull request already exists for {owner}:{head}.")
    pull = Pull(
        number=next(state.numbers),
        id=hub.number(),
        title=asked.text("title"),
        body=_body(asked, None),
        head=head,
        base=base,
        user=asked.login,
        draft=asked.flag("draft"),
        created_at=hub.now(),
        updated_at=hub.now(),
    )
    if not hub.git.line("rev-list", f"{base}..{head}"):
        raise _wrong(message=f"No commits between {base} and {head}")
    state.pulls.append(pull)
    return as_json(full(hub, pull), 201)


def update(asked: Asked) -> Response:
    """Change what it says, what it is for, or whether it is open."""
    hub, pull = asked.hub, find(asked)
    if pull.base != asked.text("base", pull.base):
        if hub.git.ref(f"refs/heads/{asked.text('base')}") is None:
            raise invalid(resource="PullRequest", field="base", code="invalid")
        pull.base = asked.text("base")
    pull.title = asked.text("title", pull.title)
    pull.body = _body(asked, pull.body)
    match asked.text("state", pull.state):
        case "closed" if pull.state == "open":
            close(hub, pull)
        case "open" if pull.state == "closed":
            if pull.merged_at or hub.git.ref(f"refs/heads/{pull.head}") is None:
                message = "state cannot be changed. The pull request cannot be reopened."
                raise invalid(resource="PullRequest", field="state", code="custom", message=message)
            pull.state, pull.closed_at = "open", None
        case "open" | "closed":
            pass
        case other:
            raise refuse(422, f"Invalid request.\n\n{other} is not a member of [open, closed].")
    pull.updated_at = hub.now()
    return as_json(full(hub, pull))


def _body(asked: Asked, before: str | None) -> str | None:
    if not asked.has("body"):
        return before
    body: Any = asked.text("body")
    if len(body) > LONGEST_BODY:
        message = f"body is too long (maximum is {LONGEST_BODY} characters)"
        raise invalid(resource="PullRequest", field="body", code="custom", message=message)
    return body or None


def _wrong(*, message: str) -> Refused:
    from releasio.standins.forge.github.answers import invalid_all

    return invalid_all([{"resource": "PullRequest", "code": "custom", "message": message}])


def add_labels(asked: Asked) -> Response:
    """Label it; who may do so makes the labels that are missing."""
    hub, pull = asked.hub, find(asked)
    known = {one.name.lower(): one for one in hub.state.labels}
    for name in asked.texts("labels") or asked.texts(""):  # a list by itself will do
        one = known.get(name.lower()) or new_label(hub, name)
        if one.name not in pull.labels:
            pull.labels.append(one.name)
    return as_json(labels(hub, pull.labels))


def new_label(hub: Hub, name: str) -> Label:
    """Make a label of the repository."""
    one = Label(id=hub.number(), name=name)
    hub.state.labels.append(one)
    return one
