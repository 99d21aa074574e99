from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.files.handed_on import BundleInvalid, PreparedElsewhere
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

REF = "refs/releasio/v1.0/commit"


def bundle(repo: Repository, path: Path) -> str:
    """Write a commit that no branch has to *path*; return its id."""
    base = repo.head
    commit = repo.commit("chore: prepare", **{"version.txt": "1.0\n"})
    repo.git("reset", "--quiet", "--hard", base)
    git = opened(repo)
    git.ref_changes.point(REF, commit)
    git.bundles.write(path, REF, commit)
    return commit


class TestBundle:
    def test_brings_a_commit_to_a_clone_that_has_its_parent(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: begin")
        commit = bundle(repo, tmp_path / "a.bundle")
        clone = repo.clone(tmp_path / "clone")
        before = clone.git("for-each-ref")
        git = opened(clone)
        git.bundles.take(tmp_path / "a.bundle")

        assert {REF: commit} == git.bundles.refs(tmp_path / "a.bundle")
        assert (commit, before) == (git.objects.peel(commit), clone.git("for-each-ref"))

    def test_may_be_of_the_first_commit(self, repo: Repository, tmp_path: Path) -> None:
        commit = repo.commit("feat: begin")
        git = opened(repo)
        git.ref_changes.point(REF, commit)
        git.bundles.write(tmp_path / "a.bundle", REF, commit)

        assert {REF: commit} == git.bundles.refs(tmp_path / "a.bundle")

    def test_is_of_no_use_where_its_parent_is_not(self, repo: Repository, tmp_path: Path) -> None:
        repo.commit("feat: begin")
        clone = repo.clone(tmp_path / "clone")
        parent = repo.commit("feat: more")
        bundle(repo, tmp_path / "a.bundle")

        with pytest.raises(PreparedElsewhere, match=f"was prepared on {parent[:8]}"):
            opened(clone).bundles.take(tmp_path / "a.bundle")

    @pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"# v9 git bundle\n"])
    def test_that_is_none_is_named(self, repo: Repository, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "a.bundle"
        path.write_bytes(content)

        with pytest.raises(BundleInvalid, match=r"a\.bundle is not a release that was prepared"):
            opened(repo).bundles.refs(path)

    def test_with_an_object_that_harms_is_not_taken(self, repo: Repository, tmp_path: Path) -> None:
        """A file called .git in a tree would be written into the repository by a checkout."""
        base = repo.commit("feat: begin")
        clone = repo.clone(tmp_path / "clone")
        blob = repo.git("hash-object", "-w", "--stdin", input="harm")
        tree = repo.git("mktree", "--missing", input=f"100644 blob {blob}\t.git\n")
        commit = repo.git("commit-tree", "-p", base, "-m", "harm", tree)
        git = opened(repo)
        git.ref_changes.point(REF, commit)
        git.bundles.write(tmp_path / "a.bundle", REF, commit)

        with pytest.raises(BundleInvalid):
            opened(clone).bundles.take(tmp_path / "a.bundle")
