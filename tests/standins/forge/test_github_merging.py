"""GitHub on loopback: what becomes of a pull request that is merged, in each way there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forges.whole_github.merging import CannotMerge
from tests.standins.forge.test_github_releases import client

if TYPE_CHECKING:
    from releasio.standins.forge.bare import Commit
    from releasio.standins.forge.github.github import FakeGitHub
    from tests.fakes.repository import Repository


@pytest.fixture
def number(project: Repository, github: FakeGitHub) -> int:
    """A pull request of two commits, while the base went on."""
    project.git("switch", "--create", "topic")
    project.commit("feat: one\n\nbecause", **{"one.txt": "1\n"})
    project.commit("fix: two", **{"two.txt": "2\n"})
    project.git("push", "origin", "topic")
    project.git("switch", "main")
    project.commit("chore: meanwhile", **{"three.txt": "3\n"})
    project.git("push", "origin", "main")
    return opened(github, "topic")


def opened(github: FakeGitHub, head: str, title: str = "Two things") -> int:
    with client(github) as here:
        body = {"title": title, "body": "Why", "head": head, "base": "main"}
        number: int = here.post("/pulls", json=body).raise_for_status().json()["number"]
    return number


def head_of(github: FakeGitHub) -> Commit:
    return github.git.commit(github.git.ref("refs/heads/main") or "")


def files(github: FakeGitHub) -> list[str]:
    return github.git.line("ls-tree", "--name-only", "main").split()


ALL = ["one.txt", "pyproject.toml", "three.txt", "two.txt"]


def test_a_merge_commit_has_both_sides_and_says_where_it_comes_from(
    github: FakeGitHub, number: int
) -> None:
    commit = github.merge(number, "merge")

    merged = head_of(github)
    assert (commit, 2, ALL) == (merged.id, len(merged.parents), files(github))
    assert f"Merge pull request #{number} from acme/topic\n\nTwo things" == merged.message
    assert ("Ada Tester", "GitHub") == (merged.author.name, merged.committer.name)


def test_a_squash_of_several_lists_their_messages(github: FakeGitHub, number: int) -> None:
    github.merge(number, "squash")

    merged = head_of(github)
    assert (1, ALL) == (len(merged.parents), files(github))
    assert f"Two things (#{number})\n\n* feat: one\n\nbecause\n\n* fix: two" == merged.message


def test_a_squash_of_one_is_called_as_the_commit(project: Repository, github: FakeGitHub) -> None:
    project.git("switch", "--create", "single")
    project.commit("feat: one\n\nRelease-Version: 1.3.0", **{"one.txt": "1\n"})
    project.git("push", "origin", "single")
    number = opened(github, "single")
    github.merge(number, "squash")

    assert f"feat: one (#{number})\n\nRelease-Version: 1.3.0" == head_of(github).message


def test_a_squash_is_called_as_the_settings_have_it(github: FakeGitHub, number: int) -> None:
    github.settings.squash_merge_commit_title = "PR_TITLE"
    github.settings.squash_merge_commit_message = "PR_BODY"
    github.merge(number, "squash")

    assert f"Two things (#{number})\n\nWhy" == head_of(github).message


def test_who_else_wrote_it_is_named(project: Repository, github: FakeGitHub) -> None:
    project.git("switch", "--create", "theirs")
    project.write("one.txt", "1\n")
    project.git("add", ".")
    project.git("commit", "--author=Bob <bob@example.org>", "--message=feat: one")
    project.git("push", "origin", "theirs")
    github.merge(opened(github, "theirs"), "squash")

    assert head_of(github).message.endswith("\n\nCo-authored-by: Bob <bob@example.org>")


def test_a_rebase_makes_every_commit_anew(github: FakeGitHub, number: int) -> None:
    before = github.git.line("rev-parse", "topic")
    github.merge(number, "rebase")

    assert ["fix: two", "feat: one", "chore: meanwhile"] == [
        commit.subject for commit in github.git.log("-3", "main")
    ]
    assert before not in github.git.line("rev-list", "main")
    assert ALL == files(github)


def test_a_queue_merges_as_itself(github: FakeGitHub, number: int) -> None:
    github.merge(number, "queue", queued_as="squash")

    assert "github-merge-queue[bot]" == github.pull(number).merged_by
    assert 1 == len(head_of(github).parents)


@pytest.mark.parametrize("how", ["merge", "squash", "rebase", "queue"])
def test_the_commit_leads_back_to_its_pull_request(
    github: FakeGitHub, number: int, how: str
) -> None:
    commit = github.merge(number, how)  # type: ignore[arg-type] # one of the four
    with client(github) as here:
        (pull,) = here.get(f"/commits/{commit}/pulls").json()

    assert (number, "closed", commit) == (pull["number"], pull["state"], pull["merge_commit_sha"])


def test_what_conflicts_is_not_merged(project: Repository, github: FakeGitHub, number: int) -> None:
    project.commit("chore: against", **{"one.txt": "other\n"})
    project.git("push", "origin", "main")
    with pytest.raises(CannotMerge, match="not mergeable"):
        github.merge(number)


def test_a_push_that_has_it_merges_it(project: Repository, github: FakeGitHub, number: int) -> None:
    project.git("merge", "--no-edit", "topic")
    project.git("push", "origin", "main")

    pull = github.pull(number)
    assert ("closed", True) == (pull.state, pull.merged_at is not None)


def test_a_branch_that_is_gone_closes_it(
    project: Repository, github: FakeGitHub, number: int
) -> None:
    project.git("push", "origin", "--delete", "topic")

    pull = github.pull(number)
    assert ("closed", None) == (pull.state, pull.merged_at)


def test_one_branch_has_one_open_pull_request(github: FakeGitHub, number: int) -> None:
    with client(github) as here:
        body = {"title": "again", "head": "topic", "base": "main"}
        answer = here.post("/pulls", json=body)

    assert number == github.state.pulls[-1].number
    assert (
        "A pull request already exists for acme:topic." == (answer.json()["errors"][0]["message"])
    )
