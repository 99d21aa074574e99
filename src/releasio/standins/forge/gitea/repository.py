"""Branches, tags, commits and files, the rules over them, and workflows."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitea.answers import Refused, as_json, not_found, nothing, paged
from releasio.standins.forge.gitea.people import shown_user
from releasio.standins.forge.gitea.routes import Route
from releasio.standins.forge.gitea.state import ROLES, Run

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitea.routes import Asked
    from releasio.standins.forge.gitea.state import Protection, User


def branch(asked: Asked) -> Response:
    """Show a branch, and what the sender may do with it."""
    name = asked.parts["branch"]
    oid = asked.git.ref(f"refs/heads/{name}")
    if oid is None:
        raise not_found()
    rule = _rule(asked, name)
    may_push = asked.token is not None and _may_push(asked, asked.token.user, name)
    return as_json(
        {
            "name": name,
            "commit": {"id": oid, "message": asked.git.commit(oid).message},
            "protected": rule is not None,
            "required_approvals": 0,
            "enable_status_check": bool(rule and rule.checks),
            "status_check_contexts": [*rule.checks] if rule else [],
            "user_can_push": may_push,
            "user_can_merge": may_push or rule is not None,
            "effective_branch_protection_name": rule.rule if rule else "",
        }
    )


def tag(asked: Asked) -> Response:
    """Show a tag."""
    oid = asked.git.commit_of(f"refs/tags/{asked.parts['tag']}")
    if oid is None:
        raise not_found()
    return as_json({"name": asked.parts["tag"], "id": oid, "commit": {"sha": oid}})


def commits(asked: Asked) -> Response:
    """List the commits of a ref, the newest first."""
    start = asked.git.commit_of(asked.text("sha", asked.git.default_branch))
    if start is None:
        raise not_found()
    items = [commit.id for commit in asked.git.log(start)]
    return paged(asked.request, [_shown(asked, oid) for oid in items], asked.address)


def commit(asked: Asked) -> Response:
    """Show a commit."""
    oid = asked.git.commit_of(asked.parts["sha"])
    if oid is None:
        raise not_found()
    return as_json(_shown(asked, oid))


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


def _shown(asked: Asked, oid: str) -> dict[str, Any]:
    entry = asked.git.commit(oid)
    author = asked.state.by_email(entry.author.email)
    return {
        "sha": entry.id,
        "html_url": f"{asked.page}/commit/{entry.id}",
        "commit": {
            "message": entry.message,
            "author": {
                "name": entry.author.name,
                "email": entry.author.email,
                "date": entry.authored,
            },
        },
        "author": shown_user(asked, author) if author else None,
        "parents": [{"sha": parent} for parent in entry.parents],
    }


_ROOT = "/repos/:owner/:repo"
ROUTES = {
    f"GET {_ROOT}/branches/*branch": Route(branch),
    f"GET {_ROOT}/tags/*tag": Route(tag),
    f"GET {_ROOT}/commits": Route(commits),
    f"GET {_ROOT}/git/commits/:sha": Route(commit),
    f"GET {_ROOT}/branch_protections/*rule": Route(branch_protection, role="admin"),
    f"GET {_ROOT}/tag_protections": Route(tag_protections, role="admin"),
    f"POST {_ROOT}/actions/workflows/:workflow/dispatches": Route(dispatch, role="write"),
}
