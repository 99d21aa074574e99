"""Rules of branches and tags: rulesets, and the protection there was before them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import as_json, paged, refuse
from releasio.standins.forge.github.pages import node_id
from releasio.standins.forge.github.tokens import JOB

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked, Hub
    from releasio.standins.forge.github.pages import JSON
    from releasio.standins.forge.github.state import Ruleset

_FLAGS = ("required_linear_history", "allow_force_pushes", "allow_deletions", "lock_branch")


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


def branch(asked: Asked) -> Response:
    """Show of a branch whether it is protected, and by which checks; all may know that."""
    hub, name = asked.hub, asked.place["branch"]
    oid = hub.git.ref(f"refs/heads/{name}")
    if oid is None:
        raise refuse(404, "Branch not found")
    api = f"{hub.addresses.repository}/branches/{name}"
    protection = hub.state.protection.get(name)
    checks = (protection or {}).get("required_status_checks") or {"contexts": [], "checks": []}
    for_all = bool(((protection or {}).get("enforce_admins") or {}).get("enabled"))
    level = ("everyone" if for_all else "non_admins") if checks["contexts"] else "off"
    return as_json(
        {
            "name": name,
            "commit": _commit(asked.hub, oid),
            "_links": {"self": api, "html": f"{hub.addresses.page}/tree/{name}"},
            "protected": protection is not None,
            "protection": {
                "enabled": protection is not None,
                "required_status_checks": {
                    "enforcement_level": level,
                    "contexts": checks["contexts"],
                    "checks": checks["checks"],
                },
            },
            "protection_url": f"{api}/protection",
        }
    )


def protection(asked: Asked) -> Response:
    """Show how a branch is protected, to its administrators."""
    found = asked.hub.state.protection.get(asked.place["branch"])
    if found is None:
        raise refuse(404, "Branch not protected")
    return as_json(found)


def matches(hub: Hub, ruleset: Ruleset, ref: str) -> bool:
    """Tell whether *ruleset* is about *ref*."""
    default = f"refs/heads/{hub.git.default_branch}"
    patterns = [default if one == "~DEFAULT_BRANCH" else one for one in ruleset.patterns]
    return any(one == "~ALL" or fnmatchcase(ref, one) for one in patterns)


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


def _rule(kind: str, parameters: dict[str, Any] | None) -> JSON:
    return {"type": kind, **({"parameters": parameters} if parameters is not None else {})}


def _commit(hub: Hub, oid: str) -> JSON:
    commit = hub.git.commit(oid)
    api, page = f"{hub.addresses.repository}/commits/{oid}", hub.addresses.page
    people = {"author": commit.author, "committer": commit.committer}
    dates = {"author": commit.authored, "committer": commit.committed}
    accounts = {name: hub.state.by_email(person.email) for name, person in people.items()}
    return {
        "url": api,
        "sha": oid,
        "node_id": node_id("C", oid),
        "html_url": f"{page}/commit/{oid}",
        "comments_url": f"{api}/comments",
        "commit": {
            "url": f"{hub.addresses.repository}/git/commits/{oid}",
            **{
                name: {"name": person.name, "email": person.email, "date": dates[name]}
                for name, person in people.items()
            },
            "message": commit.message,
            "comment_count": 0,
            "tree": {
                "sha": commit.tree,
                "url": f"{hub.addresses.repository}/git/trees/{commit.tree}",
            },
        },
        **{name: hub.user(one.login) if one else None for name, one in accounts.items()},
        "parents": [
            {
                "sha": one,
                "url": f"{hub.addresses.repository}/commits/{one}",
                "html_url": f"{page}/commit/{one}",
            }
            for one in commit.parents
        ],
    }
