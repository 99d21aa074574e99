"""What GitHub's rules demand of a branch or tag: rulesets, and the protection before them."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Any

from releasio.rules.forge.rights import BranchRules

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet

    Document = Mapping[str, Any]

_WORDS = {
    "pull_request": "changes come by pull request",
    "required_signatures": "commits must be signed",
    "required_status_checks": "checks must have passed",
    "merge_queue": "changes come by the merge queue",
    "required_linear_history": "no merge commits",
    "update": "only those who may pass the rule by may push",
    "creation": "only those who may pass the rule by may make it",
}
_CHECKED = {"workflows", "required_deployments", "code_scanning", "code_quality"}
_NOT_FOR_ALL = "it is protected, and how is shown to its administrators only"


def of_rulesets(rules: Iterable[Document], *, creates: bool = False) -> BranchRules:
    """
    Return what *rules* demand.

    Args:
        rules: As GitHub lists them, without those that the token may pass by.
        creates: It is about something that is not there yet.

    Source: https://docs.github.com/en/rest/repos/rules#get-rules-for-a-branch
    """
    parameters: dict[str, Document] = {rule["type"]: rule.get("parameters") or {} for rule in rules}
    checks = parameters.get("required_status_checks", {}).get("required_status_checks", ())
    names = [check["context"] for check in checks] + sorted(_CHECKED & parameters.keys())
    lock, moot = ("creation", "update") if creates else ("update", "creation")
    return _branch_rules(parameters.keys() - {moot}, names, locked=lock in parameters)


def _branch_rules(kinds: AbstractSet[str], checks: Iterable[str], *, locked: bool) -> BranchRules:
    return BranchRules(
        known=True,
        pull_request="pull_request" in kinds,
        signatures="required_signatures" in kinds,
        checks=tuple(dict.fromkeys(checks)),
        merge_queue="merge_queue" in kinds,
        locked=locked,
        reason="; ".join(words for kind, words in _WORDS.items() if kind in kinds),
    )


def of_protection(page: Document, *, login: str | None, is_admin: bool) -> BranchRules:
    """
    Return what the protection of a branch demands of *login*.

    Args:
        page: As GitHub shows it to administrators.
        login: Whose the token is; None: not known.
        is_admin: Whether it is one of them.

    Source: https://docs.github.com/en/rest/branches/branch-protection
    """
    if is_admin and not _on(page, "enforce_admins"):
        return BranchRules(known=True)
    reviews = page.get("required_pull_request_reviews")
    exempt = (reviews or {}).get("bypass_pull_request_allowances") or {}
    only = page.get("restrictions")
    checks = (page.get("required_status_checks") or {}).get("contexts", ())
    rules = {
        "pull_request": reviews is not None and login not in _logins(exempt),
        "required_signatures": _on(page, "required_signatures"),
        "required_status_checks": bool(checks),
        "required_linear_history": _on(page, "required_linear_history"),
        "update": _on(page, "lock_branch") or (only is not None and login not in _logins(only)),
    }
    kinds = {name for name, holds in rules.items() if holds}
    return _branch_rules(kinds, checks, locked=rules["update"])


def of_summary(page: Document) -> BranchRules:
    """Return what everybody is told of a protected branch: that it is, and by which checks."""
    checks = (page.get("protection") or {}).get("required_status_checks") or {}
    names = checks.get("contexts", ()) if checks.get("enforcement_level") != "off" else ()
    return BranchRules(checks=tuple(names), reason=_NOT_FOR_ALL)


def combined(first: BranchRules, second: BranchRules) -> BranchRules:
    """Return what two sources of rules demand; what one of them does not tell is not known."""
    return BranchRules(
        known=first.known and second.known,
        pull_request=first.pull_request or second.pull_request,
        signatures=first.signatures or second.signatures,
        checks=tuple(dict.fromkeys([*first.checks, *second.checks])),
        merge_queue=first.merge_queue or second.merge_queue,
        locked=first.locked or second.locked,
        reason="; ".join(dict.fromkeys(filter(None, [first.reason, second.reason]))),
    )


def is_about(conditions: Document | None, ref: str, default: str) -> bool:
    """
    Tell whether the *conditions* of a ruleset hold for *ref*.

    Args:
        conditions: As GitHub shows them.
        ref: As a whole.
        default: The default branch.
    """
    names = (conditions or {}).get("ref_name") or {}

    def holds(pattern: str) -> bool:
        if pattern == "~DEFAULT_BRANCH":
            return ref == f"refs/heads/{default}"
        return pattern == "~ALL" or fnmatchcase(ref, pattern)

    included = any(map(holds, names.get("include", ())))
    return included and not any(map(holds, names.get("exclude", ())))


def _on(page: Document, name: str) -> bool:
    return bool((page.get(name) or {}).get("enabled"))


def _logins(actors: Document) -> set[str]:
    """Return who is named; an application acts under its name and `[bot]`."""
    users = {user["login"] for user in actors.get("users", ())}
    return users | {f"{app['slug']}[bot]" for app in actors.get("apps", ())}
