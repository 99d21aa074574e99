"""What can be asked of GitHub by GraphQL: objects as their fields, some of them with arguments."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from releasio.standins.forge.bare import Person
from releasio.standins.forge.github.answers import Refused
from releasio.standins.forge.github.pulls.opening import with_commit
from releasio.standins.forge.github.pulls.page import settle
from releasio.standins.forge.github.tokens import demand

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.state import Account, Pull

Node = dict[str, Any]
Kind = Literal["NOT_FOUND", "FORBIDDEN", "UNPROCESSABLE", "STALE_DATA"]
NOT_FOUND: Kind = "NOT_FOUND"
FORBIDDEN: Kind = "FORBIDDEN"
UNPROCESSABLE: Kind = "UNPROCESSABLE"
STALE_DATA: Kind = "STALE_DATA"
_CO_AUTHOR = re.compile(r"(?im)^co-authored-by:\s*(.*?)\s*<([^<>\s]+)>\s*$")
_MOST = 100  # entries of a list


class Wrong(Exception):
    """A field cannot be answered; *kind* is the `type` of the error."""

    def __init__(self, kind: Kind, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def root(asked: Asked) -> Node:
    """Return what a query begins with."""
    return {
        "__typename": "Query",
        "viewer": partial(_viewer, asked),
        "repository": partial(_repository, asked),
    }


def pull_request(hub: Hub, pull: Pull) -> Node:
    """Return a pull request."""
    return {
        "__typename": "PullRequest",
        "number": pull.number,
        "title": pull.title,
        "url": f"{hub.addresses.page}/pull/{pull.number}",
        "merged": pull.merged_at is not None,
        "author": actor(hub, pull.user),
        "mergeCommit": commit(hub, pull.merge_commit) if pull.merge_commit else None,
        "labels": lambda **page: _listed(
            "LabelConnection", [{"__typename": "Label", "name": one} for one in pull.labels], page
        ),
    }


def actor(hub: Hub, login: str) -> Node:
    """Return who did something; an application's login is without `[bot]` here."""
    account = hub.state.account(login)
    return {
        "__typename": account.kind,
        "login": login.removesuffix("[bot]"),
        "url": f"{hub.addresses.site}/{login}",
        "avatarUrl": f"{hub.addresses.site}/avatars/u/{account.id}",
        "resourcePath": f"/{login}",
    }


def commit(hub: Hub, oid: str) -> Node:
    """Return a commit."""
    one = hub.git.commit(oid)
    people = [one.author]
    people += [Person(*pair) for pair in _CO_AUTHOR.findall(one.message)]
    return {
        "__typename": "Commit",
        "oid": oid,
        "author": _person(hub, one.author),
        "authors": lambda **page: _listed(
            "GitActorConnection", [_person(hub, person) for person in people], page
        ),
        "associatedPullRequests": lambda **page: _listed(
            "PullRequestConnection",
            [pull_request(hub, pull) for pull in with_commit(hub, oid)],
            page,
        ),
    }


def _viewer(asked: Asked) -> Node:
    viewer = actor(asked.hub, asked.login)
    return {**viewer, "__typename": "User", "login": asked.login}


def _repository(asked: Asked, owner: str, name: str) -> Node:
    hub = asked.hub
    if f"{owner}/{name}".lower() != hub.addresses.slug.lower():
        raise Wrong(NOT_FOUND, f"Could not resolve to a Repository with the name '{owner}/{name}'.")
    try:
        demand(hub.state, asked.token, "metadata", "read")
    except Refused:
        message = f"Could not resolve to a Repository with the name '{owner}/{name}'."
        raise Wrong(NOT_FOUND, message) from None
    settle(hub)
    return {"__typename": "Repository", "object": partial(_object, hub)}


def _object(hub: Hub, oid: str) -> Node | None:
    commit_id = hub.git.commit_of(oid)
    return commit(hub, commit_id) if commit_id else None


def _person(hub: Hub, person: Person) -> Node:
    account = hub.state.by_email(person.email)
    return {
        "__typename": "GitActor",
        "name": person.name,
        "email": person.email,
        "user": _user(hub, account) if account else None,
    }


def _user(hub: Hub, account: Account) -> Node | None:
    """Return the account of an author; an application is no user."""
    return actor(hub, account.login) if account.kind == "User" else None


def _listed(kind: str, nodes: Sequence[Node], page: dict[str, Any]) -> Node:
    first = page.get("first")
    if first is None:
        message = f"You must provide a `first` or `last` value to properly paginate the `{kind}`."
        raise Wrong(UNPROCESSABLE, message)
    if not 0 < first <= _MOST:
        message = f"Requesting {first} records exceeds the `first` limit of {_MOST} records."
        raise Wrong(UNPROCESSABLE, message)
    return {"__typename": kind, "nodes": [*nodes[:first]]}
