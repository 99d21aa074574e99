"""Environments that jobs run in, and who may use them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from releasio.standins.forge.github.answers import as_json, refuse
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.routes import Route

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked
    from releasio.standins.forge.github.pages import JSON
    from tests.forges.whole_github.state import Environment


def list_all(asked: Asked) -> Response:
    """List the environments."""
    environments = asked.hub.state.environments
    entries = [_page(asked, one) for one in environments]
    return as_json({"total_count": len(environments), "environments": entries})


def list_policies(asked: Asked) -> Response:
    """List the patterns of branches and tags that may use one."""
    name = asked.place["name"].lower()
    environment = next(
        (one for one in asked.hub.state.environments if one.name.lower() == name), None
    )
    if environment is None:
        raise refuse(404, "Not Found")
    patterns = [("branch", text) for text in environment.branches or ()]
    patterns += [("tag", text) for text in environment.tags or ()]
    entries = [
        {"id": number, "node_id": node_id("GBP", number), "name": text, "type": kind}
        for number, (kind, text) in enumerate(patterns, environment.id * 100)
    ]
    return as_json({"total_count": len(entries), "branch_policies": entries})


def _page(asked: Asked, one: Environment) -> JSON:
    hub = asked.hub
    rules: list[JSON] = []
    if one.wait:
        rules.append({"type": "wait_timer", "wait_timer": one.wait})
    if one.reviewers:
        reviewers = [{"type": "User", "reviewer": hub.user(login)} for login in one.reviewers]
        rules.append(
            {
                "type": "required_reviewers",
                "prevent_self_review": False,
                "reviewers": reviewers,
            }
        )
    policy = None
    if one.protected_only or one.has_patterns:
        rules.append({"type": "branch_policy"})
        policy = {
            "protected_branches": one.protected_only,
            "custom_branch_policies": not one.protected_only,
        }
    numbered = [
        {"id": one.id * 10 + number, "node_id": node_id("GA", one.id * 10 + number), **rule}
        for number, rule in enumerate(rules)
    ]
    return {
        "id": one.id,
        "node_id": node_id("EN", one.id),
        "name": one.name,
        "url": f"{hub.addresses.repository}/environments/{quote(one.name, safe='')}",
        "html_url": f"{hub.addresses.page}/deployments",
        "created_at": hub.state.created_at,
        "updated_at": hub.state.created_at,
        "protection_rules": numbered,
        "deployment_branch_policy": policy,
    }


ROUTES = (
    Route("repos/get-all-environments", "GET", "/environments", "actions", "read", list_all),
    Route(
        "repos/list-deployment-branch-policies",
        *("GET", "/environments/<path:name>/deployment-branch-policies", "actions", "read"),
        list_policies,
    ),
)
