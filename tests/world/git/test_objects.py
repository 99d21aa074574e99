from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import GitFailed
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


class TestPeel:
    def test_an_annotated_tag(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")
        repo.tag("v1.0.0")

        assert made == opened(repo).objects.peel("refs/tags/v1.0.0")

    @pytest.mark.parametrize("name", ["refs/tags/v9", "0" * 40, "--all", "HEAD^{tree}"])
    def test_no_commit(self, repo: Repository, name: str) -> None:
        repo.commit("feat: begin")

        assert opened(repo).objects.peel(name) is None


class TestIsAncestor:
    def test_of_itself_and_of_later_ones(self, repo: Repository) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        git = opened(repo)

        assert [True, True, False] == [
            git.objects.is_ancestor(one, one),
            git.objects.is_ancestor(one, two),
            git.objects.is_ancestor(two, one),
        ]

    def test_of_whole_ids_is_asked_once(self, repo: Repository, tmp_path: Path) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        trace = tmp_path / "trace"
        git = opened(repo, GIT_TRACE2_EVENT=str(trace))

        answers = [git.objects.is_ancestor(one, two) for _ in range(3)]
        answers.append(git.objects.is_ancestor(two, one))

        assert [True, True, True, False] == answers
        assert 2 == trace.read_text(encoding="utf-8").count('"event":"start"')  # one opened it

    def test_of_a_branch_is_asked_each_time(self, repo: Repository) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        git = opened(repo)
        before = git.objects.is_ancestor(two, "refs/heads/main")

        repo.git("reset", "--quiet", "--hard", one)

        assert (True, False) == (before, git.objects.is_ancestor(two, "refs/heads/main"))

    def test_becomes_true_where_the_history_is_fetched(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        one, two = repo.commit("feat: one"), repo.commit("feat: two")
        clone = repo.clone(tmp_path / "shallow", "--depth=1", "--no-local")
        git = opened(clone)
        before = git.objects.is_ancestor(one, two)

        clone.git("fetch", "--quiet", "--unshallow")

        assert (False, True) == (before, git.objects.is_ancestor(one, two))

    def test_a_commit_nobody_has_here(self, repo: Repository) -> None:
        one = repo.commit("feat: one")

        assert not opened(repo).objects.is_ancestor("f" * 40, one)


class TestTagMessage:
    def test_whole(self, repo: Repository) -> None:
        repo.commit("feat: begin")
        message = "Release v1.0.0\n\nsha256:ab  demo-1.0.0.tar.gz\nsha256:cd  demo-1.0.0.whl"
        repo.git("tag", "-F", "-", "v1.0.0", input=message)

        assert message == opened(repo).objects.tag_message("v1.0.0")

    def test_without_signature(self, repo: Repository) -> None:
        made = repo.commit("feat: begin")
        signature = "-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n"
        text = f"object {made}\ntype commit\ntag v1\ntagger A <a@b.c> 0 +0000\n\nRelease\n\nx\n"
        tag = repo.git("hash-object", "-t", "tag", "-w", "--stdin", input=text + signature)
        repo.git("update-ref", "refs/tags/v1", tag)

        assert "Release\n\nx" == opened(repo).objects.tag_message("v1")

    @pytest.mark.parametrize("name", ["light", "absent", "fold"])
    def test_there_is_none(self, repo: Repository, name: str) -> None:
        repo.commit("feat: begin")
        repo.tag("light", annotated=False)
        repo.tag("fold/v1")

        assert "" == opened(repo).objects.tag_message(name)


class TestListFiles:
    def test_all_and_below_a_folder(self, repo: Repository) -> None:
        files = {"a.txt": "", "src/größe.py": "", "src/a b.py": "", "src2/c.py": ""}
        made = repo.commit("feat: begin", **files)
        objects = opened(repo).objects

        assert {"a.txt", "src/größe.py", "src/a b.py", "src2/c.py"} == set(objects.list_files(made))
        assert {"src/größe.py", "src/a b.py"} == set(objects.list_files(made, "src"))
        assert () == objects.list_files(made, "s*")

    def test_seen_from_a_subdirectory_paths_begin_at_the_root(self, repo: Repository) -> None:
        made = repo.commit("feat: begin", **{"src/a.py": "", "b.txt": ""})

        assert ("b.txt", "src/a.py") == opened(repo).at(repo.path / "src").objects.list_files(made)


class TestReadFiles:
    def test_the_bytes_of_the_commit_not_of_the_work_tree(self, repo: Repository) -> None:
        made = repo.commit("feat: begin", **{"a.txt": "old\n"})
        repo.write("a.txt", "new\n")

        assert b"old\n" == opened(repo).objects.read_file(made, "a.txt")

    def test_absent_files_and_folders_are_none(self, repo: Repository) -> None:
        made = repo.commit("feat: begin", **{"src/a.py": "a"})
        git = opened(repo)

        assert {"src": None, "no": None} == git.objects.read_files(made, ("src", "no"))
        assert git.objects.read_file(made, "no") is None

    def test_many_in_one_go_byte_for_byte(self, repo: Repository) -> None:
        texts = {"a.txt": "a", "empty": "", "b c.txt": "b\n\n", "crlf.txt": "x\r\ny\r\n", "ü": "\n"}
        made = repo.commit("feat: begin", **texts)

        found = opened(repo).objects.read_files(made, tuple(texts))

        assert {name: text.encode() for name, text in texts.items()} == found

    def test_line_ends_are_those_of_a_checkout(self, repo: Repository) -> None:
        made = repo.commit(
            "feat: begin", **{"a.txt": "one\ntwo\n", "b.txt": "x\n", "c d.txt": "y\n"}
        )
        repo.git("config", "core.autocrlf", "true")

        found = opened(repo).objects.read_files(made, ("a.txt", "b.txt", "c d.txt"))

        assert {"a.txt": b"one\r\ntwo\r\n", "b.txt": b"x\r\n", "c d.txt": b"y\r\n"} == found

    def test_a_filter_that_fails_is_told(self, repo: Repository) -> None:
        made = repo.commit("feat: begin", **{".gitattributes": "*.bin filter=big\n", "a.bin": "a"})
        repo.git("config", "filter.big.smudge", "false")
        repo.git("config", "filter.big.required", "true")

        with pytest.raises(GitFailed, match="smudge filter big failed"):
            opened(repo).objects.read_file(made, "a.bin")


class TestObstacles:
    def test_are_links_directories_and_what_lies_behind_them(self, repo: Repository) -> None:
        target = repo.git("hash-object", "-w", "--stdin", input="../elsewhere")
        repo.commit("feat: begin", **{"VERSION": "1\n", "NEWS.md/x": "", "docs/a.md": ""})
        for path in ("CHANGES.md", "linked"):
            repo.git("update-index", "--add", "--cacheinfo", f"120000,{target},{path}")
        repo.git("update-index", "--add", "--cacheinfo", f"160000,{repo.head},vendor")
        repo.git("commit", "--quiet", "-m", "chore: links")
        paths = [
            *("VERSION", "CHANGES.md", "NEWS.md", "docs/a.md", "docs/new.md", "new/a.md"),
            *("linked/a.md", "vendor/a.md", "VERSION/a.md", "*.md"),
        ]

        assert {
            "CHANGES.md": "is a symbolic link to ../elsewhere",
            "NEWS.md": "is a directory",
            "linked/a.md": "lies in linked, which is a symbolic link to ../elsewhere",
            "vendor/a.md": "lies in vendor, which is a submodule",
            "VERSION/a.md": "lies in VERSION, which is a file",
        } == opened(repo).objects.obstacles("HEAD", paths)

    def test_names_are_taken_as_they_are(self, repo: Repository) -> None:
        repo.commit("feat: begin", **{"a b/c d/e": "", "ä/x": ""})

        assert {"a b/c d": "is a directory", "ä": "is a directory"} == (
            opened(repo).objects.obstacles("HEAD", ["a b/c d", "a b/c d/e", "ä", "ä/y", "a/b\nc"])
        )

    def test_of_nothing_asks_nobody(self, repo: Repository) -> None:
        assert {} == opened(repo).objects.obstacles("0" * 40, [])

    def test_where_the_files_of_the_commit_are_missing_git_says_so(self, repo: Repository) -> None:
        repo.commit("feat: begin", VERSION="1\n")
        tree = repo.git("rev-parse", "HEAD^{tree}")
        (repo.path / ".git/objects" / tree[:2] / tree[2:]).unlink()

        with pytest.raises(GitFailed, match="not a tree object"):
            opened(repo).objects.obstacles(repo.head, ["VERSION"])


class TestFolders:
    def test_are_those_in_each_folder_that_is_asked_for(self, repo: Repository) -> None:
        repo.commit(
            "feat: begin", **{"a.py": "", "src/one/x.py": "", "src/two/y.py": "", "d/z": ""}
        )

        assert {"": ("d", "src"), "src": ("one", "two"), "a.py": (), "gone": ()} == (
            opened(repo).objects.folders("HEAD", ["", "src", "a.py", "gone"])
        )

    def test_a_mode_may_begin_with_a_zero(self, repo: Repository) -> None:
        """As some tools wrote them; git reads such trees, and only `git fsck` complains."""
        folder = repo.git("mktree", input="")
        entry = repo.path / "tree"
        entry.write_bytes(b"040000 src\0" + bytes.fromhex(folder))
        tree = repo.git("hash-object", "-t", "tree", "-w", "--literally", str(entry))
        commit = repo.git("commit-tree", "-m", "feat: begin", tree)

        assert {"": ("src",)} == opened(repo).objects.folders(commit, [""])


class TestWhatACommitDid:
    def test_one_that_was_amended_is_known(self, repo: Repository) -> None:
        repo.commit("feat: begin", FILE="1")
        git = opened(repo)
        before = git.objects.was_amended(repo.head)
        repo.git("commit", "--quiet", "--amend", "--message", "feat: begin again")

        assert (False, True) == (before, git.objects.was_amended(repo.head))

    def test_files_that_came_and_went_are_told(self, repo: Repository) -> None:
        old = repo.commit("feat: begin", **{"src/a.py": "a", "src/b.py": "b", "other.py": "o"})
        repo.git("rm", "--quiet", "src/a.py", "other.py")
        new = repo.commit("feat: go on", **{"src/b.py": "c", "src/ä.py": "d"})
        git = opened(repo)

        assert (("src/ä.py",), ("src/a.py",)) == git.objects.came_and_went(old, new, ("src",))
        assert ((), ()) == git.objects.came_and_went(old, old, ("src",))


class TestMapped:
    def test_are_those_that_the_mailmap_replaces(self, repo: Repository) -> None:
        repo.commit("feat: a", **{".mailmap": "Ada L <ada@new.org> <ada@old.org>\n"})
        people = [("ada", "ada@old.org"), ("Bo", "bo@x.org"), ("", "cy@x.org")]

        assert {("ada", "ada@old.org"): ("Ada L", "ada@new.org")} == opened(repo).objects.mapped(
            people
        )

    def test_of_nobody_are_none(self, repo: Repository) -> None:
        assert {} == opened(repo).objects.mapped([])
