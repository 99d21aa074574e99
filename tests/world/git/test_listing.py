"""Where nothing is changed, refs and settings are read once, and say what git itself says."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import GitFailed
from releasio.rules.running.remote import Remote
from releasio.world.git.git import Git
from tests.fakes.repository import Repository
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

ORIGIN = Remote("origin", "https://example.org/demo")


def reading_once(repo: Repository, **env: str) -> Git:
    return Git.open(repo.path, {**os.environ, **env}, read_once=True)


@pytest.fixture
def full(repo: Repository) -> Repository:
    """Have refs of every kind."""
    head = repo.commit("feat: begin")
    repo.tag("v1.0.0")
    repo.tag("v1.0.0-notes/draft", annotated=False)
    repo.git("branch", "other")
    repo.git("update-ref", "refs/remotes/origin/main", head)
    repo.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/main")
    repo.git("update-ref", "refs/releasio/v1.1.0/commit", head)
    return repo


class TestReadingOnce:
    @pytest.mark.parametrize("prefix", ["refs/tags/", "refs/tags/v1.0.0", "refs/releasio/"])
    def test_refs_are_those_of_git(self, full: Repository, prefix: str) -> None:
        expected = opened(full).refs.below(prefix)

        assert expected
        assert expected == reading_once(full).refs.below(prefix)

    @pytest.mark.parametrize(
        "ref",
        ["refs/tags/v1.0.0", "refs/tags/v9", "refs/heads/other", "refs/releasio/v1.1.0/commit"],
    )
    def test_a_ref_is_that_of_git(self, full: Repository, ref: str) -> None:
        assert opened(full).refs.read(ref) == reading_once(full).refs.read(ref)

    def test_a_branch_is_checked_out(self, full: Repository) -> None:
        assert opened(full).work_tree.position() == reading_once(full).work_tree.position()

    def test_no_branch_is_checked_out(self, full: Repository) -> None:
        full.git("checkout", "--quiet", "--detach")

        assert (full.git("rev-parse", "HEAD"), None) == reading_once(full).work_tree.position()

    def test_there_is_no_commit(self, repo: Repository) -> None:
        assert (None, "main") == reading_once(repo).work_tree.position()

    def test_the_remote_has_a_default_branch(self, full: Repository) -> None:
        assert "main" == reading_once(full).remotes.known_head(ORIGIN)

    def test_the_default_branch_was_never_fetched(self, full: Repository) -> None:
        full.git("symbolic-ref", "refs/remotes/origin/HEAD", "refs/remotes/origin/trunk")

        assert "trunk" == reading_once(full).remotes.known_head(ORIGIN)

    def test_nothing_is_asked_twice(self, full: Repository, tmp_path: Path) -> None:
        trace = tmp_path / "trace"
        git = reading_once(full, GIT_TRACE2_EVENT=str(trace))

        git.work_tree.position()
        git.remotes.known_head(ORIGIN)
        git.refs.read("refs/heads/other")
        assert git.refs.tags()
        assert git.remotes.chosen() is None
        assert git.setting("user.name")
        assert git.commits.knows_author()
        assert () == git.commits.commit_hooks()
        assert "main" == git.work_tree.branch()
        assert {"FILE": None} == git.objects.read_files("HEAD", ["FILE"])
        assert {"": ()} == git.objects.folders("HEAD", [""])

        assert 4 == trace.read_text(encoding="utf-8").count('"event":"start"')  # one opened it

    def test_elsewhere_refs_are_those_of_now(self, full: Repository) -> None:
        git = opened(full)
        git.work_tree.position()
        git.refs.tags()

        head = full.commit("feat: go on")
        full.git("tag", "v9.0.0")

        assert (head, "main") == git.work_tree.position()
        assert "v9.0.0" in {tag.name for tag in git.refs.tags()}


class TestSettings:
    def test_are_asked_for_once(self, full: Repository, tmp_path: Path) -> None:
        trace = tmp_path / "trace"
        git = opened(full, GIT_TRACE2_EVENT=str(trace))

        assert "Ada Tester" == git.setting("user.name")
        assert git.commits.knows_author()
        assert () == git.commits.commit_hooks()
        assert git.remotes.chosen() is None
        assert 2 == trace.read_text(encoding="utf-8").count('"event":"start"')  # one opened it

    def test_are_asked_for_again_after_a_program_that_may_have_changed_them(
        self, full: Repository
    ) -> None:
        git = opened(full)
        git.settings()
        full.git("config", "user.name", "Grace")

        git.forget()

        assert "Grace" == git.setting("user.name")

    def test_of_another_work_tree_are_asked_for_each_time(
        self, full: Repository, tmp_path: Path
    ) -> None:
        full.git("config", "extensions.worktreeConfig", "true")
        git = opened(full)
        git.settings()
        tree = git.scratch.add(tmp_path / "scratch", full.head)
        tree.settings()

        Repository(tree.root).git("config", "--worktree", "user.name", "Grace")

        assert ("Ada Tester", "Grace") == (git.setting("user.name"), tree.setting("user.name"))

    def test_that_cannot_be_read_are_an_error(self, full: Repository) -> None:
        git = opened(full)
        full.write(".git/config", "[user\n")

        with pytest.raises(GitFailed) as caught:
            git.settings()

        assert "git config exited with 128: bad config line 1" in str(caught.value)


class TestIdentity:
    @pytest.mark.parametrize(
        "env",
        [
            {"GIT_AUTHOR_NAME": ".,;"},
            {"GIT_AUTHOR_DATE": "yesterday or so"},
            {"GIT_COMMITTER_EMAIL": ""},
            {"GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "<>"},
            {"GIT_AUTHOR_NAME": "Ada", "GIT_COMMITTER_NAME": "Ada"},
        ],
        ids="-".join,
    )
    def test_what_the_environment_says_is_for_git_to_judge(
        self, full: Repository, env: dict[str, str]
    ) -> None:
        full.git("config", "user.useConfigOnly", "true")
        expected = all(
            opened(full, **env).process.ask("var", f"GIT_{role}_IDENT").status == 0
            for role in ("AUTHOR", "COMMITTER")
        )

        assert expected == opened(full, **env).commits.knows_author()

    def test_who_is_whole_in_the_environment_needs_no_git(
        self, full: Repository, tmp_path: Path
    ) -> None:
        who = {
            f"GIT_{role}_{field}": "ada@example.org"
            for role in ("AUTHOR", "COMMITTER")
            for field in ("NAME", "EMAIL")
        }
        full.git("config", "user.name", ".,;")
        git = opened(full, **who, GIT_TRACE2=str(tmp_path / "trace"))
        git.settings()
        begun = tmp_path.joinpath("trace").read_text().count(" start ")

        assert git.commits.knows_author()
        assert begun == tmp_path.joinpath("trace").read_text().count(" start ")

    def test_a_name_of_nothing_but_marks_is_none(self, full: Repository) -> None:
        full.git("config", "user.name", ".,;")

        assert not opened(full).commits.knows_author()

    def test_the_committers_own_name_counts(self, full: Repository) -> None:
        full.git("config", "committer.name", ".,;")

        assert not opened(full).commits.knows_committer()
