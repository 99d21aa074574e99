"""Gitea on loopback, asked by pyforgejo as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyforgejo import PyforgejoApi

from tests.forges.whole_gitea.gitea import WholeGitea
from tests.forges.whole_gitea.state import Protection, TagProtection
from tests.world.forge.branches import branch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.repository import Repository


@pytest.fixture
def fake(project: Repository) -> Iterator[WholeGitea]:
    with WholeGitea(project.path.with_name("remote.git")) as fake:
        yield fake


def client(fake: WholeGitea, token: str = "") -> PyforgejoApi:
    return PyforgejoApi(base_url=fake.url, api_key=f"token {token or fake.token()}")


def test_a_release_from_its_draft_to_its_file(fake: WholeGitea) -> None:
    theirs = client(fake).repository
    where = {"owner": "acme", "repo": "demo"}
    draft = theirs.repo_create_release(**where, tag_name="v1.0", name="One", draft=True)
    assert draft.id is not None
    file = theirs.repo_create_release_attachment(**where, id=draft.id, name="a.whl", request=b"a")
    theirs.repo_edit_release(**where, id=draft.id, draft=False, body="Notes.")
    release = theirs.repo_get_release_by_tag(**where, tag="v1.0")

    assert draft.draft
    assert ("a.whl", 1) == (file.name, file.size)
    assert (False, "Notes.") == (release.draft, release.body)
    assert fake.git.ref("refs/heads/main") == fake.git.commit_of("refs/tags/v1.0")
    assert ["a.whl"] == [one.name for one in release.assets or ()]


def test_a_pull_request_from_its_opening_to_the_merge(fake: WholeGitea) -> None:
    head = branch(fake.git, "topic", "feat: one")[0]
    theirs = client(fake).repository
    where = {"owner": "acme", "repo": "demo"}
    pull = theirs.repo_create_pull_request(**where, head="topic", base="main", title="WIP: One")
    theirs.repo_edit_pull_request(**where, index=1, title="One")
    theirs.repo_merge_pull_request(**where, index=1, do="squash")
    (merged,) = theirs.repo_list_pull_requests(**where, state="closed")

    assert pull.draft
    assert pull.head is not None
    assert head == pull.head.sha
    assert merged.merged
    assert fake.git.ref("refs/heads/main") == merged.merge_commit_sha


def test_branches_rules_and_commits(fake: WholeGitea) -> None:
    fake.state.branches.append(Protection(rule="main", checks=("ci",)))
    fake.state.tags.append(TagProtection(pattern="v*", users=("ada",)))
    theirs = client(fake).repository
    main = theirs.repo_get_branch("acme", "demo", "main")
    (rule,) = theirs.repo_list_tag_protection("acme", "demo")
    commit = theirs.repo_get_single_commit("acme", "demo", fake.git.ref("refs/heads/main") or "")

    assert (True, False, ["ci"]) == (main.protected, main.user_can_push, main.status_check_contexts)
    assert ("v*", ["ada"]) == (rule.name_pattern, rule.whitelist_usernames)
    assert fake.git.ref("refs/heads/main") == commit.sha


def test_a_token_without_the_scope_is_refused(fake: WholeGitea) -> None:
    theirs = client(fake, fake.token(scopes=("read:repository",))).repository

    with pytest.raises(Exception, match=r"required scope\(s\): \[write:repository\]"):
        theirs.repo_create_release("acme", "demo", tag_name="v1.0")
