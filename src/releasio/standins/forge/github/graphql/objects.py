"""What can be asked of GitHub by GraphQL: objects as their fields, some of them with arguments."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, Literal

from releasio.standins.forge.bare import Person
from releasio.standins.forge.github.answers import Refused
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.pulls.opening import with_commit
from releasio.standins.forge.github.pulls.page import head_commit, settle
from releasio.standins.forge.github.releases import visible
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
_PERMISSIONS = {"read": "READ", "triage": "TRIAGE", "write": "WRITE", "maintain": "MAINTAIN"}


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
        "rateLimit": {"__typename": "RateLimit", **asked.limit, "cost": 1},
    }


def pull_request(hub: Hub, pull: Pull) -> Node:
    """Return a pull request."""
    merged = pull.merged_at is not None
    return {
        "__typename": "PullRequest",
        "id": node_id("PR", pull.number),
        "number": pull.number,
        "title": pull.title,
        "body": pull.body or "",
        "url": f"{hub.addresses.page}/pull/{pull.number}",
        "state": "MERGED" if merged else pull.state.upper(),
        "merged": merged,
        "mergedAt": pull.merged_at,
        "isDraft": pull.draft,
        "headRefName": pull.head,
        "headRefOid": lambda: head_commit(hub, pull),
        "baseRefName": pull.base,
        "author": actor(hub, pull.user),
        "mergeCommit": commit(hub, pull.merge_commit) if pull.merge_commit else None,
        "labels": lambda **page: _listed(
            "LabelConnection", [{"__typename": "Label", "name": one} for one in pull.labels], page
        ),
        "autoMergeRequest": {
            "__typename": "AutoMergeRequest",
            "mergeMethod": pull.auto_merge.upper(),
            "enabledAt": pull.updated_at,
        }
        if pull.auto_merge
        else None,
        "isInMergeQueue": pull.queued,
    }


def actor(hub: Hub, login: str) -> Node:
    """Return who did something; an application's login is without `[bot]` here."""
    account = hub.state.account(login)
    return {
        "__typename": account.kind,
        "__interfaces": ("Actor",),
        "id": node_id("U", account.id),
        "login": login.removesuffix("[bot]"),
        "url": f"{hub.addresses.site}/{login}",
        "avatarUrl": f"{hub.addresses.site}/avatars/u/{account.id}",
        "resourcePath": f"/{login}",
        "name": account.name or None,
        "databaseId": account.id,
    }


def commit(hub: Hub, oid: str) -> Node:
    """Return a commit."""
    one = hub.git.commit(oid)
    people = [one.author]
    people += [Person(*pair) for pair in _CO_AUTHOR.findall(one.message)]
    return {
        "__typename": "Commit",
        "__interfaces": ("GitObject", "Node"),
        "id": node_id("C", oid),
        "oid": oid,
        "message": one.message,
        "messageHeadline": one.subject,
        "url": f"{hub.addresses.page}/commit/{oid}",
        "author": _person(hub, one.author),
        "committer": _person(hub, one.committer),
        "authors": lambda **page: _listed(
            "GitActorConnection", [_person(hub, person) for person in people], page
        ),
        "associatedPullRequests": lambda **page: _listed(
            "PullRequestConnection",
            [pull_request(hub, pull) for pull in with_commit(hub, oid)],
            page,
        ),
        "signature": {
            "__typename": "GpgSignature",
            "__interfaces": ("GitSignature",),
            "isValid": True,
            "wasSignedByGitHub": True,
        }
        if oid in hub.state.verified
        else None,
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
    role = hub.state.account(asked.login).role
    return {
        "__typename": "Repository",
        "id": node_id("R", 1),
        "name": name,
        "nameWithOwner": hub.addresses.slug,
        "isPrivate": hub.state.settings.private,
        "isArchived": hub.state.settings.archived,
        "url": hub.addresses.page,
        "viewerPermission": "ADMIN" if role == "admin" else _PERMISSIONS.get(role),
        "autoMergeAllowed": hub.state.settings.allow_auto_merge,
        "defaultBranchRef": lambda: _ref(hub, f"refs/heads/{hub.git.default_branch}"),
        "object": partial(_object, hub),
        "ref": lambda qualifiedName: _ref(hub, qualifiedName),  # noqa: N803 -- GitHub's name
        "pullRequest": partial(_pull_request, hub),
        "release": partial(_release, asked),
    }


def _object(hub: Hub, oid: str | None = None, expression: str | None = None) -> Node | None:
    found = hub.git.commit_of(oid or expression or "")
    return commit(hub, found) if found else None


def _ref(hub: Hub, name: str) -> Node | None:
    for full in (name, f"refs/heads/{name}", f"refs/tags/{name}"):
        if oid := hub.git.ref(full):
            prefix, _, short = full.partition("/")[2].partition("/")
            target = hub.git.commit_of(oid) or oid
            return {
                "__typename": "Ref",
                "id": node_id("REF", full),
                "name": short,
                "prefix": f"refs/{prefix}/",
                "target": commit(hub, target),
            }
    return None


def _pull_request(hub: Hub, number: int) -> Node:
    for pull in hub.state.pulls:
        if pull.number == number:
            return pull_request(hub, pull)
    message = f"Could not resolve to a PullRequest with the number of {number}."
    raise Wrong(NOT_FOUND, message)


def _release(asked: Asked, tagName: str) -> Node | None:  # noqa: N803 -- GitHub's name
    for release in visible(asked):
        if release.tag == tagName:
            return {
                "__typename": "Release",
                "id": node_id("RE", release.id),
                "databaseId": release.id,
                "isDraft": release.draft,
                "tagName": release.tag,
            }
    return None


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
    if first is None and page.get("last") is None:
        message = f"You must provide a `first` or `last` value to properly paginate the `{kind}`."
        raise Wrong(UNPROCESSABLE, message)
    if not 0 < int(first or page["last"]) <= _MOST:
        message = f"Requesting {first} records exceeds the `first` limit of {_MOST} records."
        raise Wrong(UNPROCESSABLE, message)
    shown = list(nodes[:first] if first else nodes[-page["last"] :])
    return {"__typename": kind, "totalCount": len(nodes), "nodes": shown}
