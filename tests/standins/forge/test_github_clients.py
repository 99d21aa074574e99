"""PyGithub, unmodified, asks GitHub on loopback as it asks the real one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from github import Auth, Github, GithubException

from tests.standins.forge.test_github_merging import number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from github.Repository import Repository

    from tests.forges.github import FaultyGitHub

__all__ = ["number"]  # a fixture: a pull request of two commits


def client_of(github: FaultyGitHub, token: str) -> Github:
    """Return PyGithub without the second that it leaves between two changes."""
    return Github(
        base_url=github.url, auth=Auth.Token(token), retry=None, seconds_between_writes=None
    )


@pytest.fixture
def theirs(github: FaultyGitHub) -> Iterator[Repository]:
    with client_of(github, github.token()) as client:
        yield client.get_repo("acme/demo")


def test_it_sees_the_repository_and_who_it_is(github: FaultyGitHub, theirs: Repository) -> None:
    with client_of(github, github.token()) as client:
        login = client.get_user().login
        remaining = client.get_rate_limit().rate.remaining

    assert ("ada", "main", True) == (login, theirs.default_branch, theirs.permissions.push)
    assert 0 < remaining < 5000


def test_it_makes_fills_and_publishes_a_release(
    github: FaultyGitHub, theirs: Repository, tmp_path: Path
) -> None:
    path = tmp_path / "demo.whl"
    path.write_bytes(b"wheel")
    release = theirs.create_git_release("v1.2.0", "demo", "notes", draft=True)
    asset = release.upload_asset(str(path), label="the wheel", content_type="application/zip")
    release.update_release("demo", "notes", draft=False)

    assert ("uploaded", 5) == (asset.state, asset.size)
    assert ["demo.whl"] == [one.name for one in theirs.get_release("v1.2.0").get_assets()]
    assert not github.release("v1.2.0").draft
    assert "v1.2.0" == theirs.get_latest_release().tag_name


def test_it_deletes_files_and_releases(
    github: FaultyGitHub, theirs: Repository, tmp_path: Path
) -> None:
    path = tmp_path / "demo.whl"
    path.write_bytes(b"wheel")
    release = theirs.create_git_release("v1.2.0", "demo", "notes")
    release.upload_asset(str(path), content_type="application/zip").delete_asset()
    left = [*release.get_assets()]
    release.delete_release()

    assert ([], []) == (left, github.state.releases)


def test_it_opens_talks_about_and_merges_a_pull_request(
    github: FaultyGitHub, theirs: Repository, number: int
) -> None:
    pull = theirs.get_pull(number)
    pull.edit(title="Both things")
    pull.create_issue_comment("Well done.")
    pull.add_to_labels("release")
    merged = pull.merge(merge_method="squash")

    assert merged.merged
    assert ["Well done."] == [comment.body for comment in pull.get_issue_comments()]
    assert merged.sha == theirs.get_git_ref("heads/main").object.sha
    assert f"Both things (#{number})" == github.git.commit(merged.sha).subject


def test_it_enables_auto_merge_by_graphql(
    github: FaultyGitHub, theirs: Repository, number: int
) -> None:
    github.settings.checks_pending = True
    theirs.get_pull(number).enable_automerge("REBASE")
    github.pass_checks()

    assert theirs.get_pull(number).merged


def test_it_lists_page_after_page(theirs: Repository) -> None:
    for tag in range(35):
        theirs.create_git_release(f"v{tag}", "demo", "", draft=True)

    assert 35 == len([*theirs.get_releases()])


def test_it_reads_rules_and_moves_refs(github: FaultyGitHub, theirs: Repository) -> None:
    commit = github.git.commit_of("main") or ""
    ref = theirs.create_git_ref("refs/tags/v1", commit)
    ref.edit(commit, force=True)
    found = theirs.get_git_ref("tags/v1").object.sha
    ref.delete()

    assert (commit, None) == (found, github.git.ref("refs/tags/v1"))
    assert not theirs.get_branch("main").protected


def test_a_refusal_is_one_to_it(github: FaultyGitHub) -> None:
    token = github.token("fine-grained", permissions={"contents": "read"})
    with client_of(github, token) as client:
        repository = client.get_repo("acme/demo")
        with pytest.raises(GithubException) as refusal:
            repository.create_git_release("v1.2.0", "demo", "notes")

    assert 403 == refusal.value.status
    assert "Resource not accessible by personal access token" == refusal.value.data["message"]
