"""Merge requests on GitLab, from their opening to the merge in each of its ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeRefused
from releasio.errors.forge.lacks import ForgeLacks
from releasio.rules.forge.pull_request import PullRequestText
from releasio.standins.forge.gitlab.state import MergeRequest
from tests.world.forge.branches import branch

if TYPE_CHECKING:
    from releasio.rules.forge.pull_request import MergeMethod, PullRequest
    from releasio.world.forge.gitlab.client import GitLab
    from tests.forges.whole_gitlab.gitlab import WholeGitLab
    from tests.world.forge.connecting import Connecting

HEAD = "releasio/release"
TEXT = PullRequestText("Release 1.0", "The body.\n", HEAD, "main")


@pytest.fixture
def opened(fake: WholeGitLab, client: GitLab) -> PullRequest:
    branch(fake.git, HEAD, "chore: release 1.0", "chore: more")
    return client.create_pull_request(TEXT)


class TestOpening:
    def test_it_says_what_was_asked_for(self, fake: WholeGitLab, opened: PullRequest) -> None:
        assert (1, "Release 1.0", "The body.\n", HEAD, "main", "open", False) == (
            opened.number,
            opened.title,
            opened.body,
            opened.head,
            opened.base,
            opened.state,
            opened.draft,
        )
        assert fake.git.ref(f"refs/heads/{HEAD}") == opened.head_commit
        assert f"{fake.web}/acme/tools/demo/-/merge_requests/1" == opened.url
        assert None is opened.merge_commit

    def test_a_draft_is_one_by_its_title_which_is_not_shown(
        self, fake: WholeGitLab, client: GitLab
    ) -> None:
        branch(fake.git, HEAD, "chore: release 1.0")
        draft = client.create_pull_request(PullRequestText("1.0", "", HEAD, "main", draft=True))
        edited = client.edit_pull_request(1, title="1.1", body="b")

        assert ("1.0", True) == (draft.title, draft.draft)
        assert ("1.1", True) == (edited.title, edited.draft)
        assert "Draft: 1.1" == fake.merge_request(1).title

    def test_a_second_one_of_a_branch_is_refused(self, client: GitLab, opened: PullRequest) -> None:
        with pytest.raises(ForgeRefused) as failure:
            client.create_pull_request(TEXT)

        assert (
            "refused to open a merge request (409): Another open merge request already exists "
            f"for this source branch: !{opened.number}" in failure.value.message
        )

    def test_a_branch_that_is_not_there(self, client: GitLab) -> None:
        with pytest.raises(ForgeRefused, match='Source branch "releasio/release" does not exist'):
            client.create_pull_request(TEXT)


class TestFinding:
    def test_the_newest_comes_first_and_those_of_forks_do_not(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest
    ) -> None:
        client.close_pull_request(opened.number)
        second = client.create_pull_request(TEXT)
        fake.state.merge_requests.append(
            MergeRequest(
                iid=9,
                id=9,
                title="Mine",
                description="",
                source_branch=HEAD,
                target_branch="main",
                author=fake.user("eve"),
                created_at=fake.now(),
                fork=66,
            )
        )
        requests = client.pull_requests(HEAD, base="main")

        assert [(second.number, "open"), (1, "closed")] == [(r.number, r.state) for r in requests]
        assert () == client.pull_requests(HEAD, base="other")
        assert () == client.pull_requests("other")


class TestChanging:
    def test_labels_that_are_missing_are_made(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest
    ) -> None:
        fake.state.labels.append("release")
        client.add_labels(opened.number, ["release", "automated"])
        client.add_labels(opened.number, ["more"])

        assert ["release", "automated", "more"] == fake.merge_request(1).labels
        assert ["release", "automated", "more"] == fake.state.labels

    def test_people_are_added_to_those_who_are_there(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest
    ) -> None:
        bob = fake.user("bob", level=30)
        fake.merge_request(1).reviewers.append(fake.ada)
        client.request_reviews(opened.number, ["@bob"])
        client.assign(opened.number, ["bob", "ada"])

        assert [fake.ada, bob] == fake.merge_request(1).reviewers
        assert [fake.ada, bob] == fake.merge_request(1).assignees

    def test_somebody_who_is_not_there(self, client: GitLab, opened: PullRequest) -> None:
        with pytest.raises(ForgeLacks) as failure:
            client.request_reviews(opened.number, ["acme/reviewers"])

        assert "has no user 'acme/reviewers'" in failure.value.message
        assert "groups are not asked for reviews there" in failure.value.hint

    def test_it_is_closed_with_a_word(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest
    ) -> None:
        client.close_pull_request(opened.number, "Nothing to release.")

        assert "closed" == fake.merge_request(1).state
        assert ["Nothing to release."] == [note.body for note in fake.state.notes[1]]


class TestMerging:
    @pytest.mark.parametrize("method", ["merge", "squash"])
    @pytest.mark.parametrize("running", [True, False])
    def test_it_is_merged_when_its_pipeline_has_succeeded(
        self,
        fake: WholeGitLab,
        client: GitLab,
        opened: PullRequest,
        method: MergeMethod,
        running: bool,  # noqa: FBT001 -- a parameter of the test
    ) -> None:
        fake.settings.pipeline_running = running
        client.merge_when_ready(opened, method)
        before = fake.merge_request(1).state
        fake.pipeline_succeeds()
        (merged,) = client.pull_requests(HEAD)

        assert ("opened" if running else "merged") == before
        assert "merged" == merged.state
        assert fake.git.ref("refs/heads/main") == merged.merge_commit
        assert (method == "squash") == (fake.merge_request(1).squash_commit is not None)

    @pytest.mark.parametrize("squash", [True, False])
    def test_a_fast_forward_has_no_merge_commit(
        self,
        fake: WholeGitLab,
        client: GitLab,
        opened: PullRequest,
        squash: bool,  # noqa: FBT001 -- a parameter of the test
    ) -> None:
        fake.settings.merge_method = "ff"
        if squash:
            client.merge_when_ready(opened, "squash")
        else:
            client.merge_when_ready(opened, "rebase")
        (merged,) = client.pull_requests(HEAD)

        assert fake.git.ref("refs/heads/main") == merged.merge_commit
        assert squash == (merged.merge_commit != opened.head_commit)

    def test_a_project_that_has_no_rebased_merges(
        self, client: GitLab, opened: PullRequest
    ) -> None:
        with pytest.raises(ForgeLacks) as failure:
            client.merge_when_ready(opened, "rebase")

        assert "has no merge by rebasing in acme/tools/demo" in failure.value.message
        assert "Choose fast-forward merges in the project's settings" in failure.value.hint

    def test_one_that_is_still_looked_at_is_waited_for(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest, connecting: Connecting
    ) -> None:
        fake.settings.checking = 2
        client.merge_when_ready(opened, "merge")

        assert "merged" == fake.merge_request(1).state
        assert [1.0, 2.0] == connecting.pauses

    def test_but_not_for_ever(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest, connecting: Connecting
    ) -> None:
        fake.settings.checking = 99
        with pytest.raises(ForgeRefused, match="Branch cannot be merged"):
            client.merge_when_ready(opened, "merge")

        assert 15.0 == sum(connecting.pauses)

    def test_a_branch_that_moved_is_not_merged(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest
    ) -> None:
        branch(fake.git, HEAD, "fix: something else")
        with pytest.raises(ForgeRefused, match="SHA does not match HEAD of source branch"):
            client.merge_when_ready(opened, "merge")

        assert "opened" == fake.merge_request(1).state

    def test_a_merge_train_takes_it(
        self, fake: WholeGitLab, client: GitLab, opened: PullRequest
    ) -> None:
        fake.settings.merge_trains = fake.settings.pipeline_running = True
        client.merge_when_ready(opened, "merge")

        assert {1} == fake.state.trains
        assert "merge" == fake.merge_request(1).auto_merge
