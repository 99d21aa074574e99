from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import FastForwardRefused
from releasio.world.landing.swap import Swap, Swapping
from tests.world.git_fixtures import hook, opened

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


class TestFastForward:
    def test_moves_branch_index_and_files(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)

        opened(repo).landing.fast_forward(new)

        assert (new, "two") == (repo.head, repo.read("a.txt"))
        assert "" == repo.git("status", "--porcelain")

    def test_keeps_local_changes_elsewhere(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one", "mine.txt": "mine"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write("mine.txt", "not finished")

        opened(repo).landing.fast_forward(new)

        assert (new, "not finished") == (repo.head, repo.read("mine.txt"))

    def test_runs_no_hooks(self, repo: Repository) -> None:
        old = repo.commit("feat: one")
        new = repo.commit("feat: two")
        repo.git("reset", "--quiet", "--hard", old)
        hook(repo.path / ".git", "post-merge", "open('hooked', 'w').close()")

        opened(repo).landing.fast_forward(new)

        assert not (repo.path / "hooked").exists()

    def test_local_changes_in_the_way(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write("a.txt", "not finished")

        with pytest.raises(FastForwardRefused) as caught:
            opened(repo).landing.fast_forward(new)

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

        error = refused(repo, release)

        assert mine == repo.head
        assert (
            f"your branch was left where it is, beside the release commit {release[:8]}: it has "
            "commits of its own"
        ) == str(error)
        assert "git pull --rebase" == error.hint

    def test_a_lock_in_the_way(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one"})
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write(".git/index.lock", "")

        with pytest.raises(FastForwardRefused, match=r"index\.lock.*File exists") as caught:
            opened(repo).landing.fast_forward(new)

        lock = repo.path / ".git/index.lock"
        assert (
            f"If no other git is at work here: rm {lock}, then: git pull --rebase"
            == caught.value.hint
        )

    def test_files_git_does_not_know_in_the_way(self, repo: Repository) -> None:
        old = repo.commit("feat: one")
        new = repo.commit("feat: two", **{"a.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.write("a.txt", "mine")

        with pytest.raises(FastForwardRefused, match=r"untracked .*: a\.txt") as caught:
            opened(repo).landing.fast_forward(new)

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


@pytest.fixture
def old(repo: Repository) -> str:
    """A commit that another one follows, in which much is different."""
    files = {"a.txt": "one\n", "gone.txt": "old\n", "tool.sh": "#!/bin/sh\n", "mine.txt": "mine\n"}
    return repo.commit("feat: one", **files)


@pytest.fixture
def new(repo: Repository, old: str) -> str:
    """The commit that follows; the branch is back at the old one."""
    repo.git("rm", "--quiet", "gone.txt")
    repo.git("update-index", "--chmod=+x", "tool.sh")
    repo.write("a.txt", "one\nand two\n")
    repo.write("docs/new/page.txt", "a page\n")
    repo.git("add", "a.txt", "docs")
    repo.git("commit", "--quiet", "--message", "chore: two")
    made = repo.head
    repo.git("reset", "--quiet", "--hard", old)
    return made


def refused(repo: Repository, commit: str) -> FastForwardRefused:
    """Return the error that the fast-forward to *commit* fails with."""
    with pytest.raises(FastForwardRefused) as caught:
        opened(repo).landing.fast_forward(commit)
    return caught.value


class TestFiles:
    def test_of_all_kinds_are_those_of_the_commit(self, repo: Repository, new: str) -> None:
        opened(repo).landing.fast_forward(new)

        assert (new, "") == (repo.head, repo.git("status", "--porcelain", "--untracked-files"))
        assert "a page\n" == repo.read("docs/new/page.txt")
        assert not (repo.path / "gone.txt").exists()
        assert [] == list((repo.path / ".git/releasio").iterdir())
        if sys.platform != "win32":
            assert (repo.path / "tool.sh").stat().st_mode & stat.S_IXUSR

    def test_a_folder_goes_with_its_last_file(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"deep/down/a.txt": "a", "b.txt": "b"})
        repo.git("rm", "--quiet", "-r", "deep")
        new = repo.commit("feat: two")
        repo.git("reset", "--quiet", "--hard", old)

        opened(repo).landing.fast_forward(new)

        assert not (repo.path / "deep").exists()

    def test_line_ends_are_those_of_a_checkout(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{".gitattributes": "*.txt eol=crlf\n", "a.txt": "one\r\n"})
        new = repo.commit("feat: two", **{"a.txt": "two\r\n"})
        repo.git("reset", "--quiet", "--hard", old)

        opened(repo).landing.fast_forward(new)

        assert ("two\r\n", "") == (repo.read("a.txt"), repo.git("status", "--porcelain"))

    @pytest.mark.skipif(sys.platform == "win32", reason="there links need a right of their own")
    def test_what_is_more_than_files_is_left_to_git(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"a.txt": "one"})
        (repo.path / "link").symlink_to("a.txt")
        new = repo.commit("feat: two")
        repo.git("reset", "--quiet", "--hard", old)

        opened(repo).landing.fast_forward(new)

        assert (new, True) == (repo.head, (repo.path / "link").is_symlink())

    @pytest.mark.skipif(sys.platform == "win32", reason="there links need a right of their own")
    def test_nothing_is_written_through_a_link(self, repo: Repository, new: str) -> None:
        elsewhere = repo.path.with_name("elsewhere")
        elsewhere.mkdir()
        (repo.path / "docs").symlink_to(elsewhere, target_is_directory=True)

        refused(repo, new)

        assert [] == list(elsewhere.iterdir())

    def test_those_outside_a_sparse_checkout_stay_out(self, repo: Repository) -> None:
        old = repo.commit("feat: one", **{"in/a.txt": "one", "out/b.txt": "one"})
        new = repo.commit("feat: two", **{"in/a.txt": "two", "out/b.txt": "two"})
        repo.git("reset", "--quiet", "--hard", old)
        repo.git("sparse-checkout", "set", "in")

        opened(repo).landing.fast_forward(new)

        assert (new, "two") == (repo.head, repo.read("in/a.txt"))
        assert not (repo.path / "out").exists()

    def test_more_than_fit_on_a_command_line_are_left_to_git(self, repo: Repository) -> None:
        old = repo.commit("feat: one")
        new = repo.commit("feat: two", **{f"many/{number}.txt": "a page" for number in range(501)})
        repo.git("reset", "--quiet", "--hard", old)

        opened(repo).landing.fast_forward(new)

        assert (new, "") == (repo.head, repo.git("status", "--porcelain"))

    def test_in_a_second_work_tree(self, repo: Repository, new: str) -> None:
        repo.git("switch", "--quiet", "--detach")
        repo.git("worktree", "add", "--quiet", "../tree", "main")
        repo.path = repo.path.with_name("tree")

        opened(repo).landing.fast_forward(new)

        assert (new, "") == (repo.head, repo.git("status", "--porcelain"))


class TestHalfWay:
    """What a git leaves that is killed while it checks out: the next one goes on from there."""

    @pytest.mark.parametrize("content", [None, "", "one\nand", "one\nand two\n"])
    def test_a_file_that_is_missing_or_cut_short_or_new_is_written_anew(
        self, repo: Repository, new: str, content: str | None
    ) -> None:
        (repo.path / "a.txt").unlink()
        if content is not None:
            repo.write("a.txt", content)
        repo.write("docs/new/page.txt", "a pa")
        (repo.path / "gone.txt").unlink()

        opened(repo).landing.fast_forward(new)

        assert (new, "") == (repo.head, repo.git("status", "--porcelain", "--untracked-files"))

    def test_an_index_that_is_ahead_of_the_branch(self, repo: Repository, new: str) -> None:
        repo.git("read-tree", "-m", "-u", "HEAD", new)

        opened(repo).landing.fast_forward(new)

        assert (new, "") == (repo.head, repo.git("status", "--porcelain"))

    @pytest.mark.parametrize("content", ["one\nand mine\n", "one\nand two\nand more\n", "ne\n"])
    def test_a_file_with_anything_of_its_own_stays_and_so_does_the_branch(
        self, repo: Repository, old: str, new: str, content: str
    ) -> None:
        repo.write("a.txt", content)
        (repo.path / "gone.txt").unlink()
        error = refused(repo, new)

        assert "Commit or stash your changes, then: git pull --rebase" == error.hint
        assert (old, content) == (repo.head, repo.read("a.txt"))
        assert not (repo.path / "gone.txt").exists()

    def test_what_is_staged_stays_and_so_does_the_branch(
        self, repo: Repository, old: str, new: str
    ) -> None:
        repo.write("a.txt", "staged\n")
        repo.git("add", "a.txt")
        repo.write("a.txt", "one\n")
        refused(repo, new)

        assert (old, "one\n") == (repo.head, repo.read("a.txt"))
        assert "staged" == repo.git("show", ":a.txt")

    def test_changes_elsewhere_stay_as_they_are(self, repo: Repository, new: str) -> None:
        repo.write("mine.txt", "not finished\n")
        repo.write("staged.txt", "staged\n")
        repo.git("add", "staged.txt")
        (repo.path / "a.txt").unlink()

        opened(repo).landing.fast_forward(new)

        assert new == repo.head
        assert " M mine.txt\nA  staged.txt" == repo.git("status", "--porcelain")

    @pytest.mark.parametrize("lock", ["index.lock", "HEAD.lock", "refs/heads/main.lock"])
    def test_a_lock_of_another_git_moves_nothing_at_all(
        self, repo: Repository, old: str, new: str, lock: str
    ) -> None:
        repo.write(f".git/{lock}", "")
        error = refused(repo, new)
        path = repo.path / ".git" / lock

        assert f"Unable to create '{path}': File exists" in str(error)
        assert f"If no other git is at work here: rm {path}, then: git pull --rebase" == error.hint
        assert (old, "") == (repo.head, repo.git("status", "--porcelain"))

    def test_a_file_that_cannot_be_replaced_takes_the_others_back(self, repo: Repository) -> None:
        repo.commit("feat: one", **{"a.txt": "one\n", "tool.sh": "#!/bin/sh\n"})
        swaps = (
            Swap("a.txt", b"one\n", b"two\n"),
            Swap("new.txt", None, b"new\n"),
            Swap("a" * 300, None, b"no system takes such a name"),
        )
        swapping = Swapping(repo.path, repo.path / ".git/releasio")
        with pytest.raises(OSError, match="name"):
            swapping.carry_out(swaps)

        assert ("one\n", "") == (repo.read("a.txt"), repo.git("status", "--porcelain"))
        assert [] == list(swapping.state.iterdir())
