from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import SigningFailed
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

TEXT = "".join(f"line {number}\n" for number in range(20))


@pytest.fixture
def forked(repo: Repository) -> Repository:
    """`main` and `ours`, both at the same commit."""
    repo.commit("feat: begin", **{"a.txt": TEXT, "b.txt": TEXT})
    repo.git("branch", "ours")
    return repo


def sides(repo: Repository, ours: dict[str, str], theirs: dict[str, str]) -> tuple[str, str]:
    """Commit to both branches; return the commits."""
    commit = repo.commit("fix: theirs", **theirs)
    repo.git("checkout", "--quiet", "ours")
    return repo.commit("fix: ours", **ours), commit


class TestMerge:
    def test_of_different_files_conflicts_in_none(self, forked: Repository) -> None:
        ours, theirs = sides(forked, {"a.txt": "ours\n"}, {"b.txt": "theirs\n"})
        merges = opened(forked).merges
        before = forked.git("for-each-ref"), forked.git("status", "--porcelain")
        commit = merges.merge(ours, theirs, "Merge", None)

        assert ((), ()) == (
            merges.changed_by_both(ours, theirs),
            merges.conflicts(ours, theirs),
        )
        assert f"{ours} {theirs}" == forked.git("show", "-s", "--format=%P", commit)
        contents = [forked.git("show", f"{commit}:{name}") for name in ("a.txt", "b.txt")]
        assert ["ours", "theirs"] == contents
        assert before == (forked.git("for-each-ref"), forked.git("status", "--porcelain"))

    def test_of_different_lines_names_what_both_changed(self, forked: Repository) -> None:
        first, last = TEXT.replace("line 0\n", "ours\n"), TEXT.replace("line 19\n", "theirs\n")
        ours, theirs = sides(forked, {"a.txt": first}, {"a.txt": last})
        merges = opened(forked).merges

        assert ("a.txt",) == merges.changed_by_both(ours, theirs)
        assert () == merges.conflicts(ours, theirs)

    def test_of_the_same_line_conflicts_there(self, forked: Repository) -> None:
        ours, theirs = sides(forked, {"a.txt": "ours\n"}, {"a.txt": "theirs\n"})

        assert ("a.txt",) == opened(forked).merges.conflicts(ours, theirs)

    def test_is_signed_where_commits_are(self, forked: Repository) -> None:
        ours, theirs = sides(forked, {"a.txt": "ours\n"}, {"b.txt": "theirs\n"})
        forked.git("config", "commit.gpgSign", "true")
        forked.git("config", "gpg.program", "false")

        with pytest.raises(SigningFailed):
            opened(forked).merges.merge(ours, theirs, "Merge", None)
