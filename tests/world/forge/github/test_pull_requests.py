"""Pull requests on GitHub: opened once, edited, closed, merged when they may be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeForbids, ForgeRefused
from releasio.frozen import replace
from releasio.rules.forge.pull_request import PullRequestText

if TYPE_CHECKING:
    from tests.fakes.repository import Repository
    from tests.world.forge.github.conftest import Desk

TEXT = PullRequestText("Release 1.3.0", "What it brings", "releasio/release", "main")
LOST = ["reset-after", "502-after", "cut"]


@pytest.fixture(autouse=True)
def branch(project: Repository) -> None:
    project.git("switch", "--create", "releasio/release")
    project.commit("chore: release 1.3.0", **{"CHANGELOG.md": "# 1.3.0\n"})
    project.git("push", "origin", "releasio/release")
    project.git("switch", "main")


def test_it_is_opened_and_found_again(desk: Desk) -> None:
    pull = desk.client().create_pull_request(replace(TEXT, draft=True))

    assert (pull,) == desk.client().pull_requests("releasio/release")
    assert (1, "open", True) == (pull.number, pull.state, pull.draft)
    assert f"{desk.github.page}/pull/1" == pull.url


def test_those_of_other_branches_are_not_ours(desk: Desk) -> None:
    client = desk.client()
    client.create_pull_request(TEXT)

    assert () == client.pull_requests("another")
    assert () == client.pull_requests("releasio/release", base="another")


@pytest.mark.parametrize("how", ["merge", "squash", "rebase", "queue"])
def test_a_merged_one_names_the_commit_it_came_with(desk: Desk, how: str) -> None:
    client = desk.client()
    pull = client.create_pull_request(TEXT)
    commit = desk.github.merge(pull.number, how)  # type: ignore[arg-type] # one of the four

    (merged,) = client.pull_requests("releasio/release")
    assert ("merged", commit, pull.head_commit) == (
        merged.state,
        merged.merge_commit,
        merged.head_commit,
    )


def test_the_newest_comes_first(desk: Desk) -> None:
    client = desk.client()
    first = client.create_pull_request(TEXT)
    client.close_pull_request(first.number)
    client.create_pull_request(TEXT)

    assert [("open", 2), ("closed", 1)] == [
        (pull.state, pull.number) for pull in client.pull_requests("releasio/release")
    ]


def test_it_can_say_something_else(desk: Desk) -> None:
    client = desk.client()
    client.create_pull_request(TEXT)
    pull = client.edit_pull_request(1, title="Release 1.4.0", body="")

    assert ("Release 1.4.0", "") == (pull.title, pull.body)


def test_it_is_closed_with_a_reason(desk: Desk) -> None:
    client = desk.client()
    client.create_pull_request(TEXT)
    client.close_pull_request(1, "There is nothing to release.")

    kept = desk.github.pull(1)
    assert ("closed", ["There is nothing to release."]) == (
        kept.state,
        [comment.body for comment in kept.comments],
    )


def test_labels_reviewers_and_assignees_are_set(desk: Desk) -> None:
    desk.github.account("bob", role="write")
    desk.github.state.teams.add("acme/core")
    client = desk.client()
    client.create_pull_request(TEXT)
    client.add_labels(1, ["release", "automated"])
    client.request_reviews(1, ["bob", "acme/core"])
    client.assign(1, ["bob"])

    kept = desk.github.pull(1)
    assert (["release", "automated"], ["bob"], ["acme/core"], ["bob"]) == (
        kept.labels,
        kept.reviewers,
        kept.team_reviewers,
        kept.assignees,
    )
    assert ("release", "automated") == client.pull_requests(TEXT.head)[0].labels


def test_nothing_to_set_is_no_request(desk: Desk) -> None:
    client = desk.client()
    client.add_labels(1, [])
    client.request_reviews(1, [])
    client.assign(1, [])

    assert [] == desk.github.log


def test_who_cannot_be_assigned_is_named(desk: Desk) -> None:
    client = desk.client()
    client.create_pull_request(TEXT)
    client.assign(1, ["ada", "eve"])

    assert [f"{desk.place.name} does not assign #1 to eve"] == desk.screen.notes


def test_who_cannot_review_is_refused_in_githubs_words(desk: Desk) -> None:
    client = desk.client()
    client.create_pull_request(TEXT)
    with pytest.raises(ForgeRefused) as refusal:
        client.request_reviews(1, ["eve"])

    assert "Reviews may only be requested from collaborators." in str(refusal.value)
    assert "Correct github.release_pr_reviewers" in refusal.value.hint


class TestMergeWhenReady:
    def test_it_waits_for_checks(self, desk: Desk) -> None:
        desk.github.settings.checks_pending = True
        client = desk.client()
        client.merge_when_ready(client.create_pull_request(TEXT), "squash")
        before = client.pull_requests(TEXT.head)[0].state
        desk.github.pass_checks()

        assert ("open", "merged") == (before, client.pull_requests(TEXT.head)[0].state)

    def test_what_waits_for_nothing_is_merged_at_once(self, desk: Desk) -> None:
        client = desk.client()
        client.merge_when_ready(client.create_pull_request(TEXT), "squash")

        assert "merged" == client.pull_requests(TEXT.head)[0].state

    @pytest.mark.parametrize("fault", LOST)
    def test_it_is_merged_once(self, desk: Desk, fault: str) -> None:
        client = desk.client()
        pull = client.create_pull_request(TEXT)
        desk.github.fail(fault, "pulls/merge")
        client.merge_when_ready(pull, "merge")

        assert "merged" == client.pull_requests(TEXT.head)[0].state

    def test_a_repository_may_not_allow_it(self, desk: Desk) -> None:
        desk.github.settings.allow_auto_merge = False
        client = desk.client()
        pull = client.create_pull_request(TEXT)
        with pytest.raises(ForgeRefused) as refusal:
            client.merge_when_ready(pull, "merge")

        assert "Auto merge is not allowed for this repository" in str(refusal.value)
        assert "Allow it in the repository's Settings > General: Allow auto-merge." == (
            refusal.value.hint
        )


class TestLostAnswers:
    @pytest.mark.parametrize("fault", [*LOST, "reset-before", "503-before"])
    def test_it_is_opened_once(self, desk: Desk, fault: str) -> None:
        desk.github.fail(fault, "pulls/create")
        pull = desk.client().create_pull_request(TEXT)

        assert [pull.number] == [one.number for one in desk.github.state.pulls]

    @pytest.mark.parametrize("fault", LOST)
    def test_it_is_commented_once(self, desk: Desk, fault: str) -> None:
        client = desk.client()
        client.create_pull_request(TEXT)
        desk.github.fail(fault, "issues/create-comment")
        client.close_pull_request(1, "Nothing to release.")

        assert 1 == len(desk.github.pull(1).comments)

    @pytest.mark.parametrize("fault", LOST)
    def test_a_label_is_there_once(self, desk: Desk, fault: str) -> None:
        client = desk.client()
        client.create_pull_request(TEXT)
        desk.github.fail(fault, "issues/add-labels")
        client.add_labels(1, ["release"])

        assert ["release"] == desk.github.pull(1).labels


class TestRefusals:
    def test_a_job_may_not_open_one_where_the_settings_say_so(self, desk: Desk) -> None:
        desk.github.settings.actions_may_open_pull_requests = False
        with pytest.raises(ForgeForbids) as refusal:
            desk.client(desk.github.job_token()).create_pull_request(TEXT)

        assert (
            f"{desk.place.name} does not let this token open a pull request: GitHub Actions is "
            "not permitted to create or approve pull requests."
        ) == str(refusal.value)
        assert "Settings > Actions > General" in refusal.value.hint

    def test_the_permission_that_the_job_lacks_is_named(self, desk: Desk) -> None:
        token = desk.github.job_token(contents="write")
        env = {"GITHUB_ACTIONS": "true", "GITHUB_SERVER_URL": desk.github.site}
        with pytest.raises(ForgeForbids) as refusal:
            desk.client(token, env=env).create_pull_request(TEXT)

        assert "Add to the job in the workflow's permissions: pull-requests: write." == (
            refusal.value.hint
        )

    def test_no_commits_are_no_pull_request(self, desk: Desk, project: Repository) -> None:
        project.git("push", "origin", "main:same")
        with pytest.raises(ForgeRefused, match="No commits between main and same"):
            desk.client().create_pull_request(replace(TEXT, head="same"))
