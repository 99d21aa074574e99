"""Rights and rules on GitHub: what the token may do, and what branches and tags demand."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from releasio.errors.forge.answers import ForgeForbids, ForgeRefused
from releasio.rules.forge.github_rules import (
    combined,
    is_about,
    of_protection,
    of_rulesets,
    of_summary,
)
from releasio.rules.forge.rights import ALL_RIGHTS, BranchRules, Rights
from releasio.world.forge.api import HIDDEN

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.forge.rights import Right
    from releasio.world.forge.github.api import GitHubApi

_MANY = 100  # entries of a page, the most there can be
_TAG_RULES: Mapping[str, str | int] = {
    "targets": "tag",
    "includes_parents": "true",
    "per_page": _MANY,
}
_RULES = "read the rules"
_JOB = "github-actions[bot]"  # who a job's own token belongs to
_VIEWER = "query { viewer { login } }"
# where each right is needed to be understood
_QUESTIONS: tuple[tuple[Right, str], ...] = (("contents", "/git/refs"), ("pull-requests", "/pulls"))


class Rules:
    """Rights and rules of one repository; see `Forge` for what each method does."""

    _api: GitHubApi

    def rights(self) -> Rights:
        """
        Return what the token may do.

        A classic one says so by its scopes; of all others GitHub tells nothing, so they are asked
        by requests that cannot do anything.
        """
        token, (headers, repository) = self._api.token, self._repository
        kind = token.kind
        if "x-oauth-scopes" in headers:
            scopes = {scope.strip() for scope in headers["x-oauth-scopes"].split(",")}
            granted = _by_scopes(scopes, repository)
            return Rights(kind, granted, ALL_RIGHTS - granted, self._login, token.source)
        if kind == "app" and self._login == _JOB:
            kind = "job"
        answers = {right: self._api.may(path) for right, path in _QUESTIONS}
        missing = {right for right, answer in answers.items() if answer is False}
        if kind == "job":
            missing.add("workflows")  # which no job can be given
        granted = frozenset(right for right, answer in answers.items() if answer)
        return Rights(kind, granted, frozenset(missing), self._login, token.source)

    def branch_rules(self, branch: str) -> BranchRules:
        """Return what *branch* demands, by rulesets and by protection, bypasses left out."""
        name = quote(branch, safe="")
        path = self._api.path(f"/rules/branches/{name}")
        rules = self._api.find(path, _documents, {"per_page": _MANY}, deed=_RULES, nothing=HIDDEN)
        if rules is None:
            by_rulesets = BranchRules()
        else:
            by_rulesets = of_rulesets([rule for rule in rules if not self._passes_by(rule)])
        page = self._api.find(self._api.path(f"/branches/{name}"), dict, nothing=HIDDEN)
        if page is None:  # it is not there yet
            return by_rulesets
        if not (page.get("protection") or {}).get("enabled"):
            return by_rulesets
        path = self._api.path(f"/branches/{name}/protection")
        details = self._api.find(path, dict, deed=_RULES, nothing=HIDDEN)
        if details is None:
            return combined(by_rulesets, of_summary(page))
        is_admin = bool(self._permissions.get("admin"))
        return combined(by_rulesets, of_protection(details, login=self._login, is_admin=is_admin))

    def tag_rules(self, tag: str) -> BranchRules:
        """Return what making *tag* demands."""
        path = self._api.path("/rulesets")
        rulesets = self._api.find(path, _documents, _TAG_RULES, deed=_RULES, nothing=HIDDEN)
        if rulesets is None:
            return BranchRules()
        default = self._repository[1].get("default_branch", "")
        rules: list[Mapping[str, Any]] = []
        for summary in rulesets:
            ruleset = self._ruleset(summary["id"])
            if ruleset is None:
                return BranchRules()
            applies = summary.get("target") == "tag" and summary.get("enforcement") == "active"
            ours = applies and is_about(ruleset.get("conditions"), f"refs/tags/{tag}", default)
            if ours and ruleset.get("current_user_can_bypass") != "always":
                rules += ruleset.get("rules") or ()
        return of_rulesets(rules, creates=True)

    @cached_property
    def _repository(self) -> tuple[Mapping[str, str], Mapping[str, Any]]:
        return self._api.headers()

    @property
    def _permissions(self) -> Mapping[str, bool]:
        return self._repository[1].get("permissions") or {}

    @cached_property
    def _login(self) -> str | None:
        """Whose token it is: of an application the one with `[bot]`."""
        try:
            viewer = self._api.graphql(_VIEWER, {}, "ask who it is", asks=True)
        except (ForgeForbids, ForgeRefused):
            return None
        login = ((viewer or {}).get("viewer") or {}).get("login")
        return str(login) if login else None

    def _passes_by(self, rule: Mapping[str, Any]) -> bool:
        """Tell whether the token's owner may pass the ruleset of *rule* by."""
        ruleset = self._ruleset(rule["ruleset_id"]) if "ruleset_id" in rule else None
        return (ruleset or {}).get("current_user_can_bypass") == "always"

    def _ruleset(self, number: int) -> Mapping[str, Any] | None:
        path = self._api.path(f"/rulesets/{number}")
        return self._api.find(path, dict, {"includes_parents": "true"}, nothing=HIDDEN)


def _by_scopes(scopes: set[str], repository: Mapping[str, Any]) -> frozenset[Right]:
    """Return what a classic token may do: what its scopes allow, and its owner's role."""
    permissions = repository.get("permissions") or {}
    writes = "repo" in scopes or ("public_repo" in scopes and not repository.get("private"))
    if not writes:
        return frozenset()
    rights: set[Right] = set()
    if permissions.get("push"):
        rights |= {"contents", "pull-requests", "issues"}
        if "workflow" in scopes:
            rights.add("workflows")
    elif permissions.get("triage"):
        rights.add("issues")
    return frozenset(rights)


def _documents(answer: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [dict(item) for item in answer]
