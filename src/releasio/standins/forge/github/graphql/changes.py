"""What can be changed on GitHub by GraphQL."""

from __future__ import annotations

import base64
import binascii
from functools import partial
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.bare import GitRefused
from releasio.standins.forge.github.answers import Refused
from releasio.standins.forge.github.branches.enforcing import violation_of
from releasio.standins.forge.github.graphql.objects import (
    FORBIDDEN,
    NOT_FOUND,
    STALE_DATA,
    UNPROCESSABLE,
    Wrong,
    actor,
    commit,
    pull_request,
)
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.pulls.merging import GITHUB, SIGNATURE, person
from releasio.standins.forge.github.pulls.page import settle
from releasio.standins.forge.github.tokens import demand

if TYPE_CHECKING:
    from releasio.standins.forge.github.graphql.objects import Node
    from releasio.standins.forge.github.hub import Asked
    from releasio.standins.forge.github.state import Pull

_WORKFLOWS = ".github/workflows/"


def root(asked: Asked) -> Node:
    """Return what a mutation begins with."""
    return {
        "__typename": "Mutation",
        "enablePullRequestAutoMerge": partial(_enable_auto_merge, asked),
        "disablePullRequestAutoMerge": partial(_disable_auto_merge, asked),
        "createCommitOnBranch": partial(_create_commit, asked),
    }


def _enable_auto_merge(asked: Asked, input: dict[str, Any]) -> Node:  # noqa: A002 -- GitHub's name
    _demand(asked, "pull_requests")
    settings, pull = asked.hub.state.settings, _pull(asked, input["pullRequestId"])
    if not settings.allow_auto_merge:
        raise Wrong(UNPROCESSABLE, "Auto merge is not allowed for this repository")
    if pull.state != "open":
        raise Wrong(UNPROCESSABLE, "Pull request is closed")
    if not settings.checks_pending and not pull.draft:
        raise Wrong(UNPROCESSABLE, "Pull request Pull request is in clean status")
    method = str(input.get("mergeMethod") or "MERGE").lower()
    if method not in {"merge", "squash", "rebase"}:
        raise Wrong(UNPROCESSABLE, f"{method} is no merge method")
    pull.auto_merge, pull.auto_merge_by = method, asked.login  # type: ignore[assignment] # one of them
    return _changed("EnablePullRequestAutoMergePayload", asked, pull, input)


def _disable_auto_merge(asked: Asked, input: dict[str, Any]) -> Node:  # noqa: A002 -- GitHub's name
    _demand(asked, "pull_requests")
    pull = _pull(asked, input["pullRequestId"])
    pull.auto_merge = None
    return _changed("DisablePullRequestAutoMergePayload", asked, pull, input)


def _changed(kind: str, asked: Asked, pull: Pull, given: dict[str, Any]) -> Node:
    return {
        "__typename": kind,
        "clientMutationId": given.get("clientMutationId"),
        "actor": actor(asked.hub, asked.login),
        "pullRequest": pull_request(asked.hub, pull),
    }


def _create_commit(asked: Asked, input: dict[str, Any]) -> Node:  # noqa: A002 -- GitHub's name
    _demand(asked, "contents")
    hub, expected = asked.hub, input["expectedHeadOid"]
    name = f"refs/heads/{_branch(asked, input['branch'])}"
    if hub.git.ref(name) != expected:
        message = f'Expected branch to point to "{expected}" but it did not.  Pull and try again.'
        raise Wrong(STALE_DATA, message)
    if violation := violation_of(asked, name, ""):
        raise Wrong(UNPROCESSABLE, violation)
    files = _files(asked, input.get("fileChanges") or {})
    message = input["message"]
    oid = hub.git.write_commit(
        tree=hub.git.tree_with(expected, files),
        parents=[expected],
        message=f"{message['headline']}\n\n{message.get('body') or ''}".rstrip(),
        author=person(hub.state.account(asked.login)),
        committer=GITHUB,
        moment=hub.clock(),
        signature=SIGNATURE,
    )
    try:
        hub.git.set_ref(name, oid, expected)
    except GitRefused as error:
        raise Wrong(UNPROCESSABLE, str(error)) from error
    hub.state.verified.add(oid)
    return {
        "__typename": "CreateCommitOnBranchPayload",
        "clientMutationId": input.get("clientMutationId"),
        "commit": commit(hub, oid),
        "ref": {"__typename": "Ref", "id": node_id("REF", name), "name": name.split("/", 2)[2]},
    }


def _branch(asked: Asked, branch: dict[str, Any]) -> str:
    slug = branch.get("repositoryNameWithOwner", "")
    name = str(branch.get("branchName", "")).removeprefix("refs/heads/")
    if slug.lower() != asked.hub.addresses.slug.lower():
        raise Wrong(NOT_FOUND, f"Could not resolve to a Repository with the name '{slug}'.")
    if asked.hub.git.ref(f"refs/heads/{name}") is None:
        raise Wrong(NOT_FOUND, f"The branch '{name}' does not exist.")
    return name


def _files(asked: Asked, changes: dict[str, Any]) -> dict[str, bytes | None]:
    files: dict[str, bytes | None] = {}
    for addition in changes.get("additions") or ():
        try:
            files[addition["path"]] = base64.b64decode(addition["contents"], validate=True)
        except (binascii.Error, ValueError) as error:
            raise Wrong(UNPROCESSABLE, f"contents of {addition['path']} are no base64") from error
    files |= {deletion["path"]: None for deletion in changes.get("deletions") or ()}
    if any(path.startswith(_WORKFLOWS) for path in files) and not _may_change_workflows(asked):
        refused = next(path for path in files if path.startswith(_WORKFLOWS))
        message = f"refusing to allow this token to create or update workflow `{refused}`"
        raise Wrong(FORBIDDEN, f"{message} without `workflows` permission")
    return files


def _may_change_workflows(asked: Asked) -> bool:
    token = asked.token
    if token is None or token.kind == "job":
        return False
    if token.has_scopes:
        return "workflow" in token.scopes
    return (token.permissions or {}).get("workflows") == "write"


def _demand(asked: Asked, permission: str) -> None:
    try:
        demand(asked.hub.state, asked.token, permission, "write")
    except Refused as error:
        words = str(error)
        message = f"{asked.login} does not have the correct permissions to do this"
        raise Wrong(FORBIDDEN, words if "accessible" in words else message) from error


def _pull(asked: Asked, node: str) -> Pull:
    settle(asked.hub)
    for pull in asked.hub.state.pulls:
        if node_id("PR", pull.number) == node:
            return pull
    raise Wrong(NOT_FOUND, f"Could not resolve to a node with the global id of '{node}'")
