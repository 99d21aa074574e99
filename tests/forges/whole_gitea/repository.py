"""Rules over branches and tags, single commits, and workflows."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from releasio.standins.forge.gitea import repository
from releasio.standins.forge.gitea.answers import Refused, as_json, not_found, nothing
from releasio.standins.forge.gitea.people import shown_user
from releasio.standins.forge.gitea.repository import ROOT, shown_commit
from releasio.standins.forge.gitea.routes import Route
from releasio.standins.forge.gitea.state import ROLES
from tests.forges.whole_gitea.state import Run

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.state import User
    from tests.forges.whole_gitea.state import Asked, Protection


def commit(asked: Asked) -> Response:
    """Show a commit."""
    oid = asked.git.commit_of(asked.parts["sha"])
    if oid is None:
        raise not_found()
    return as_json(shown_commit(asked, oid))


def branch_protection(asked: Asked) -> Response:
    """Show a rule over branches."""
    for rule in asked.state.branches:
        if rule.rule == asked.parts["rule"]:
            return as_json({"rule_name": rule.rule, "require_signed_commits": rule.signed})
    raise not_found()


def tag_protections(asked: Asked) -> Response:
    """List the rules over tags."""
    return as_json(
        [
            {
                "id": number,
                "name_pattern": rule.pattern,
                "whitelist_usernames": [*rule.users],
                "whitelist_teams": [*rule.teams],
            }
            for number, rule in enumerate(asked.state.tags, 1)
        ]
    )


def dispatch(asked: Asked) -> Response:
    """Start a workflow."""
    workflow, ref = asked.parts["workflow"], asked.text("ref")
    if workflow not in asked.state.settings.workflows:
        raise Refused(404, f"workflow {workflow!r} not found")
    if asked.git.commit_of(ref) is None:
        raise Refused(400, f"ref {ref!r} not found")
    run = Run(workflow=workflow, ref=ref, inputs=asked.body.get("inputs") or {})
    asked.state.runs.append(run)
    return nothing()


def _rule(asked: Asked, name: str) -> Protection | None:
    """Return the first rule over a branch, which is the one that counts."""
    return next((rule for rule in asked.state.branches if fnmatchcase(name, rule.rule)), None)


def _may_push(asked: Asked, user: User, name: str) -> bool:
    rule = _rule(asked, name)
    if ROLES.index(user.role) < ROLES.index("write"):
        return False
    return rule is None or rule.push is None or user.login in rule.push


def user(asked: Asked) -> Response:
    """Show a user."""
    user = asked.state.user(asked.parts["login"])
    if user is None:
        raise not_found()
    return as_json(shown_user(asked, user))


def branch(asked: Asked) -> Response:
    """Show a branch, and what the sender may do with it by the rules."""
    page, rule = repository.branch(asked).get_json(), _rule(asked, asked.parts["branch"])
    if rule is None:
        return as_json(page)
    may_push = asked.token is not None and _may_push(asked, asked.token.user, page["name"])
    by_rule = {
        "protected": True,
        "enable_status_check": bool(rule.checks),
        "status_check_contexts": [*rule.checks],
        "user_can_push": may_push,
        "user_can_merge": True,
        "effective_branch_protection_name": rule.rule,
    }
    return as_json({**page, **by_rule})


ROUTES = {
    f"GET {ROOT}/branches/*branch": Route(branch),
    f"GET {ROOT}/git/commits/:sha": Route(commit),
    f"GET {ROOT}/branch_protections/*rule": Route(branch_protection, role="admin"),
    f"GET {ROOT}/tag_protections": Route(tag_protections, role="admin"),
    f"POST {ROOT}/actions/workflows/:workflow/dispatches": Route(dispatch, role="write"),
    "GET /users/:login": Route(user, "user"),
}
