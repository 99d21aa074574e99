"""What an environment of a repository asks of the jobs that run in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Document = Mapping[str, Any]

RefKind = Literal["branch", "tag"]
_SIGNS = re.compile(r"\*\*/|\*|\?|\[[^\]/]+\]|.", re.DOTALL)


@frozen
class RefPattern:
    """
    Branches or tags that may be deployed from.

    Attributes:
        kind: What it is about.
        text: As it is written: `main`, `v*`, `release/*`.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/deployments-and-environments
    """

    kind: RefKind
    text: str

    def matches(self, kind: RefKind, name: str) -> bool:
        """Tell whether a ref is one of them; `*` is no `/`, as in `File.fnmatch` of Ruby."""
        return kind == self.kind and re.fullmatch(_regex(self.text), name) is not None

    def __str__(self) -> str:
        return self.text


@frozen
class EnvironmentRules:
    """
    An environment, as the settings of the repository have it.

    Attributes:
        name: As it is spelt there.
        has_reviewers: Whether somebody has to approve.
        wait: Minutes that a job waits; 0: none.
        protected_only: Only branches that are protected may use it; no tag ever is.
        patterns: The only branches and tags that may; None: all.
    """

    name: str
    has_reviewers: bool = False
    wait: int = 0
    protected_only: bool = False
    patterns: tuple[RefPattern, ...] | None = None

    def takes(self, kind: RefKind, name: str) -> bool | None:
        """Tell whether a job of this ref may use it; None: it depends on other rules."""
        if self.protected_only:
            return False if kind == "tag" else None
        return self.patterns is None or any(each.matches(kind, name) for each in self.patterns)


@frozen
class JobSurroundings:
    """
    What the jobs of a repository find on its forge.

    Attributes:
        slug: Owner and name as the forge spells them now; identities say the same.
        is_private: Whether only some may read it.
        environments: Those that there are; None: the token may not see them.
    """

    slug: str
    is_private: bool = False
    environments: tuple[EnvironmentRules, ...] | None = None

    def environment(self, name: str) -> EnvironmentRules | None:
        """Return the environment called *name*, in any case; None: none is known."""
        return next(
            (each for each in self.environments or () if each.name.lower() == name.lower()), None
        )


def rules_of(document: Document, policies: Iterable[Document]) -> EnvironmentRules:
    """
    Return an environment as GitHub tells it.

    Args:
        document: It.
        policies: Its patterns for branches and tags, where it has such.

    Raises:
        KeyError: It is none.
    """
    rules = {rule.get("type"): rule for rule in document.get("protection_rules") or ()}
    policy = document.get("deployment_branch_policy") or {}
    patterns = None
    if policy.get("custom_branch_policies"):
        patterns = tuple(
            RefPattern("tag" if each.get("type") == "tag" else "branch", str(each["name"]))
            for each in policies
        )
    return EnvironmentRules(
        str(document["name"]),
        has_reviewers="required_reviewers" in rules,
        wait=int((rules.get("wait_timer") or {}).get("wait_timer") or 0),
        protected_only=bool(policy.get("protected_branches")),
        patterns=patterns,
    )


def _regex(pattern: str) -> str:
    parts = []
    for match in _SIGNS.finditer(pattern):
        sign = match[0]
        if sign == "**/":
            parts.append("(?:.*/)?")
        elif sign == "*":
            parts.append("[^/]*")
        elif sign == "?":
            parts.append("[^/]")
        elif sign.startswith("[") and len(sign) > 1:
            body = re.sub(r"[^0-9A-Za-z-]", lambda each: f"\\{each[0]}", sign[1:-1].lstrip("^!"))
            parts.append(f"[{'^' if sign[1] in '^!' else ''}{body}]")
        else:
            parts.append(re.escape(sign))
    return "".join(parts)
