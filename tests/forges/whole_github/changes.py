"""What is changed by GraphQL: what GitHub merges by itself, and commits against the rules."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.github.graphql import answering, changes
from releasio.standins.forge.github.graphql.objects import (
    NOT_FOUND,
    UNPROCESSABLE,
    Wrong,
    actor,
    pull_request,
)
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.pulls.page import settle
from releasio.standins.forge.github.routes import Route
from tests.forges.whole_github.rules import violation_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.graphql.objects import Node
    from releasio.standins.forge.github.hub import Asked
    from releasio.standins.forge.github.state import Pull


def _enable_auto_merge(asked: Asked, input: dict[str, Any]) -> Node:  # noqa: A002 -- GitHub's name
    changes.demand_right(asked, "pull_requests")
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
    changes.demand_right(asked, "pull_requests")
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


def _pull(asked: Asked, node: str) -> Pull:
    settle(asked.hub)
    for pull in asked.hub.state.pulls:
        if node_id("PR", pull.number) == node:
            return pull
    raise Wrong(NOT_FOUND, f"Could not resolve to a node with the global id of '{node}'")


def _create_commit(asked: Asked, input: dict[str, Any]) -> Node:  # noqa: A002 -- GitHub's name
    name = f"refs/heads/{changes.branch_of(asked, input['branch'])}"
    is_expected = asked.hub.git.ref(name) == input["expectedHeadOid"]
    if is_expected and (violation := violation_of(asked, name, "")):
        raise Wrong(UNPROCESSABLE, violation)
    node: Node = changes.root(asked)["createCommitOnBranch"](input=input)
    return node


def _root(asked: Asked) -> Node:
    return {
        **changes.root(asked),
        "enablePullRequestAutoMerge": partial(_enable_auto_merge, asked),
        "disablePullRequestAutoMerge": partial(_disable_auto_merge, asked),
        "createCommitOnBranch": partial(_create_commit, asked),
    }


def answer(asked: Asked) -> Response:
    """Answer a query, or any of the mutations."""
    return answering.answer(asked, _root)


ROUTES = (Route("graphql", "POST", "/api/graphql", "", "read", answer),)
