from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.checkout import ShallowClone
from releasio.errors.git.commands import RemoteNotFound
from releasio.rules.running.remote import Remote
from tests.fakes.repository import Repository
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


ORIGIN = Remote("origin", "")


def rank(names: Iterable[str]) -> list[str]:
    """Take the tags that look like versions, highest first."""
    return sorted((name for name in names if name.startswith("v")), reverse=True)


def long_history(repo: Repository, *, tagged: int, commits: int) -> None:
    """Write *commits* commits in no time, and tag v1 on one of them."""
    text = "commit refs/heads/main\nmark :{0}\ncommitter A <a@b.c> {0} +0000\ndata 6\nfix: x\n"
    text += "M 644 inline a.txt\ndata 4\n{0:04}\n"
    stream = "".join(text.format(n) for n in range(1, commits + 1))
    stream += f"tag v1\nfrom :{tagged}\ntagger A <a@b.c> 1 +0000\ndata 1\nx\n"
    repo.git("fast-import", "--quiet", input=stream)


class TestDeepen:
    def test_just_enough(self, repo: Repository, tmp_path: Path) -> None:
        """
        The base is found some 250 commits back; the other 700 stay where they are (P19).
        """
        long_history(repo, commits=1000, tagged=750)
        git = opened(repo.clone(tmp_path / "clone", "--depth=1"))

        public, names = git.missing_history.fetch_back(ORIGIN, rank)
        found = git.history.since(rank(tag.name for tag in git.refs.tags()))

        assert ("v1", 250, ["v1"]) == (found.base, len(found.commits), [*public.tags])
        assert ["v1"] == names
        assert repo.head == public.heads["main"]
        assert repo.git("rev-parse", "v1^{commit}") == public.tags["v1"].commit
        assert 301 == len(list(git.history.commits(None)))
        assert git.history.is_shallow()

    def test_a_detached_checkout_as_continuous_integration_makes_it(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        long_history(repo, commits=300, tagged=150)
        repo.git("branch", "pull", "main~10")
        clone = Repository.create(tmp_path / "clone")
        clone.git("remote", "add", "origin", repo.path.as_uri())
        clone.git("fetch", "--quiet", "--no-tags", "--depth=1", "origin", "refs/heads/pull")
        clone.git("checkout", "--quiet", "--detach", "FETCH_HEAD")
        git = opened(clone)

        git.missing_history.fetch_back(ORIGIN, rank)

        found = git.history.since(rank(tag.name for tag in git.refs.tags()))
        assert ("v1", 140) == (found.base, len(found.commits))

    def test_without_any_release_all_of_it(self, repo: Repository, tmp_path: Path) -> None:
        long_history(repo, commits=30, tagged=1)
        git = opened(repo.clone(tmp_path / "clone", "--depth=1"))

        git.missing_history.fetch_back(ORIGIN, lambda _: [])

        assert not git.history.is_shallow()
        assert 30 == len(git.history.since([]).commits)

    def test_a_release_on_another_branch_is_no_base(self, repo: Repository, tmp_path: Path) -> None:
        long_history(repo, commits=20, tagged=5)
        repo.git("switch", "--quiet", "-c", "next")
        repo.commit("feat!: next")
        repo.tag("v2")
        repo.git("switch", "--quiet", "main")
        git = opened(repo.clone(tmp_path / "clone", "--depth=1"))

        public, names = git.missing_history.fetch_back(ORIGIN, rank)

        assert ({"v1", "v2"}, ["v1"]) == (public.tags.keys(), names)
        assert "v1" == git.history.since(rank(tag.name for tag in git.refs.tags())).base

    def test_a_complete_clone_without_tags_gets_them(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        long_history(repo, commits=5, tagged=3)
        git = opened(repo.clone(tmp_path / "clone", "--no-tags"))

        git.missing_history.fetch_back(ORIGIN, rank)

        assert ["v1"] == [tag.name for tag in git.refs.tags()]

    def test_the_tag_of_the_present_version_comes_though_it_is_on_no_branch(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: one", **{"a.txt": "1"})
        repo.tag("v1")
        clone = repo.clone(tmp_path / "clone")
        for tag in ("v2", "v3"):
            repo.git("switch", "--quiet", "--detach")
            repo.commit("feat: elsewhere", **{"a.txt": tag})
            repo.tag(tag)
            repo.git("switch", "--quiet", "main")

        _, names = opened(clone).missing_history.fetch_back(ORIGIN, rank, lambda _: "v2")

        assert ["v1", "v2"] == names
        assert ["v1", "v2"] == clone.git("tag").split()

    def test_a_tag_of_its_own_is_left_alone(self, repo: Repository, tmp_path: Path) -> None:
        long_history(repo, commits=5, tagged=3)
        clone = repo.clone(tmp_path / "clone", "--depth=1")
        clone.git("tag", "v1")
        git = opened(clone)

        git.missing_history.fetch_back(ORIGIN, rank)

        assert clone.head == git.objects.peel("refs/tags/v1")

    def test_work_tree_and_branches_stay_as_they_are(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        long_history(repo, commits=50, tagged=3)
        clone = repo.clone(tmp_path / "clone", "--depth=1")
        clone.write("a.txt", "not finished")
        before = (clone.head, clone.git("status", "--porcelain"), clone.git("branch", "--list"))

        opened(clone).missing_history.fetch_back(ORIGIN, rank)

        after = (clone.head, clone.git("status", "--porcelain"), clone.git("branch", "--list"))
        assert before == after

    def test_a_remote_that_is_gone_leaves_it_shallow(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        long_history(repo, commits=5, tagged=3)
        clone = repo.clone(tmp_path / "clone", "--depth=1")
        clone.git("remote", "set-url", "origin", str(tmp_path / "gone"))
        git = opened(clone)

        with pytest.raises(RemoteNotFound):
            git.missing_history.fetch_back(ORIGIN, rank)

        with pytest.raises(ShallowClone):
            git.history.since([])

    def test_a_remote_that_no_longer_has_these_commits(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        """
        After a force-push nothing can be fetched below what is here: it ends, and history says so.
        """
        long_history(repo, commits=20, tagged=3)
        clone = repo.clone(tmp_path / "clone", "--depth=1")
        repo.git("checkout", "--quiet", "--orphan", "other")
        repo.commit("feat: something else")
        repo.git("branch", "--quiet", "-M", "other", "main")
        repo.git("tag", "--delete", "v1")
        repo.git("reflog", "expire", "--expire=now", "--all")
        repo.git("gc", "--quiet", "--prune=now")
        git = opened(clone)

        git.missing_history.fetch_back(ORIGIN, lambda _: [])

        with pytest.raises(ShallowClone):
            git.history.since([])

    def test_without_file_contents_where_the_server_can(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        long_history(repo, commits=60, tagged=5)
        repo.git("config", "uploadpack.allowFilter", "true")
        clone = repo.clone(tmp_path / "clone", "--depth=1")

        opened(clone).missing_history.fetch_back(ORIGIN, rank)

        kinds = clone.git("cat-file", "--batch-all-objects", "--batch-check=%(objecttype)").split()
        assert 1 == kinds.count("blob")
        assert 60 == kinds.count("commit")
