"""Where commits came from, as GitLab knows it; and commits that are made there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.lacks import ForgeLacks
from releasio.rules.forge.pull_request import CommitOrigin, PullRequestText
from releasio.standins.forge.bare import Person
from tests.world.forge.branches import branch

if TYPE_CHECKING:
    from collections.abc import Callable

    from releasio.world.forge.gitlab.client import GitLab
    from tests.forges.whole_gitlab.gitlab import WholeGitLab

BOB = Person("Bob", "bob@example.org")


class TestOrigins:
    def test_a_commit_came_with_a_merge_request(self, fake: WholeGitLab, client: GitLab) -> None:
        first, second = branch(fake.git, "topic", "feat: one", "feat: two", author=BOB)
        request = client.create_pull_request(PullRequestText("Two things", "", "topic", "main"))
        client.add_labels(request.number, ["feature"])
        fake.merge(request.number)
        head = fake.git.ref("refs/heads/main") or ""
        origins = client.origins([head, second, first])

        assert {head, second, first} == set(origins)
        assert (
            CommitOrigin(number=1, title="Two things", labels=("feature",), url=request.url)
            == origins[first]
        )

    def test_one_that_is_open_does_not_count(self, fake: WholeGitLab, client: GitLab) -> None:
        (commit,) = branch(fake.git, "topic", "feat: one")
        client.create_pull_request(PullRequestText("One", "", "topic", "main"))

        assert {} == client.origins([commit])

    def test_a_login_is_known_by_a_public_address_only(
        self, fake: WholeGitLab, client: GitLab
    ) -> None:
        fake.user("bob", public_email="Bob@example.org")
        fake.user("carol@example.org")  # a name that is somebody else's address
        fake.user("robot", public_email="robot@example.org", bot=True)
        message = "feat: one\n\nCo-authored-by: Carol <carol@example.org>\n"
        message += "Co-authored-by: Robot <robot@example.org>\n"
        (first,) = branch(fake.git, "one", message, author=BOB)
        (second,) = branch(fake.git, "two", "fix: two", author=Person("R", "robot@example.org"))
        fake.git.set_ref("refs/heads/three", second)

        assert (
            CommitOrigin(login="bob", co_logins=(("robot@example.org", "robot"),))
            == (client.origins([first])[first])
        )
        assert CommitOrigin(login="robot", is_bot=True) == client.origins([second])[second]

    def test_what_is_known_is_not_asked_again(self, fake: WholeGitLab, client: GitLab) -> None:
        commits = branch(fake.git, "topic", "feat: one", "feat: two")
        client.origins(commits[::-1])
        number = len(fake.log)
        client.origins(commits[::-1])

        assert number == len(fake.log)

    def test_of_many_only_the_first_are_asked_for(self, fake: WholeGitLab, client: GitLab) -> None:
        commits = [f"{number:040x}" for number in range(400)]

        assert {} == client.origins(commits)
        assert 300 == sum(exchange.path.endswith("/merge_requests") for exchange in fake.log)

    def test_a_job_learns_the_merge_requests(
        self, fake: WholeGitLab, client: GitLab, connect: Callable[[str], GitLab]
    ) -> None:
        (commit,) = branch(fake.git, "topic", "feat: one")
        client.create_pull_request(PullRequestText("One", "", "topic", "main"))
        fake.merge(1)
        fake.settings.private = True
        origins = connect(fake.job_token()).origins([commit])

        assert 1 == origins[commit].number


def test_there_are_no_workflows_to_start(client: GitLab) -> None:
    with pytest.raises(ForgeLacks) as failure:
        client.dispatch("docs.yml", "v1.0", {})

    assert "has no workflow 'docs.yml' to start: there is one pipeline" in failure.value.message
    assert "A new tag starts the pipeline by itself" in failure.value.hint
