"""
What protected branches and tags, push rules and merge trains demand of a token.

Source: https://docs.gitlab.com/api/protected_branches/, .../protected_tags/
"""

from __future__ import annotations

import re
from functools import cached_property
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.forge.rights import ALL_RIGHTS, BranchRules, Rights
from releasio.world.forge.api import ABSENT, HIDDEN
from releasio.world.forge.gitlab.project import DEVELOPER

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from releasio.rules.forge.rights import Right
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.gitlab.project import Account, Project

_OF_JOBS: frozenset[Right] = frozenset({"contents"})  # releases and files; the push is not its own
_SILENT = ABSENT | {HTTPStatus.FORBIDDEN}  # an old GitLab; a token for git and packages only


@frozen
class Level:
    """
    Who may do something with what is protected.

    Attributes:
        level: The role it takes; 0: nobody; None: it is not by role.
        user: The number of the user who may; None: it is not one user.
        words: As GitLab describes it.
    """

    level: int | None
    user: int | None
    words: str


@frozen
class Protection:
    """
    A rule over branches or tags.

    Attributes:
        name: Theirs, `*` for anything.
        push: Who may push, or make the tag.
        merge: Who may merge; of tags nobody.
    """

    name: str
    push: tuple[Level, ...]
    merge: tuple[Level, ...] = ()


class Rules:
    """
    Rights and rules of one project; see `Forge` for what each method does.

    What is hidden from the token is not known.
    """

    _project: Project
    _token: ForgeToken

    def rights(self) -> Rights:
        """Return what the token may do: by its kind and scopes, and its user's role."""
        return self._rights

    @cached_property
    def _rights(self) -> Rights:
        source = self._token.source
        if self._project.is_job:
            login = self._project.api.find("/job", lambda job: str(job["user"]["username"]))
            return Rights("job", _OF_JOBS, ALL_RIGHTS - _OF_JOBS, login, source)
        scopes = self._project.api.find("/personal_access_tokens/self", _scopes, nothing=_SILENT)
        account = self._project.account()
        login = account.login if account else None
        if (account is None) if scopes is None else ("api" not in scopes):
            return Rights("personal", frozenset(), ALL_RIGHTS, login, source)
        if scopes is None or account is None:
            return Rights("personal", login=login, source=source)
        is_enough = account.level >= DEVELOPER
        granted = ALL_RIGHTS if is_enough else frozenset()
        return Rights("personal", granted, ALL_RIGHTS - granted, login, source)

    def job_surroundings(self) -> None:
        """Return nothing: no index looks at environments of it as it does at those of GitHub."""

    def branch_rules(self, branch: str) -> BranchRules:
        """Return what *branch* demands."""
        if self._project.account() is None:
            return BranchRules()  # GitLab would answer as to a stranger
        path = self._project.path("repository", "branches", branch)
        may_push = self._project.api.find(path, _can_push, nothing=HIDDEN)
        rules = self._matching("protected_branches", branch)
        if may_push is None and rules is not None:
            may_push = self._allows([level for rule in rules for level in rule.push], rules)
        if may_push is None:
            return BranchRules()
        if may_push:
            return BranchRules(known=True, signatures=self._signatures())
        may_merge = self._allows([level for rule in rules or () for level in rule.merge], rules)
        settings = self._project.settings()
        return BranchRules(
            known=True,
            pull_request=may_merge is not False,
            signatures=self._signatures(),
            checks=("pipeline",) if settings and settings.needs_pipeline else (),
            merge_queue=bool(settings and settings.has_trains),
            locked=may_merge is False,
            reason=_reason("branch", branch, rules, "push"),
        )

    def tag_rules(self, tag: str) -> BranchRules:
        """Return what making *tag* demands."""
        if self._project.account() is None:
            return BranchRules()
        rules = self._matching("protected_tags", tag)
        may_make = (
            None if rules is None else self._allows([x for r in rules for x in r.push], rules)
        )
        if may_make is None:
            return BranchRules(reason=_reason("tag", tag, rules, "create it"))
        if may_make:
            return BranchRules(known=True)
        return BranchRules(known=True, locked=True, reason=_reason("tag", tag, rules, "create it"))

    def _matching(self, kind: str, name: str) -> tuple[Protection, ...] | None:
        """Return the rules over *name*; None: the token may not read them."""
        path = self._project.path(kind)
        if self._project.api.find(path, list, {"per_page": 1}, nothing=HIDDEN) is None:
            return None
        rules = self._project.api.each(path, _protection, {"per_page": 100})
        return tuple(rule for rule in rules if covers(rule.name, name))

    def _allows(self, levels: Sequence[Level], rules: tuple[Protection, ...] | None) -> bool | None:
        """Tell whether one of *levels* is the token's, by the most generous rule; None: unknown."""
        account = self._project.account()
        if rules is None or account is None:
            return None
        if not rules:
            return account.level >= DEVELOPER
        if any(_is_met(level, account) for level in levels):
            return True
        # whether somebody belongs to a group that may is not asked
        return (
            None if any(level.level is None and level.user is None for level in levels) else False
        )

    def _signatures(self) -> bool:
        path = self._project.path("push_rule")
        return bool(self._project.api.find(path, _rejects_unsigned, nothing=HIDDEN))


def covers(name: str, ref: str) -> bool:
    """Tell whether the name of a rule, with `*` for anything, is that of *ref*."""
    return re.fullmatch(".*".join(map(re.escape, name.split("*"))), ref) is not None


def _is_met(level: Level, account: Account) -> bool:
    if level.user is not None:
        return level.user == account.id
    return bool(level.level) and account.level >= (level.level or 0)


def _reason(kind: str, name: str, rules: Iterable[Protection] | None, deed: str) -> str:
    words = dict.fromkeys(level.words for rule in rules or () for level in rule.push if level.words)
    return f"protected {kind} {name}: {', '.join(words)} may {deed}" if words else ""


def _protection(answer: dict[str, Any]) -> Protection:
    push = answer.get("push_access_levels", answer.get("create_access_levels"))
    return Protection(
        str(answer["name"]), _levels(push), _levels(answer.get("merge_access_levels"))
    )


def _levels(answer: list[dict[str, Any]] | None) -> tuple[Level, ...]:
    return tuple(
        Level(
            # a rule for one user, group or key has a role beside it that means nothing
            None if is_named(level) else level.get("access_level"),
            level.get("user_id"),
            str(level.get("access_level_description") or ""),
        )
        for level in answer or ()
    )


def is_named(level: dict[str, Any]) -> bool:
    """Tell whether an access level is that of somebody in particular."""
    return any(level.get(name) is not None for name in ("user_id", "group_id", "deploy_key_id"))


def _can_push(answer: dict[str, Any]) -> bool:
    return bool(answer["can_push"])


def _rejects_unsigned(answer: dict[str, Any] | None) -> bool:
    return bool((answer or {}).get("reject_unsigned_commits"))


def _scopes(answer: dict[str, Any]) -> tuple[str, ...]:
    return tuple(str(scope) for scope in answer["scopes"])
