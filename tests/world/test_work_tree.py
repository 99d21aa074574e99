from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git import FastForwardRefused, GitFailed
from tests.world.git_fixtures import hook, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


class TestHead:
    def test_is_all_digits_of_the_commit(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")

        assert made == opened(repo).head()

    def test_there_is_none_before_the_first_commit(self, repo: Repository) -> None:
        assert opened(repo).head() is None

    def test_sha256(self, tmp_path: Path, repo: Repository) -> None:
        repo.git("init", "--quiet", "--object-format=sha256", str(tmp_path / "long"))
        repo.path = tmp_path / "long"
        made = repo.commit("feat: begin")

        assert 64 == len(made)
        assert made == opened(repo).head()


class TestPosition:
    def test_is_head_and_branch(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        assert (repo.head, "main") == opened(repo).position()

    def test_before_the_first_commit(self, repo: Repository) -> None:
        assert (None, "main") == opened(repo).position()

    def test_on_no_branch(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.git("checkout", "--quiet", "--detach")

        assert (repo.head, None) == opened(repo).position()


class TestBranch:
    def test_before_the_first_commit(self, repo: Repository) -> None:
        assert "main" == opened(repo).branch()

    def test_with_a_slash(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.git("switch", "--quiet", "-c", "release/1.x")

        assert "release/1.x" == opened(repo).branch()

    def test_detached(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        repo.git("switch", "--quiet", "--detach")

        assert opened(repo).branch() is None


class TestChanges:
    def test_nothing_changed(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a.txt": "a"})

        assert () == opened(repo).start_status().changed()

    def test_staged_and_not_staged(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a.txt": "a", "b.txt": "b", "c.txt": "c"})
        repo.write("a.txt", "changed")
        repo.write("b.txt", "changed")
        repo.git("add", "b.txt")
        repo.git("rm", "--quiet", "c.txt")
        repo.write("new.txt", "new")

        assert ("a.txt", "b.txt", "c.txt") == opened(repo).start_status().changed()

    def test_untracked_files_do_not_count(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{".gitignore": "*.log\n"})
        repo.write("folder/new.txt", "new")
        repo.write("noise.log", "ignored")

        assert () == opened(repo).start_status().changed()

    @pytest.mark.parametrize("name", ["größe.txt", "a b.txt", 'quo"te.txt', "new\nline.txt"])
    def test_odd_names(self, repo: Repository, name: str) -> None:
        repo.commit("feat: begin", **{name: "a"})
        repo.write(name, "changed")

        assert (name,) == opened(repo).start_status().changed()

    def test_looking_does_not_write_the_index(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a.txt": "a"})
        index = repo.path / ".git" / "index"
        before = index.read_bytes()
        os.utime(repo.path / "a.txt", (1, 1))

        opened(repo).start_status().changed()

        assert before == index.read_bytes()

    def test_a_status_that_is_never_read_leaves_no_process_behind(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        pending = opened(repo).start_status()
        child = pending._child  # noqa: SLF001 -- the process is what this is about
        del pending
        gc.collect()

        assert child.returncode is not None

    def test_failure_is_told(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        git = opened(repo)
        repo.write(".git/index", "this is no index")

        with pytest.raises(GitFailed, match="git status exited with 128"):
            git.start_status().changed()


class TestFastForward:
    def test_moves_branch_index_and_files(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)

        opened(repo).fast_forward(new)

        assert (new, "two") == (repo.head, repo.read("a.txt"))
        assert "" == repo.git("status", "--porcelain")

    def test_keeps_local_changes_elsewhere(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one", "mine.txt": "mine"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write("mine.txt", "not finished")

        opened(repo).fast_forward(new)

        assert (new, "not finished") == (repo.head, repo.read("mine.txt"))

    def test_runs_no_hooks(self, repo: Repository) -> None:
        old = repo.commit("feat: one")
        new = repo.commit("feat: two")
        repo.git("reset", "--quiet", "--hard", old)
        hook(repo.path / ".git", "post-merge", "open('hooked', 'w').close()")

        opened(repo).fast_forward(new)

        assert not (repo.path / "hooked").exists()

    def test_local_changes_in_the_way(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write("a.txt", "not finished")

        with pytest.raises(FastForwardRefused) as caught:
            opened(repo).fast_forward(new)

        assert (
            f"your branch was left where it is, behind the release commit {new[:8]}: Your local "
            "changes to the following files would be overwritten by merge: a.txt"
        ) == str(caught.value)
        assert "Commit or stash your changes, then: git pull --rebase" == caught.value.hint
        assert (old, "not finished") == (repo.head, repo.read("a.txt"))

    def test_own_commits_in_the_way(self, repo: Repository) -> None:
        base = repo.commit("feat: one")
        release = repo.commit("chore: release")
        repo.git("reset", "--quiet", "--hard", base)
        mine = repo.commit("feat: mine")

        with pytest.raises(FastForwardRefused, match="Not possible to fast-forward") as caught:
            opened(repo).fast_forward(release)

        assert mine == repo.head
        assert "Commit or stash what is not committed, then: git pull --rebase" == caught.value.hint

    def test_a_lock_in_the_way(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write(".git/index.lock", "")

        with pytest.raises(FastForwardRefused, match=r"index\.lock.*File exists") as caught:
            opened(repo).fast_forward(new)

        assert (
            "End what else git does here, or remove the lock it left, then: git pull --rebase"
        ) == caught.value.hint

    def test_files_git_does_not_know_in_the_way(self, repo: Repository) -> None:
        old = repo.commit("feat: one")
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write("a.txt", "mine")

        with pytest.raises(FastForwardRefused, match=r"untracked .*: a\.txt") as caught:
            opened(repo).fast_forward(new)

        assert "Move these files away, then: git pull --rebase" == caught.value.hint

    @pytest.mark.parametrize(
        "said",
        [
            "Unable to create '/r/.git/ORIG_HEAD.lock': No space left on device",
            "sha1 file '/r/.git/index.lock' write error. Out of diskspace",
        ],
    )
    def test_no_space(self, said: str) -> None:
        """As git says it on a full disk, in 2.39."""
        told = FastForwardRefused("0" * 40, said)

        assert "Make space on the disk, then: git pull --rebase" == told.hint

    def test_anything_else(self) -> None:
        told = FastForwardRefused("0" * 40, "the dog ate it")

        assert "Mend what git names, then: git pull --rebase" == told.hint
