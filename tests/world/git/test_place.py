from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import GitFailed, GitMissing
from releasio.errors.git.repository import (
    BareRepository,
    InsideGitDirectory,
    LineBreakInPath,
    NotARepository,
    UnsafeRepository,
)
from releasio.text.command_line import joined
from releasio.world.git.git import Git
from tests.fakes.repository import Repository
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path


class TestOpen:
    def test_from_the_top(self, repo: Repository) -> None:
        git = opened(repo)

        assert (repo.path, repo.path / ".git") == (git.root, git.directory)

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
    def test_a_line_break_in_the_path_is_named(self, tmp_path: Path) -> None:
        odd = Repository.create(tmp_path / "two\nlines")
        with pytest.raises(LineBreakInPath) as caught:
            opened(odd)

        assert f"the repository's path {str(odd.path)!r} has a line break in it" == str(
            caught.value
        )
        assert "Rename the directory, or clone the repository to another one." == caught.value.hint

    def test_from_a_subdirectory(self, repo: Repository) -> None:
        below = repo.path / "src" / "deep"
        below.mkdir(parents=True)

        git = Git.open(below, os.environ)

        assert (repo.path, repo.path / ".git") == (git.root, git.directory)

    def test_a_path_with_spaces_and_foreign_letters(self, tmp_path: Path) -> None:
        repo = Repository.create(tmp_path / "mein größtes プロジェクト")

        git = opened(repo)

        assert (repo.path, repo.path / ".git") == (git.root, git.directory)

    def test_a_second_work_tree_shares_the_git_directory(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: begin")
        repo.git("worktree", "add", "--quiet", str(tmp_path / "other"), "-b", "other")

        git = Git.open(tmp_path / "other", os.environ)

        assert (tmp_path / "other", repo.path / ".git") == (git.root, git.directory)
        assert "other" == git.work_tree.branch()

    def test_a_work_tree_knows_its_own_git_directory(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: begin")
        repo.git("worktree", "add", "--quiet", str(tmp_path / "other"))
        other = Repository(tmp_path / "other")

        assert repo.path / ".git" == opened(repo).own_directory()
        assert other.git("rev-parse", "--absolute-git-dir") == str(opened(other).own_directory())

    def test_a_submodule_is_a_repository_of_its_own(self, repo: Repository, tmp_path: Path) -> None:
        library = Repository.create(tmp_path / "library")
        inside = library.commit("feat: a library")
        allow = ("-c", "protocol.file.allow=always")
        repo.git(*allow, "submodule", "--quiet", "add", library.path.as_uri(), "vendored")

        git = Git.open(repo.path / "vendored", os.environ)

        assert repo.path / "vendored" == git.root
        assert inside == git.work_tree.head()

    def test_inside_a_hook_the_leftovers_of_git_do_not_lead_astray(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        other = Repository.create(tmp_path / "other")
        left = {
            "GIT_DIR": str(other.path / ".git"),
            "GIT_INDEX_FILE": "/nowhere",
            "GIT_PREFIX": "x",
        }

        git = opened(repo, **left)

        assert repo.path == git.root
        assert () == git.work_tree.start_status().changed()

    def test_not_a_repository(self, tmp_path: Path) -> None:
        with pytest.raises(NotARepository) as caught:
            Git.open(tmp_path, os.environ)

        assert f"{tmp_path} is not inside a git repository" == str(caught.value)
        assert "git init" in caught.value.hint

    def test_no_such_directory(self, tmp_path: Path) -> None:
        with pytest.raises(NotARepository, match="nowhere is not inside"):
            Git.open(tmp_path / "nowhere", os.environ)

    def test_bare(self, tmp_path: Path) -> None:
        bare = Repository.create(tmp_path / "my bare", bare=True)

        with pytest.raises(BareRepository) as caught:
            opened(bare)

        assert f"{bare.path} is a bare repository, without a work tree" == str(caught.value)
        assert f"Work in a clone of it: git clone {joined([str(bare.path)])}" == caught.value.hint

    def test_inside_dot_git(self, repo: Repository) -> None:
        with pytest.raises(InsideGitDirectory) as caught:
            Git.open(repo.path / ".git", os.environ)

        assert "belongs to git, it is not part of the project" in str(caught.value)
        assert "the directory that holds .git" in caught.value.hint

    def test_owned_by_somebody_else(self, repo: Repository) -> None:
        with pytest.raises(UnsafeRepository) as caught:
            opened(repo, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")

        assert f"{repo.path} belongs to another user, so git refuses to read it" == str(
            caught.value
        )
        wanted = f"git config --global --add safe.directory {repo.path}"
        assert f"If you trust it: {wanted}" == caught.value.hint

    def test_without_git(self, repo: Repository, tmp_path: Path) -> None:
        with pytest.raises(GitMissing) as caught:
            Git.open(repo.path, {"PATH": str(tmp_path)})

        assert "git is not on PATH" == str(caught.value)
        assert "Install git 2.31 or newer." == caught.value.hint

    def test_anything_else_is_told_in_git_s_words(self, repo: Repository) -> None:
        repo.write(".git/config", "[core\n")

        with pytest.raises(GitFailed) as caught:
            opened(repo)

        assert str(caught.value).startswith("git rev-parse exited with 128: bad config line 1")


class TestAt:
    def test_is_the_same_repository_from_another_tree(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        first = repo.commit("feat: one")
        repo.commit("feat: two")
        repo.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "scratch"), first)

        other = opened(repo).at(tmp_path / "scratch")

        assert (tmp_path / "scratch", first) == (other.root, other.work_tree.head())
        assert repo.path / ".git" == other.directory


def test_git_speaks_english_whatever_the_user_does(tmp_path: Path) -> None:
    with pytest.raises(NotARepository):
        Git.open(tmp_path, {**os.environ, "LANG": "de_DE.UTF-8", "LANGUAGE": "de"})
