"""What GitHub knows of commits: logins that it has proven, and pull requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.forge.pull_request import CommitOrigin
from tests.standins.forge.test_github_merging import opened

if TYPE_CHECKING:
    from tests.fakes.repository import Repository
    from tests.world.forge.github.conftest import Desk


def commit_by(project: Repository, name: str, email: str, message: str) -> str:
    project.git("commit", "--allow-empty", f"--author={name} <{email}>", f"--message={message}")
    return project.git("rev-parse", "HEAD")


def pushed(project: Repository) -> None:
    project.git("push", "origin", "main")


def test_an_author_is_known_by_an_address_that_is_proven(desk: Desk, project: Repository) -> None:
    number = desk.github.account("bob").id
    known = commit_by(project, "A", "ada@example.org", "feat: one")
    hidden = commit_by(project, "B", f"{number}+bob@users.noreply.github.com", "feat: two")
    unknown = commit_by(project, "Eve", "eve@example.org", "feat: three")
    pushed(project)
    origins = desk.client().origins([known, hidden, unknown])

    assert {
        known: CommitOrigin(login="ada"),
        hidden: CommitOrigin(login="bob"),
        unknown: CommitOrigin(),
    } == origins


def test_who_helped_is_known_by_their_addresses(desk: Desk, project: Repository) -> None:
    desk.github.account("bob", emails=("bob@example.org",))
    trailers = "Co-authored-by: Bob <bob@example.org>\nCo-authored-by: Eve <eve@example.org>"
    commit = commit_by(project, "A", "ada@example.org", f"feat: one\n\n{trailers}")
    pushed(project)

    (origin,) = desk.client().origins([commit]).values()
    assert (("bob@example.org", "bob"),) == origin.co_logins


def test_an_application_is_known_for_one(desk: Desk, project: Repository) -> None:
    bot = desk.github.account("dependabot[bot]", kind="Bot")
    email = f"{bot.id}+dependabot[bot]@users.noreply.github.com"
    commit = commit_by(project, "dependabot[bot]", email, "build: bump")
    pushed(project)

    assert {commit: CommitOrigin(login="dependabot[bot]", is_bot=True)} == (
        desk.client().origins([commit])
    )


def test_the_pull_request_comes_with_its_labels(desk: Desk, project: Repository) -> None:
    project.git("switch", "--create", "topic")
    project.commit("feat: one", **{"one.txt": "1\n"})
    project.git("push", "origin", "topic")
    number = opened(desk.github, "topic", "Something *new*")
    desk.client().add_labels(number, ["feature"])
    commit = desk.github.merge(number, "squash")

    (origin,) = desk.client().origins([commit]).values()
    assert (number, "Something *new*", ("feature",), f"{desk.github.page}/pull/{number}") == (
        origin.number,
        origin.title,
        origin.labels,
        origin.url,
    )


def test_one_that_is_not_merged_did_not_bring_it(desk: Desk, project: Repository) -> None:
    project.git("switch", "--create", "topic")
    commit = project.commit("feat: one", **{"one.txt": "1\n"})
    project.git("push", "origin", "topic")
    opened(desk.github, "topic")

    assert None is desk.client().origins([commit])[commit].number


def test_they_are_asked_for_by_the_hundred_and_once(desk: Desk, project: Repository) -> None:
    commits = [commit_by(project, "A", "ada@example.org", f"fix: {n}") for n in range(120)]
    pushed(project)
    client = desk.client()
    first, second = client.origins(commits), client.origins(commits)

    assert (120, first) == (len(first), second)
    assert ["graphql", "graphql"] == [one.operation for one in desk.github.log]


def test_commits_that_github_does_not_have_are_left_out(desk: Desk) -> None:
    assert {} == desk.client().origins(["f" * 40, 'x") { } #'])


def test_a_question_may_be_asked_again(desk: Desk, project: Repository) -> None:
    commit = commit_by(project, "A", "ada@example.org", "feat: one")
    pushed(project)
    desk.github.fail("502-before", "graphql", times=2)

    assert "ada" == desk.client().origins([commit])[commit].login
