"""What protected branches and tags of a Gitea demand of a token's user."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from releasio.frozen import frozen
from releasio.rules.forge.rights import ALL_RIGHTS, BranchRules, Rights
from releasio.world.forge.api import HIDDEN

if TYPE_CHECKING:
    from releasio.rules.forge.token import ForgeToken
    from releasio.world.forge.api import Api
    from releasio.world.forge.gitea.repository import GiteaRepository


@frozen
class Branch:
    """
    A branch, for the token's user.

    Attributes:
        may_push: Whether the user may push to it.
        checks: The checks that must have passed before a merge.
        rule: The name of the rule over it; empty: there is none, or it is not told.
    """

    may_push: bool
    checks: tuple[str, ...]
    rule: str


@frozen
class TagRule:
    """
    A rule over tags.

    Attributes:
        pattern: With `*`, or between slashes a regular expression of Go's.
        users: Who may make them.
        teams: Which teams may.
    """

    pattern: str
    users: tuple[str, ...]
    teams: tuple[str, ...]

    @property
    def is_expression(self) -> bool:
        """Whether it is for programs in Go to read."""
        return len(self.pattern) > 1 and self.pattern[0] == self.pattern[-1] == "/"

    def may_cover(self, tag: str) -> bool:
        """Tell whether *tag* is, or may be, one of those it is about."""
        return self.is_expression or fnmatchcase(tag, self.pattern)


class Rules:
    """
    Rights and rules of one repository; see `Forge` for what each method does.

    What is hidden from the token is not known.
    """

    _api: Api
    _repository: GiteaRepository
    _token: ForgeToken

    def rights(self) -> Rights:
        """
        Return what the token may do: what its user may not, it may not.

        The scopes of a token are told to nobody, so that nothing is known to be granted.
        """
        missing = frozenset() if self._repository.settings().may_push else ALL_RIGHTS
        login, source = self._repository.login(), self._token.source
        return Rights(self._token.kind, frozenset(), missing, login, source)

    def job_surroundings(self) -> None:
        """Return nothing: no index looks at environments of it as it does at those of GitHub."""

    def branch_rules(self, branch: str) -> BranchRules:
        """Return what *branch* demands; of one that is not there nothing is known."""
        path = self._repository.path("branches", branch)
        answer = self._api.find(path, _branch, nothing=HIDDEN)
        if answer is None:
            return BranchRules()
        signatures = self._demands_signatures(answer.rule)
        if answer.may_push:
            return BranchRules(known=True, signatures=signatures)
        return BranchRules(
            known=True,
            pull_request=True,
            signatures=signatures,
            checks=answer.checks,
            reason=f"protected branch {answer.rule}" if answer.rule else "",
        )

    def tag_rules(self, tag: str) -> BranchRules:
        """Return what making *tag* demands."""
        path = self._repository.path("tag_protections")
        rules = self._api.find(path, _tag_rules, nothing=HIDDEN)
        if rules is None:
            return BranchRules()
        covering = [rule for rule in rules if rule.may_cover(tag)]
        if not covering:
            return BranchRules(known=True)
        reason = f"protected tags {', '.join(rule.pattern for rule in covering)}"
        login = (self._repository.login() or "").lower()
        # expressions of Go's are not ours to read, and who is in a team is not asked
        is_open = any(rule.is_expression or rule.teams for rule in covering)
        if any(login and login in rule.users for rule in covering):
            return BranchRules(known=True)
        if is_open or not login:
            return BranchRules(reason=reason)
        return BranchRules(known=True, locked=True, reason=reason)

    def _demands_signatures(self, rule: str) -> bool:
        if not rule:
            return False
        path = self._repository.path("branch_protections", rule)
        return bool(self._api.find(path, _signatures, nothing=HIDDEN))


def _branch(answer: dict[str, Any]) -> Branch:
    checks = answer.get("status_check_contexts") if answer.get("enable_status_check") else None
    rule = str(answer.get("effective_branch_protection_name") or "")
    return Branch(bool(answer["user_can_push"]), tuple(checks or ()), rule)


def _tag_rules(answer: list[dict[str, Any]]) -> tuple[TagRule, ...]:
    return tuple(
        TagRule(
            str(rule["name_pattern"]),
            tuple(str(name).lower() for name in rule.get("whitelist_usernames") or ()),
            tuple(rule.get("whitelist_teams") or ()),
        )
        for rule in answer
    )


def _signatures(answer: dict[str, Any]) -> bool:
    return bool(answer.get("require_signed_commits"))
