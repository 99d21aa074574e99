"""Which files commits touch, as git tells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


class TestTouched:
    def test_each_commit_with_its_files(self, repo: Repository) -> None:
        first = repo.commit("one", **{"a.txt": "1\n", "sub/b.txt": "1\n"})
        repo.commit("two", **{"c.txt": "1\n"})
        third = repo.commit("three", **{"a.txt": "2\n"})

        assert [(third, ("a.txt",)), (first, ("a.txt", "sub/b.txt"))] == list(
            opened(repo).history.touched([third, first])
        )

    def test_a_renamed_file_is_one_that_goes_and_one_that_comes(self, repo: Repository) -> None:
        repo.commit("one", **{"docs/a.txt": "1\n" * 20})
        repo.git("mv", "docs/a.txt", "b.txt")
        commit = repo.commit("two")

        assert [(commit, ("b.txt", "docs/a.txt"))] == list(opened(repo).history.touched([commit]))

    def test_names_that_nobody_expects(self, repo: Repository) -> None:
        names = ("a b.txt", "\u00e4.txt", "-c.txt", "\x01d.txt", "e\nf.txt")
        commit = repo.commit("one", **dict.fromkeys(names, "1\n"))

        assert [(commit, tuple(sorted(names, key=str.encode)))] == list(
            opened(repo).history.touched([commit])
        )

    def test_a_merge_has_what_it_brings(self, repo: Repository) -> None:
        repo.commit("one", **{"a.txt": "1\n"})
        repo.git("switch", "--quiet", "--create", "topic")
        repo.commit("two", **{"b.txt": "1\n"})
        repo.git("switch", "--quiet", "main")
        repo.commit("three", **{"c.txt": "1\n"})
        repo.git("merge", "--quiet", "--no-ff", "-m", "four", "topic")

        assert [(repo.head, ("b.txt",))] == list(opened(repo).history.touched([repo.head]))

    def test_an_empty_commit_touches_nothing(self, repo: Repository) -> None:
        repo.commit("one", **{"a.txt": "1\n"})
        commits = [repo.commit("two"), repo.commit("three", **{"b.txt": "1\n"})]

        assert [(commits[0], ()), (commits[1], ("b.txt",))] == list(
            opened(repo).history.touched(commits)
        )

    def test_the_user_s_settings_do_not_show(self, repo: Repository) -> None:
        repo.git("config", "diff.relative", "true")
        repo.git("config", "diff.renames", "copies")
        repo.git("config", "log.showSignature", "true")
        commit = repo.commit("one", **{"a.txt": "1\n"})

        assert [(commit, ("a.txt",))] == list(opened(repo).history.touched([commit]))

    def test_nothing_is_asked_about_no_commits(self, repo: Repository) -> None:
        assert [] == list(opened(repo).history.touched([]))

    def test_more_than_are_asked_about_at_once(self, repo: Repository) -> None:
        lines = "".join(
            f"commit refs/heads/main\ncommitter A <a@example.org> {number} +0000\n"
            f"data 1\nx\nM 644 inline {number // 100}/{number}\ndata 0\n\n"
            for number in range(1, 5003)
        )
        repo.git("fast-import", "--quiet", input=lines)
        commits = repo.git("rev-list", "main").split()
        touched = list(opened(repo).history.touched(commits))

        names = [(f"{number // 100}/{number}",) for number in range(5002, 0, -1)]
        assert names == [files for _, files in touched]
