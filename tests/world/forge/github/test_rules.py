"""What branches and tags demand on GitHub, of this token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from releasio.rules.forge.rights import BranchRules
from tests.forges.whole_github.rules import protected

if TYPE_CHECKING:
    from tests.world.forge.github.conftest import Desk

CHECKS: dict[str, Any] = {
    "required_status_checks": [{"context": "ci"}, {"context": "lint"}],
    "strict_required_status_checks_policy": False,
}


class TestRulesets:
    def test_a_branch_without_rules_takes_a_push(self, desk: Desk) -> None:
        rules = desk.client().branch_rules("main")

        assert BranchRules(known=True) == rules
        assert rules.takes_push

    def test_every_rule_is_read(self, desk: Desk) -> None:
        desk.github.protect("~DEFAULT_BRANCH", pull_request={}, required_signatures=None)
        desk.github.protect(
            "refs/heads/*",
            required_status_checks=CHECKS,
            required_linear_history=None,
            non_fast_forward=None,
        )
        rules = desk.client().branch_rules("main")

        assert (True, True, True, ("ci", "lint")) == (
            rules.known,
            rules.pull_request,
            rules.signatures,
            rules.checks,
        )
        assert not rules.takes_push
        assert (
            "changes come by pull request; commits must be signed; checks must have passed; "
            "no merge commits"
        ) == rules.reason

    def test_rules_of_other_branches_are_none(self, desk: Desk) -> None:
        desk.github.protect("refs/heads/main", pull_request={})

        assert desk.client().branch_rules("releasio/release").takes_push

    def test_who_may_pass_them_by_has_none(self, desk: Desk) -> None:
        desk.github.protect("refs/heads/main", pull_request={}, bypass=("ada",))
        desk.github.protect("refs/heads/main", required_signatures=None)
        rules = desk.client().branch_rules("main")

        assert (False, True) == (rules.pull_request, rules.signatures)

    def test_a_merge_queue_and_a_restricted_branch(self, desk: Desk) -> None:
        desk.github.protect(
            "refs/heads/main", merge_queue=None, update={"update_allows_fetch_and_merge": False}
        )
        rules = desk.client().branch_rules("main")

        assert (True, True) == (rules.merge_queue, rules.locked)

    def test_rules_that_are_only_watched_are_none(self, desk: Desk) -> None:
        desk.github.protect("refs/heads/main", pull_request={}).enforced = False

        assert desk.client().branch_rules("main").takes_push

    @pytest.mark.parametrize("tag", ["v1.3.0", "nightly"])
    def test_a_tag_may_be_for_others_to_make(self, desk: Desk, tag: str) -> None:
        desk.github.protect(
            "refs/tags/v*", target="tag", creation=None, required_signatures=None, deletion=None
        )
        rules = desk.client().tag_rules(tag)

        assert rules.known
        assert (tag == "v1.3.0") == rules.locked == rules.signatures

    def test_a_tag_is_free_for_who_may_pass_the_rules_by(self, desk: Desk) -> None:
        desk.github.protect("refs/tags/v*", target="tag", creation=None, bypass=("ada",))

        assert BranchRules(known=True) == desk.client().tag_rules("v1.3.0")


class TestProtection:
    def protect(self, desk: Desk, **rules: Any) -> None:  # noqa: ANN401 -- of `protected`
        desk.github.state.protection["main"] = protected(desk.github.hub, "main", **rules)

    def test_an_administrator_is_told_all(self, desk: Desk) -> None:
        self.protect(
            desk,
            reviews=True,
            checks=("ci",),
            flags=("required_signatures", "required_linear_history", "enforce_admins"),
        )
        rules = desk.client().branch_rules("main")

        assert (True, True, True, ("ci",), False) == (
            rules.known,
            rules.pull_request,
            rules.signatures,
            rules.checks,
            rules.locked,
        )

    def test_an_administrator_may_be_exempt(self, desk: Desk) -> None:
        self.protect(desk, reviews=True)

        assert desk.client().branch_rules("main").takes_push

    @pytest.mark.parametrize(("only", "locked"), [(("ada",), False), (("bob",), True)])
    def test_only_some_may_push(self, desk: Desk, only: tuple[str, ...], *, locked: bool) -> None:
        self.protect(desk, only=only, flags=("enforce_admins",))

        assert locked == desk.client().branch_rules("main").locked

    def test_others_are_told_that_it_is_protected_and_by_which_checks(self, desk: Desk) -> None:
        desk.github.account("bob", role="write")
        self.protect(desk, reviews=True, checks=("ci",))
        rules = desk.client(desk.github.token(login="bob")).branch_rules("main")

        assert (False, ("ci",)) == (rules.known, rules.checks)
        assert "shown to its administrators only" in rules.reason

    def test_a_branch_that_is_not_there_is_not_protected(self, desk: Desk) -> None:
        assert BranchRules(known=True) == desk.client().branch_rules("not/there")
