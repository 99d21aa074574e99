"""Rules over branches and tags, and what they allow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.gitlab import repository
from releasio.standins.forge.gitlab.answers import as_json, not_found, paged
from releasio.standins.forge.gitlab.routes import Route
from releasio.standins.forge.gitlab.state import DEVELOPER, MAINTAINER
from tests.forges.whole_gitlab.state import ROLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Response

    from releasio.standins.forge.gitlab.state import User
    from tests.forges.whole_gitlab.state import Asked, Level, Protection


_ADMIN = 60


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


def branch_page(asked: Asked, name: str) -> dict[str, Any]:
    """Return what GitLab says of a branch, by the rules over it."""
    return {
        **repository.branch_page(asked, name),
        "protected": any(_covers(rule.name, name) for rule in asked.state.branches),
        "can_push": asked.token is not None and may_push(asked, asked.token.user, name),
    }


def _branch(asked: Asked) -> Response:
    return as_json(branch_page(asked, asked.parts["branch"]))


ROUTES = {
    "GET /projects/:id/repository/branches/:branch": Route(_branch),
    "GET /projects/:id/protected_branches": Route(protected_branches, DEVELOPER),
    "GET /projects/:id/protected_tags": Route(protected_tags, MAINTAINER),
    "GET /projects/:id/push_rule": Route(push_rule, MAINTAINER),
}
