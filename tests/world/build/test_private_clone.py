"""A work tree that is parted from the user's repository, and what git then says in it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import pytest

from tests.fakes.repository import START, Repository
from tests.world.git_fixtures import opened

TAG = "v1.0.0"


def parted(repo: Repository) -> Repository:
    """Return the private clone of what is checked out in *repo*."""
    git = opened(repo)
    # in the test's own folder, with which it goes
    folder = Path(tempfile.mkdtemp(prefix="releasio-", dir=repo.path.parent))
    tree = git.scratch.add(folder / "releasio-tree", repo.head).root
    git.private_clone.part_with(tree, repo.head, TAG, START)
    return Repository(tree)


def told(clone: Repository) -> tuple[str, str, str]:
    """Return what backends ask for: the name of the commit, what differs from it, the history."""
    history = clone.git("log", "--format=%s")
    return clone.git("describe", "--dirty"), clone.git("status", "--porcelain"), history


class TestClone:
    def test_has_history_and_tag_and_is_clean(self, repo: Repository) -> None:
        repo.commit("feat: one", **{"a.txt": "one\n"})
        repo.tag("v0.9.0")
        repo.tag("v1")
        repo.commit("feat: two", **{"a.txt": "two\n"})

        clone = parted(repo)

        assert (TAG, "", "feat: two\nfeat: one") == told(clone)
        assert TAG == clone.git("tag")

    def test_is_the_same_every_time(self, repo: Repository) -> None:
        repo.commit("feat: one")

        first, second = (parted(repo).git("rev-parse", TAG) for _ in range(2))

        assert first == second

    def test_of_a_repository_with_a_tag_of_that_name_elsewhere(self, repo: Repository) -> None:
        repo.commit("feat: one")
        repo.tag(TAG)
        made = repo.commit("feat: two")

        clone = parted(repo)

        assert (made, 2) == (
            clone.git("rev-parse", f"{TAG}^{{commit}}"),
            len(clone.git("log", "--format=%h").splitlines()),
        )
        assert made != repo.git("rev-parse", f"{TAG}^{{commit}}")

    def test_of_a_shallow_clone_knows_where_its_history_ends(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        for number in range(3):
            repo.commit(f"feat: {number}", **{"a.txt": f"{number}\n"})

        clone = parted(repo.clone(tmp_path / "shallow", "--depth=1"))

        assert (TAG, "", "feat: 2") == told(clone)

    def test_of_a_clone_without_old_files_has_those_of_the_release(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.git("config", "uploadpack.allowFilter", "true")
        for number in range(3):
            repo.commit(f"feat: {number}", **{"a.txt": f"{number}\n"})

        clone = parted(repo.clone(tmp_path / "partial", "--filter=blob:none"))

        assert (TAG, "", "feat: 2\nfeat: 1\nfeat: 0") == told(clone)
        assert "2\n" == clone.git("show", "HEAD:a.txt") + "\n"

    def test_of_a_repository_with_longer_ids(self, tmp_path: Path) -> None:
        (tmp_path / "long").mkdir()
        repo = Repository(tmp_path / "long")
        repo.git("init", "--quiet", "--object-format=sha256", "--initial-branch=main")
        repo.commit("feat: one", **{"a.txt": "one\n"})

        clone = parted(repo)

        assert (TAG, "", "feat: one") == told(clone)
        assert 64 == len(clone.head)

    def test_of_a_repository_whose_index_has_two_files(self, repo: Repository) -> None:
        repo.git("config", "core.splitIndex", "true")
        repo.commit("feat: one", **{"a.txt": "one\n"})

        assert (TAG, "", "feat: one") == told(parted(repo))


class TestFiles:
    @pytest.mark.skipif(sys.platform == "win32", reason="tr is no program of Windows")
    def test_that_a_filter_made_are_no_changes(self, repo: Repository) -> None:
        """
        As with LFS: else a version that git tells would say that the tree is not clean.
        """
        repo.git("config", "filter.up.clean", "tr a-z A-Z")
        repo.git("config", "filter.up.smudge", "tr A-Z a-z")
        repo.commit("feat: one", **{".gitattributes": "*.txt filter=up\n", "a.txt": "one\n"})

        clone = parted(repo)
        (clone.path / "a.txt").touch()  # git has to look into it

        assert (TAG, "") == told(clone)[:2]
        assert ("one\n", "ONE") == (clone.read("a.txt"), clone.git("show", "HEAD:a.txt"))

    def test_with_line_ends_of_the_users_are_no_changes(self, repo: Repository) -> None:
        repo.commit("feat: one", **{"a.txt": "one\n"})
        repo.git("config", "core.autocrlf", "true")

        clone = parted(repo)
        (clone.path / "a.txt").touch()

        assert (TAG, "") == told(clone)[:2]
        assert "one\r\n" == clone.read("a.txt")


class TestEnd:
    def test_the_scratch_tree_is_known_until_it_is_closed(self, repo: Repository) -> None:
        repo.commit("feat: one")
        git, clone = opened(repo), parted(repo)

        known = git.scratch.trees()
        git.scratch.close(clone.path)

        assert ((clone.path,), ()) == (known, git.scratch.trees())
        assert not clone.path.parent.exists()
