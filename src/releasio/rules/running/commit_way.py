"""Which way the release commit takes to its branch, by the rules that the forge has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.git.push import BranchDemands, TagDemands
from releasio.rules.running.push_rules import ALLOW_TAG, BYPASS, PULL_REQUEST, SIGN
from releasio.text.listing import listed

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.forge.rights import BranchRules

_WHERE = {
    "github": "in Settings > Rules, or Settings > Branches",
    "gitlab": "in Settings > Repository > Protected branches",
    "gitea": "in Settings > Branches",
}
_WHERE_TAGS = {
    "github": "in Settings > Rules",
    "gitlab": "in Settings > Repository > Protected tags",
    "gitea": "in Settings > Tags",
}


def branch_demands(rules: BranchRules, *, signs: bool) -> tuple[str, ...]:
    """
    Return what keeps a release commit from being pushed, each in a few words; empty: nothing.

    Args:
        rules: Of the branch.
        signs: Whether the commit is signed here.
    """
    demands: list[str] = []
    if rules.locked:
        demands.append("an exemption of who pushes")
    if rules.pull_request:
        demands.append("a pull request")
    if rules.merge_queue:
        demands.append("its merge queue")
    if rules.checks:
        checks = listed(rules.checks)
        demands.append(f"that {checks} {'has' if len(rules.checks) == 1 else 'have'} passed")
    if rules.signatures and not signs:
        demands.append("signed commits, and nothing signs here")
    return tuple(demands)


def branch_error(
    branch: str, place: ForgePlace, rules: BranchRules, *, signs: bool
) -> ReleasioError | None:
    """Return what the branch demands of the release commit, with the ways on; None: nothing."""
    demands = branch_demands(rules, signs=signs)
    if not demands:
        return None
    ways = [PULL_REQUEST] if rules.pull_request or rules.merge_queue or rules.checks else []
    if rules.signatures and not signs:
        ways.append(SIGN)
    if not rules.takes_push:
        ways.append(BYPASS.replace("{where}", _WHERE[place.kind]))
    return BranchDemands(branch, place.name, demands, reason=rules.reason, hint=" ".join(ways))


def tag_error(tag: str, place: ForgePlace, rules: BranchRules) -> ReleasioError | None:
    """Return what keeps the token from making the tag, with the way on; None: nothing."""
    if rules.takes_push:
        return None
    hint = ALLOW_TAG.replace("{where}", _WHERE_TAGS[place.kind])
    return TagDemands(tag, place.name, reason=rules.reason, hint=hint)
