"""Branches, commits and files, and the rules over branches and tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitlab.answers import as_json, not_found, paged
from releasio.standins.forge.gitlab.routes import Route
from releasio.standins.forge.gitlab.state import DEVELOPER, MAINTAINER, ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.routes import Asked
    from releasio.standins.forge.gitlab.state import Level, Protection, User

_ADMIN = 60


def branches(asked: Asked) -> Response:
    """List the branches."""
    names = [ref.removeprefix("refs/heads/") for ref in asked.git.refs("refs/heads/")]
    return paged(asked.request, [_branch(asked, name) for name in names], asked.address)


def branch(asked: Asked) -> Response:
    """Show a branch, and whether the sender may push to it."""
    return as_json(_branch(asked, asked.parts["branch"]))


def tags(asked: Asked) -> Response:
    """List the tags."""
    names = [ref.removeprefix("refs/tags/") for ref in asked.git.refs("refs/tags/")]
    return paged(asked.request, [{"name": name} for name in names], asked.address)


def commits(asked: Asked) -> Response:
    """List the commits of a ref, the newest first."""
    start = asked.git.commit_of(asked.text("ref_name", asked.git.default_branch))
    if start is None:
        raise not_found()
    items = [commit.id for commit in asked.git.log(start)]
    return paged(asked.request, [shown_commit(asked, oid) for oid in items], asked.address)


def commit(asked: Asked) -> Response:
    """Show a commit."""
    oid = asked.git.commit_of(asked.parts["sha"])
    if oid is None:
        raise not_found(what="Commit")
    return as_json(shown_commit(asked, oid))


def protected_branches(asked: Asked) -> Response:
    """List the rules over branches."""
    shown = [
        {
            "name": rule.name,
            "push_access_levels": _levels(rule.push),
            "merge_access_levels": _levels(rule.merge),
            "allow_force_push": False,
        }
        for rule in asked.state.branches
    ]
    return paged(asked.request, shown, asked.address)


def protected_tags(asked: Asked) -> Response:
    """List the rules over tags."""
    shown = [
        {"name": rule.name, "create_access_levels": _levels(rule.push)} for rule in asked.state.tags
    ]
    return paged(asked.request, shown, asked.address)


def push_rule(asked: Asked) -> Response:
    """Show the push rules, which not every GitLab has."""
    rule = asked.state.settings.push_rule
    if rule is None:
        raise not_found()
    return as_json(rule)


def may_push(asked: Asked, user: User, branch_name: str) -> bool:
    """Tell whether *user* may push to a branch, by the most generous rule."""
    return _allowed(asked.state.branches, branch_name, user, "push")


def may_merge(asked: Asked, user: User, branch_name: str) -> bool:
    """Tell whether *user* may merge into a branch."""
    return _allowed(asked.state.branches, branch_name, user, "merge")


def shown_commit(asked: Asked, oid: str) -> dict[str, Any]:
    """Return what GitLab says of a commit."""
    entry = asked.git.commit(oid)
    return {
        "id": entry.id,
        "short_id": entry.id[:8],
        "title": entry.subject,
        "message": entry.message,
        "author_name": entry.author.name,
        "author_email": entry.author.email,
        "authored_date": entry.authored,
        "committer_name": entry.committer.name,
        "committer_email": entry.committer.email,
        "committed_date": entry.committed,
        "created_at": entry.committed,
        "parent_ids": [*entry.parents],
        "web_url": f"{asked.page}/-/commit/{entry.id}",
    }


def _allowed(rules: Sequence[Protection], name: str, user: User, deed: str) -> bool:
    matching = [rule for rule in rules if _covers(rule.name, name)]
    if not matching:
        return user.level >= DEVELOPER
    levels = [level for rule in matching for level in getattr(rule, deed)]
    return any(_is_met(level, user) for level in levels)


def _is_met(level: Level, user: User) -> bool:
    if level.user is not None:
        return level.user.id == user.id
    rank = _ADMIN if user.is_admin else user.level
    return level.group is None and 0 < level.level <= rank


def _covers(rule: str, name: str) -> bool:
    return re.fullmatch(re.escape(rule).replace(r"\*", ".*"), name) is not None


def _branch(asked: Asked, name: str) -> dict[str, Any]:
    oid = asked.git.ref(f"refs/heads/{name}")
    if oid is None:
        raise not_found(what="Branch")
    return {
        "name": name,
        "commit": shown_commit(asked, oid),
        "default": name == asked.git.default_branch,
        "protected": any(_covers(rule.name, name) for rule in asked.state.branches),
        "can_push": asked.token is not None and may_push(asked, asked.token.user, name),
    }


def _levels(levels: Sequence[Level]) -> list[dict[str, Any]]:
    return [
        {
            "id": number,
            "access_level": level.level,
            "access_level_description": _described(level),
            "user_id": level.user.id if level.user else None,
            "group_id": level.group,
        }
        for number, level in enumerate(levels, 1)
    ]


def _described(level: Level) -> str:
    if level.user is not None:
        return level.user.name
    return "a group" if level.group is not None else ROLES[level.level]


_ROOT = "/projects/:id/repository"
ROUTES = {
    f"GET {_ROOT}/branches": Route(branches, job=True),
    f"GET {_ROOT}/branches/:branch": Route(branch),
    f"GET {_ROOT}/tags": Route(tags, job=True),
    f"GET {_ROOT}/commits": Route(commits),
    f"GET {_ROOT}/commits/:sha": Route(commit, job=True),
    "GET /projects/:id/protected_branches": Route(protected_branches, DEVELOPER),
    "GET /projects/:id/protected_tags": Route(protected_tags, MAINTAINER),
    "GET /projects/:id/push_rule": Route(push_rule, MAINTAINER),
}
