from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import GitFailed
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


class TestHead:
    def test_is_all_digits_of_the_commit(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")

        assert made == opened(repo).work_tree.head()

    def test_there_is_none_before_the_first_commit(self, repo: Repository) -> None:
        assert opened(repo).work_tree.head() is None

    def test_sha256(self, tmp_path: Path, repo: Repository) -> None:
        repo.git("init", "--quiet", "--object-format=sha256", str(tmp_path / "long"))
        repo.path = tmp_path / "long"
        made = repo.commit("feat: begin")

        assert 64 == len(made)
        assert made == opened(repo).work_tree.head()


class TestPosition:
    def test_is_head_and_branch(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        assert (repo.head, "main") == opened(repo).work_tree.position()

    def test_before_the_first_commit(self, repo: Repository) -> None:
        assert (None, "main") == opened(repo).work_tree.position()

    def test_on_no_branch(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.git("checkout", "--quiet", "--detach")

        assert (repo.head, None) == opened(repo).work_tree.position()


class TestBranch:
    def test_before_the_first_commit(self, repo: Repository) -> None:
        assert "main" == opened(repo).work_tree.branch()

    def test_with_a_slash(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.git("switch", "--quiet", "-c", "release/1.x")

        assert "release/1.x" == opened(repo).work_tree.branch()

    def test_detached(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.git("switch", "--quiet", "--detach")

        assert opened(repo).work_tree.branch() is None


class TestChanges:
    def test_nothing_changed(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a.txt": "a"})

        assert () == opened(repo).work_tree.start_status().changed()

    def test_staged_and_not_staged(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a.txt": "a", "b.txt": "b", "c.txt": "c"})
        repo.write("a.txt", "changed")
        repo.write("b.txt", "changed")
        repo.git("add", "b.txt")
        repo.git("rm", "--quiet", "c.txt")
        repo.write("new.txt", "new")

        assert ("a.txt", "b.txt", "c.txt") == opened(repo).work_tree.start_status().changed()

    def test_untracked_files_do_not_count(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{".gitignore": "*.log\n"})
        repo.write("folder/new.txt", "new")
        repo.write("noise.log", "ignored")

        assert () == opened(repo).work_tree.start_status().changed()

    @pytest.mark.parametrize("name", ["größe.txt", "a b.txt", 'quo"te.txt', "new\nline.txt"])
    def test_odd_names(self, repo: Repository, name: str) -> None:
        repo.commit("feat: begin", **{name: "a"})
        repo.write(name, "changed")

        assert (name,) == opened(repo).work_tree.start_status().changed()

    def test_looking_does_not_write_the_index(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a.txt": "a"})
        index = repo.path / ".git" / "index"
        before = index.read_bytes()
        os.utime(repo.path / "a.txt", (1, 1))

        opened(repo).work_tree.start_status().changed()

        assert before == index.read_bytes()

    def test_a_status_that_is_never_read_leaves_no_process_behind(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        status = opened(repo).work_tree.start_status()
        child = status._pending._child  # noqa: SLF001 -- the process is what this is about
        del status
        gc.collect()

        assert child.returncode is not None

    def test_failure_is_told(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        git = opened(repo)
        repo.write(".git/index", "this is no index")

        with pytest.raises(GitFailed, match="git status exited with 128"):
            git.work_tree.start_status().changed()
