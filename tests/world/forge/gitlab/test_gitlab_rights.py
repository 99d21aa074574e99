"""What tokens may do on GitLab, and what branches and tags demand of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeForbids
from releasio.rules.forge.pull_request import PullRequestText
from releasio.rules.forge.release import ReleaseText
from releasio.rules.forge.rights import BranchRules
from releasio.standins.forge.gitlab.state import DEVELOPER, MAINTAINER
from tests.forges.whole_gitlab.state import Level, Protection

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.world.forge.gitlab.client import GitLab
    from tests.forges.whole_gitlab.gitlab import WholeGitLab

    Connect = Callable[[str], GitLab]

ALL = {"contents", "pull-requests", "issues", "workflows"}


class TestRights:
    def test_a_job_may_make_releases_and_open_nothing(
        self, fake: WholeGitLab, connect: Connect
    ) -> None:
        rights = connect(fake.job_token()).rights()

        assert "job" == rights.kind
        assert {"contents"} == rights.granted
        assert ALL - {"contents"} == rights.missing
        assert ("ada", "CI_JOB_TOKEN") == (rights.login, rights.source)

    def test_a_developer_with_the_whole_scope_may_do_all(
        self, fake: WholeGitLab, connect: Connect
    ) -> None:
        rights = connect(fake.project_token()).rights()

        assert ALL == rights.granted
        assert rights.login is not None
        assert "project_7_bot" in rights.login

    @pytest.mark.parametrize("scopes", [("read_api",), ("write_repository",), ()])
    def test_a_token_without_the_scope_may_do_nothing(
        self, fake: WholeGitLab, connect: Connect, scopes: tuple[str, ...]
    ) -> None:
        rights = connect(fake.token(scopes=scopes)).rights()

        assert ALL == rights.missing

    @pytest.mark.parametrize(("level", "missing"), [(0, ALL), (20, ALL), (30, set()), (50, set())])
    def test_the_role_of_its_user_counts_too(
        self, fake: WholeGitLab, connect: Connect, level: int, missing: set[str]
    ) -> None:
        rights = connect(fake.token(user=fake.user("bob", level=level))).rights()

        assert missing == rights.missing

    def test_an_administrator_is_no_member_and_may_all_the_same(
        self, fake: WholeGitLab, connect: Connect
    ) -> None:
        rights = connect(fake.token(user=fake.user("root", is_admin=True))).rights()

        assert ALL == rights.granted

    def test_a_token_that_is_none_says_so(self, connect: Connect) -> None:
        with pytest.raises(ForgeForbids) as failure:
            connect("glpat-of-nobody-at-all").rights()

        assert "401 Unauthorized" in failure.value.message
        assert (
            "The token in GITLAB_TOKEN is none, or no longer one: it may have expired."
            == failure.value.hint
        )

    def test_nothing_is_changed_by_asking(self, fake: WholeGitLab, connect: Connect) -> None:
        for token in (fake.token(), fake.job_token()):
            client = connect(token)
            client.rights()
            client.branch_rules("main")
            client.tag_rules("v1.0")

        assert {"GET"} == {exchange.method for exchange in fake.log}


class TestRefusals:
    def test_a_job_that_opens_a_merge_request(self, fake: WholeGitLab, connect: Connect) -> None:
        with pytest.raises(ForgeForbids) as failure:
            connect(fake.job_token()).create_pull_request(PullRequestText("t", "b", "x", "main"))

        assert "does not let this token open a merge request" in failure.value.message
        assert "A job's own token makes releases and uploads files, and nothing else" in (
            failure.value.hint
        )
        assert "GITLAB_TOKEN" in failure.value.hint

    def test_a_token_that_may_only_read(self, fake: WholeGitLab, connect: Connect) -> None:
        client = connect(fake.token(scopes=("read_api",)))
        text = ReleaseText("v1.0", "one", "")
        with pytest.raises(ForgeForbids) as failure:
            client.publish_release(client.create_release(text), text)

        assert "The request requires higher privileges" in failure.value.message
        assert (
            "The token needs the scope api, and the role Developer or a higher one in the project."
            == failure.value.hint
        )


class TestBranchRules:
    def test_a_branch_without_rules_takes_a_push(self, client: GitLab) -> None:
        assert BranchRules(known=True) == client.branch_rules("main")

    def test_one_that_nobody_may_push_to_takes_merge_requests(
        self, fake: WholeGitLab, client: GitLab
    ) -> None:
        fake.state.branches.append(Protection(name="ma*", push=(Level(level=0),)))
        fake.settings.needs_pipeline = fake.settings.merge_trains = True
        fake.settings.merge_method = "ff"

        assert BranchRules(
            known=True,
            pull_request=True,
            checks=("pipeline",),
            merge_queue=True,
            reason="protected branch main: No one may push",
        ) == client.branch_rules("main")

    def test_the_most_generous_rule_counts(self, fake: WholeGitLab, client: GitLab) -> None:
        fake.state.branches.append(Protection(name="main", push=(Level(level=0),)))
        fake.state.branches.append(Protection(name="*", push=(Level(level=MAINTAINER),)))

        assert client.branch_rules("main").takes_push

    def test_a_rule_may_be_for_one_user(self, fake: WholeGitLab, connect: Connect) -> None:
        bot = fake.user("bot", level=DEVELOPER)
        rule = Protection(name="main", push=(Level(level=0), Level(user=bot)))
        fake.state.branches.append(rule)

        assert connect(fake.token(user=bot)).branch_rules("main").takes_push
        assert not connect(fake.token()).branch_rules("main").takes_push

    def test_nobody_may_merge_either(self, fake: WholeGitLab, client: GitLab) -> None:
        nobody = (Level(level=0),)
        fake.state.branches.append(Protection(name="main", push=nobody, merge=nobody))

        assert client.branch_rules("main").locked

    def test_signatures_are_demanded_by_push_rules(self, fake: WholeGitLab, client: GitLab) -> None:
        fake.settings.push_rule = {"reject_unsigned_commits": True}

        assert client.branch_rules("main").signatures

    def test_a_branch_that_is_not_there_yet(self, fake: WholeGitLab, client: GitLab) -> None:
        fake.state.branches.append(Protection(name="releasio/*", push=(Level(level=0),)))

        assert client.branch_rules("releasio/release").pull_request
        assert client.branch_rules("another").takes_push

    def test_what_is_hidden_is_not_known(self, fake: WholeGitLab, connect: Connect) -> None:
        assert BranchRules() == connect(fake.job_token()).branch_rules("main")


class TestTagRules:
    @pytest.mark.parametrize(
        ("levels", "rules"),
        [
            ((Level(level=MAINTAINER),), BranchRules(known=True)),
            (
                (Level(level=0),),
                BranchRules(
                    known=True, locked=True, reason="protected tag v1.0: No one may create it"
                ),
            ),
            ((Level(group=3),), BranchRules(reason="protected tag v1.0: a group may create it")),
        ],
    )
    def test_who_may_make_a_tag(
        self, fake: WholeGitLab, client: GitLab, levels: tuple[Level, ...], rules: BranchRules
    ) -> None:
        fake.state.tags.append(Protection(name="v*", push=levels))

        assert rules == client.tag_rules("v1.0")

    def test_a_tag_without_rules(self, client: GitLab) -> None:
        assert BranchRules(known=True) == client.tag_rules("v1.0")

    def test_who_may_not_read_them_does_not_know(self, fake: WholeGitLab, connect: Connect) -> None:
        assert BranchRules() == connect(fake.project_token()).tag_rules("v1.0")
