"""Rules of branches and tags: rulesets, and the protection there was before them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.github import branches
from releasio.standins.forge.github.answers import as_json, paged, refuse
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.routes import Route
from releasio.standins.forge.github.tokens import JOB

if TYPE_CHECKING:
    from collections.abc import Iterator

    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON
    from tests.forges.whole_github.state import Ruleset


_FLAGS = ("required_linear_history", "allow_force_pushes", "allow_deletions", "lock_branch")


def get(asked: Asked) -> Response:
    """Show a ruleset, and whether who asks may pass it by."""
    for one in asked.hub.state.rulesets:
        if one.id == asked.place["ruleset_id"]:
            always = asked.login in one.bypass
            return as_json(
                {
                    **_page(asked, one),
                    "conditions": {"ref_name": {"include": [*one.patterns], "exclude": []}},
                    "rules": [_rule(kind, given) for kind, given in one.rules.items()],
                    "current_user_can_bypass": "always" if always else "never",
                }
            )
    raise refuse(404, "Not Found")


def protection(asked: Asked) -> Response:
    """Show how a branch is protected, to its administrators."""
    found = asked.hub.state.protection.get(asked.place["branch"])
    if found is None:
        raise refuse(404, "Branch not protected")
    return as_json(found)


def protected(
    hub: Hub,
    name: str,
    *,
    reviews: bool = False,
    checks: tuple[str, ...] = (),
    flags: tuple[str, ...] = (),
    only: tuple[str, ...] | None = None,
) -> JSON:
    """
    Return the protection of a branch as GitHub shows it.

    Args:
        hub: What there is.
        name: The branch.
        reviews: Changes come by pull request.
        checks: That must have passed.
        flags: `required_signatures`, `required_linear_history`, `lock_branch`, `enforce_admins`.
        only: The logins that may push; None: all that may write.
    """
    api = f"{hub.addresses.repository}/branches/{name}/protection"
    page: dict[str, Any] = {
        "url": api,
        **{name: {"enabled": name in flags} for name in _FLAGS},
        **{
            name: {"url": f"{api}/{name}", "enabled": name in flags}
            for name in ("enforce_admins", "required_signatures")
        },
    }
    if checks:
        page["required_status_checks"] = {
            "url": f"{api}/required_status_checks",
            "strict": False,
            "contexts": [*checks],
            "checks": [{"context": one, "app_id": None} for one in checks],
            "contexts_url": f"{api}/required_status_checks/contexts",
        }
    if reviews:
        page["required_pull_request_reviews"] = {
            "url": f"{api}/required_pull_request_reviews",
            "dismiss_stale_reviews": False,
            "require_code_owner_reviews": False,
            "required_approving_review_count": 1,
            "require_last_push_approval": False,
        }
    if only is not None:
        people = [hub.user(login) for login in only if login != JOB]
        page["restrictions"] = {
            "url": f"{api}/restrictions",
            "users_url": f"{api}/restrictions/users",
            "teams_url": f"{api}/restrictions/teams",
            "apps_url": f"{api}/restrictions/apps",
            "users": people,
            "teams": [],
            "apps": [],
        }
    return page


def _rule(kind: str, parameters: dict[str, Any] | None) -> JSON:
    return {"type": kind, **({"parameters": parameters} if parameters is not None else {})}


def of_branch(asked: Asked) -> Response:
    """List the rules that a branch has, whoever asks, and whoever may pass them by."""
    hub = asked.hub
    ref = f"refs/heads/{asked.place['branch']}"
    entries = [
        {
            "type": kind,
            **({"parameters": parameters} if parameters is not None else {}),
            "ruleset_source_type": "Repository",
            "ruleset_source": hub.addresses.slug,
            "ruleset_id": ruleset.id,
        }
        for ruleset in hub.state.rulesets
        if ruleset.enforced and ruleset.target == "branch" and matches(hub, ruleset, ref)
        for kind, parameters in ruleset.rules.items()
    ]
    where = f"{hub.addresses.repository}/rules/branches/{asked.place['branch']}"
    return paged(asked.request, entries, where)


def list_all(asked: Asked) -> Response:
    """List the rulesets, without what is in them."""
    targets = asked.request.args.get("targets", "branch,tag,push").split(",")
    entries = [_page(asked, one) for one in asked.hub.state.rulesets if one.target in targets]
    return paged(asked.request, entries, f"{asked.hub.addresses.repository}/rulesets")


def matches(hub: Hub, ruleset: Ruleset, ref: str) -> bool:
    """Tell whether *ruleset* is about *ref*."""
    default = f"refs/heads/{hub.git.default_branch}"
    patterns = [default if one == "~DEFAULT_BRANCH" else one for one in ruleset.patterns]
    return any(one == "~ALL" or fnmatchcase(ref, one) for one in patterns)


def _page(asked: Asked, ruleset: Ruleset) -> JSON:
    hub = asked.hub
    api = f"{hub.addresses.repository}/rulesets/{ruleset.id}"
    return {
        "id": ruleset.id,
        "name": ruleset.name,
        "target": ruleset.target,
        "source_type": "Repository",
        "source": hub.addresses.slug,
        "enforcement": "active" if ruleset.enforced else "evaluate",
        "node_id": node_id("RRS", ruleset.id),
        "_links": {
            "self": {"href": api},
            "html": {"href": f"{hub.addresses.page}/rules/{ruleset.id}"},
        },
        "created_at": hub.state.created_at,
        "updated_at": hub.state.created_at,
    }


_HEAD = "Repository rule violations found\n\n"
_FORBIDDEN = {
    "pull_request": "Changes must be made through a pull request.",
    "merge_queue": "Changes must be made through the merge queue",
    "update": "Cannot update this protected ref.",
    "required_status_checks": "Required status checks are expected.",
}


def violation_of(asked: Asked, ref: str, oid: str) -> str:
    """
    Return what is against letting *ref* name something else; empty: nothing.

    Args:
        asked: Who wants it.
        ref: As a whole; it need not be there.
        oid: What it shall name; empty: a commit that the forge makes and signs.
    """
    words = [*_words(asked, ref, oid)]
    return _HEAD + "\n\n".join(words) + "\n\n" if words else ""


def _words(asked: Asked, ref: str, oid: str) -> Iterator[str]:
    hub = asked.hub
    is_there = hub.git.ref(ref) is not None
    for ruleset in hub.state.rulesets:
        if not ruleset.enforced or asked.login in ruleset.bypass:
            continue
        if not ref.startswith("refs/heads/" if ruleset.target == "branch" else "refs/tags/"):
            continue
        if not matches(hub, ruleset, ref):
            continue
        for kind in ruleset.rules:
            if kind == "creation" and not is_there:
                yield "Cannot create ref due to creations being restricted."
            if kind == "required_signatures" and oid and oid not in hub.state.verified:
                yield "Commits must have verified signatures."
            if kind in _FORBIDDEN and is_there:
                yield _FORBIDDEN[kind]


def branch(asked: Asked) -> Response:
    """Show of a branch whether it is protected, and by which checks; all may know that."""
    response = branches.get(asked)
    protection = asked.hub.state.protection.get(asked.place["branch"])
    if protection is None:
        return response
    checks = protection.get("required_status_checks") or {"contexts": [], "checks": []}
    for_all = (protection.get("enforce_admins") or {}).get("enabled")
    level = ("everyone" if for_all else "non_admins") if checks["contexts"] else "off"
    required = {
        "enforcement_level": level,
        "contexts": checks["contexts"],
        "checks": checks["checks"],
    }
    shown = {"enabled": True, "required_status_checks": required}
    return as_json({**response.get_json(), "protected": True, "protection": shown})


_BRANCH, _RULES = "/branches/<path:branch>", "/rulesets/<int:ruleset_id>"
ROUTES = (
    Route("repos/get-branch", "GET", _BRANCH, "contents", "read", branch),
    Route(
        "repos/get-branch-protection",
        *("GET", f"{_BRANCH}/protection", "administration", "read"),
        protection,
    ),
    Route(
        "repos/get-branch-rules",
        *("GET", "/rules/branches/<path:branch>", "metadata", "read"),
        of_branch,
    ),
    Route("repos/get-repo-rulesets", "GET", "/rulesets", "metadata", "read", list_all),
    Route("repos/get-repo-ruleset", "GET", _RULES, "metadata", "read", get),
)
