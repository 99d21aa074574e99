from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import RefMoved, RepositoryLocked
from releasio.errors.git.push import TagTaken
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


REF = "refs/releasio/v1.0.0/commit"


class TestTags:
    def test_none(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        assert () == opened(repo).refs.tags()
        assert {} == opened(repo).refs.peeled_tags()

    def test_annotated_and_light(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")
        repo.tag("v1.0.0")
        repo.tag("nested/v1", annotated=False)

        git = opened(repo)

        noted = repo.git("rev-parse", "v1.0.0")
        assert (("nested/v1", made), ("v1.0.0", noted)) == git.refs.tags()
        assert {"nested/v1": made, "v1.0.0": made} == git.refs.peeled_tags()

    def test_twelve_thousand_are_read_at_once(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: begin")
        names = [f"v{major}.{minor}.0" for major in range(120) for minor in range(100)]
        # written as `git pack-refs` does: 12,000 loose files would take long
        lines = "".join(f"{made} refs/tags/{name}\n" for name in sorted(names))
        head = "# pack-refs with: peeled fully-peeled sorted \n"
        repo.write(".git/packed-refs", head + lines)
        trace = tmp_path / "trace"
        git = opened(repo, GIT_TRACE2_EVENT=str(trace))
        trace.unlink(missing_ok=True)  # so far, it was opened

        tags = git.refs.tags()

        assert sorted(names) == [tag.name for tag in tags]
        # one by one, it would be as many processes
        assert 1 == trace.read_text(encoding="utf-8").count('"event":"start"')


class TestRefs:
    def test_by_prefix(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")
        repo.git("update-ref", REF, made)

        assert {REF: made} == opened(repo).refs.below("refs/releasio/")

    def test_an_absent_ref_reads_as_none(self, repo: Repository) -> None:
        repo.commit("feat: begin")

        assert opened(repo).refs.read("refs/tags/v9") is None

    def test_set_read_delete(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")
        git = opened(repo)

        git.ref_changes.point(REF, made)
        seen = git.refs.read(REF)
        git.ref_changes.delete(REF)
        git.ref_changes.delete(REF)

        assert made == seen
        assert git.refs.read(REF) is None

    def test_set_as_expected(self, repo: Repository) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        git = opened(repo)
        git.ref_changes.point(REF, one, expected="0" * 40)

        git.ref_changes.point(REF, two, expected=one)

        assert two == git.refs.read(REF)

    def test_somebody_else_moved_it(self, repo: Repository) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        git = opened(repo)
        git.ref_changes.point(REF, two)

        with pytest.raises(RefMoved) as caught:
            git.ref_changes.point(REF, one, expected=one)

        assert str(caught.value).startswith(f"{REF} is not what it was: ")
        assert f"is at {two} but expected {one}" in str(caught.value)
        assert "Run again." == caught.value.hint
        assert two == git.refs.read(REF)


class TestCreateTagRef:
    def test_twice_is_once(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")
        git = opened(repo)

        git.ref_changes.create_tag("v1.0.0", made)
        git.ref_changes.create_tag("v1.0.0", made)

        assert made == git.refs.read("refs/tags/v1.0.0")

    def test_never_moves_a_tag(self, repo: Repository) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        git = opened(repo)
        git.ref_changes.create_tag("v1.0.0", one)

        with pytest.raises(TagTaken, match=f"points at {one[:8]}, but this release is {two[:8]}"):
            git.ref_changes.create_tag("v1.0.0", two)

        assert one == git.refs.read("refs/tags/v1.0.0")

    def test_a_name_git_does_not_take(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")

        with pytest.raises(RefMoved, match=r"bad\.\.name"):
            opened(repo).ref_changes.create_tag("bad..name", made)


class TestLocked:
    """By another git, or by one that died."""

    def test_a_ref_names_the_lock_and_what_removes_it(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")
        lock = repo.write(".git/refs/tags/v1.0.0.lock", "")
        with pytest.raises(RepositoryLocked) as caught:
            opened(repo).ref_changes.create_tag("v1.0.0", made)

        assert (
            f"refs/tags/v1.0.0 cannot be changed: another git holds {lock}, or one that died has "
            "left it"
        ) == str(caught.value)
        assert f"If no other git is at work here: rm {lock}, then run again." == caught.value.hint
        assert lock.exists()

    @pytest.mark.parametrize("name", ["packed-refs.lock", f"{REF}.lock"])
    def test_one_that_goes_does_so_too(self, repo: Repository, name: str) -> None:
        repo.git("update-ref", REF, repo.commit("feat: begin"))
        repo.git("pack-refs", "--all")
        lock = repo.write(f".git/{name}", "")
        with pytest.raises(RepositoryLocked, match=lock.name):
            opened(repo).ref_changes.delete(REF)

    def test_nothing_of_it_is_written_down_afterwards(self, repo: Repository) -> None:
        opened(repo).ref_changes.point(REF, repo.commit("feat: begin"))

        assert not (repo.path / ".git/releasio/held").exists()
