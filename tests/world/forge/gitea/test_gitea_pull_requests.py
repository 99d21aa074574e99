"""Pull requests on Gitea, where commits came from, and commits that are made there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.answers import ForgeRefused
from releasio.errors.forge.lacks import ForgeLacks
from releasio.rules.forge.pull_request import CommitOrigin, PullRequestText
from releasio.standins.forge.bare import Person
from releasio.standins.forge.gitea.state import FORK, Label, Pull
from tests.forges.whole_gitea.state import Run
from tests.world.forge.branches import branch

if TYPE_CHECKING:
    from releasio.rules.forge.pull_request import MergeMethod, PullRequest
    from releasio.world.forge.gitea.client import Gitea
    from tests.forges.whole_gitea.gitea import WholeGitea
    from tests.world.forge.connecting import Connecting

HEAD = "releasio/release"
TEXT = PullRequestText("Release 1.0", "The body.\n", HEAD, "main")


@pytest.fixture
def opened(fake: WholeGitea, client: Gitea) -> PullRequest:
    branch(fake.git, HEAD, "chore: release 1.0", "chore: more")
    return client.create_pull_request(TEXT)


def another(fake: WholeGitea, number: int, **fields: object) -> Pull:
    pull = Pull(
        number=number,
        id=number,
        title="Another",
        body="",
        head="topic",
        base="main",
        user=fake.ada,
        updated_at=fake.now(),
    )
    for name, value in fields.items():
        setattr(pull, name, value)
    fake.state.pulls.append(pull)
    return pull


class TestPullRequests:
    def test_it_says_what_was_asked_for(self, fake: WholeGitea, opened: PullRequest) -> None:
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
        assert f"{fake.web}/acme/demo/pulls/1" == opened.url

    def test_a_draft_is_one_by_its_title_which_is_not_shown(
        self, fake: WholeGitea, client: Gitea
    ) -> None:
        branch(fake.git, HEAD, "chore: release 1.0")
        draft = client.create_pull_request(PullRequestText("1.0", "", HEAD, "main", draft=True))
        edited = client.edit_pull_request(1, title="1.1", body="b")

        assert ("1.0", True) == (draft.title, draft.draft)
        assert ("1.1", True) == (edited.title, edited.draft)
        assert "WIP: 1.1" == fake.pull(1).title

    def test_it_is_found_among_many_and_those_of_forks_are_not(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest
    ) -> None:
        client.close_pull_request(opened.number)
        second = client.create_pull_request(TEXT)
        another(fake, 900, head=HEAD, head_repository=FORK)
        for number in range(100, 170):
            another(fake, number, state="closed")
        requests = client.pull_requests(HEAD, base="main")

        assert [(second.number, "open"), (1, "closed")] == [(r.number, r.state) for r in requests]
        assert () == client.pull_requests(HEAD, base="other")

    def test_labels_are_the_repositorys_the_organisations_or_new(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest
    ) -> None:
        fake.state.labels.append(Label(id=1, name="release", color="#000000"))
        fake.state.organisation_labels.append(Label(id=2, name="bot", color="#000000"))
        client.add_labels(opened.number, ["release", "bot", "new", "new"])

        assert ["release", "bot", "new"] == [label.name for label in fake.pull(1).labels]
        assert ["release", "new"] == [label.name for label in fake.state.labels]

    def test_an_owner_may_be_a_person(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest
    ) -> None:
        fake.settings.organisation = False
        client.add_labels(opened.number, ["release"])

        assert ["release"] == [label.name for label in fake.pull(1).labels]

    def test_people_and_teams_are_asked(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest
    ) -> None:
        bob = fake.user("bob")
        fake.state.teams.append("reviewers")
        fake.pull(1).assignees.append(fake.ada)
        client.request_reviews(opened.number, ["@bob", "acme/reviewers"])
        client.assign(opened.number, ["bob"])

        assert (["bob"], ["reviewers"]) == (fake.state.reviewers[1], fake.state.asked_teams[1])
        assert [fake.ada, bob] == fake.pull(1).assignees

    def test_somebody_who_is_not_there(self, client: Gitea, opened: PullRequest) -> None:
        with pytest.raises(ForgeRefused, match="user does not exist"):
            client.request_reviews(opened.number, ["nobody"])

    def test_it_is_closed_with_a_word(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest
    ) -> None:
        client.close_pull_request(opened.number, "Nothing to release.")

        assert "closed" == fake.pull(1).state
        assert ["Nothing to release."] == [comment.body for comment in fake.state.comments[1]]


class TestMerging:
    @pytest.mark.parametrize("method", ["merge", "squash", "rebase"])
    @pytest.mark.parametrize("pending", [True, False])
    def test_it_is_merged_when_its_checks_have_succeeded(
        self,
        fake: WholeGitea,
        client: Gitea,
        opened: PullRequest,
        method: MergeMethod,
        pending: bool,  # noqa: FBT001 -- a parameter of the test
    ) -> None:
        fake.settings.checks_pending = pending
        client.merge_when_ready(opened, method)
        before = fake.pull(1).merged
        fake.checks_succeed()
        (merged,) = client.pull_requests(HEAD)

        assert before is not pending
        assert "merged" == merged.state
        assert fake.git.ref("refs/heads/main") == merged.merge_commit

    def test_one_that_is_still_looked_at_is_waited_for(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest, connecting: Connecting
    ) -> None:
        fake.settings.checking = 2
        client.merge_when_ready(opened, "merge")

        assert fake.pull(1).merged
        assert [1.0, 2.0] == connecting.pauses

    def test_a_way_that_is_not_allowed(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest
    ) -> None:
        fake.settings.methods = ("squash",)
        with pytest.raises(ForgeLacks) as failure:
            client.merge_when_ready(opened, "rebase")

        assert "has no merge by 'rebase' in acme/demo" in failure.value.message
        assert "Allow it in the repository's settings" in failure.value.hint

    def test_a_branch_that_moved_is_not_merged(
        self, fake: WholeGitea, client: Gitea, opened: PullRequest
    ) -> None:
        branch(fake.git, HEAD, "fix: something else")
        with pytest.raises(ForgeRefused, match="head out of date"):
            client.merge_when_ready(opened, "merge")

        assert not fake.pull(1).merged


class TestOrigins:
    @pytest.mark.parametrize("style", ["merge", "squash", "rebase"])
    def test_a_commit_came_with_a_pull_request(
        self, fake: WholeGitea, client: Gitea, style: MergeMethod
    ) -> None:
        branch(fake.git, "topic", "feat: one", "feat: two", author=Person("Bob", "bob@a.example"))
        request = client.create_pull_request(PullRequestText("Two", "", "topic", "main"))
        client.add_labels(request.number, ["feature"])
        fake.merge(request.number, style)
        head = fake.git.ref("refs/heads/main") or ""
        origin = client.origins([head])[head]

        assert (1, "Two", ("feature",), request.url) == (
            origin.number,
            origin.title,
            origin.labels,
            origin.url,
        )

    def test_logins_are_those_whose_addresses_are_proven(
        self, fake: WholeGitea, client: Gitea
    ) -> None:
        fake.user("bob", emails=("bob@a.example",))
        fake.user("gitea-bot[bot]", emails=("bot@a.example",))
        message = "feat: one\n\nCo-authored-by: Ada <ada@example.org>\n"
        message += "Co-authored-by: Eve <eve@a.example>\n"
        (own,) = branch(fake.git, "own", "feat: nothing")
        (first,) = branch(fake.git, "one", message, author=Person("Bob", "bob@a.example"))
        (second,) = branch(fake.git, "two", "fix: two", author=Person("B", "bot@a.example"))
        client.origins([own])

        assert (
            CommitOrigin(login="bob", co_logins=(("ada@example.org", "ada"),))
            == (client.origins([first])[first])
        )
        assert CommitOrigin(login="gitea-bot[bot]", is_bot=True) == client.origins([second])[second]

    def test_of_many_only_the_first_are_asked_for_and_only_once(
        self, fake: WholeGitea, client: Gitea
    ) -> None:
        commits = [f"{number:040x}" for number in range(400)]
        client.origins(commits)
        client.origins(commits)

        assert 300 == sum(exchange.path.endswith("/pull") for exchange in fake.log)


class TestWorkflows:
    def test_one_is_started(self, fake: WholeGitea, client: Gitea) -> None:
        fake.settings.workflows = ("docs.yml",)
        client.dispatch("docs.yml", "v1.0", {"version": "1.0"})

        assert [Run(workflow="docs.yml", ref="v1.0", inputs={"version": "1.0"})] == fake.state.runs

    def test_one_that_is_not_there(self, client: Gitea) -> None:
        with pytest.raises(ForgeRefused) as failure:
            client.dispatch("docs.yml", "v1.0", {})

        assert (
            "refused to start the workflow docs.yml (404): workflow 'docs.yml' not found"
            in failure.value.message
        )
