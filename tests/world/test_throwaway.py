"""Repositories for one rehearsal: like the user's, and without a way back to it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from releasio.world import throwaway
from tests.fakes.repository import Repository
from tests.fakes.screen import Quiet
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path


class TestClone:
    def test_has_what_is_committed_and_all_tags(self, repo: Repository, tmp_path: Path) -> None:
        repo.commit("feat: begin", **{"file.txt": "committed\n"})
        repo.tag("v1.0.0")
        head = repo.commit("fix: more")
        repo.write("file.txt", "edited\n")
        made = throwaway.clone(opened(repo), tmp_path / "clone", os.environ, "rehearsal", Quiet())

        assert (head, "main") == (made.work_tree.head(), made.work_tree.branch())
        assert ["v1.0.0"] == [tag.name for tag in made.refs.tags()]
        assert "committed\n" == (tmp_path / "clone" / "file.txt").read_text(encoding="utf-8")

    def test_of_a_detached_head_is_on_a_branch(self, repo: Repository, tmp_path: Path) -> None:
        first = repo.commit("feat: begin")
        repo.commit("fix: more")
        repo.git("checkout", "--quiet", first)
        made = throwaway.clone(opened(repo), tmp_path / "clone", os.environ, "rehearsal", Quiet())

        assert (first, "rehearsal") == (made.work_tree.head(), made.work_tree.branch())

    def test_settings_and_hooks_stay_behind(self, repo: Repository, tmp_path: Path) -> None:
        repo.commit("feat: begin")
        repo.git("config", "commit.gpgSign", "true")
        made = throwaway.clone(opened(repo), tmp_path / "clone", os.environ, "rehearsal", Quiet())

        assert "" == made.process.ask("config", "--local", "commit.gpgSign").text


class TestBareRemote:
    def test_is_the_only_one_and_has_branch_and_tags(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: begin")
        repo.tag("v1.0.0")
        made = throwaway.clone(opened(repo), tmp_path / "clone", os.environ, "rehearsal", Quiet())
        throwaway.add_bare_remote(made, tmp_path / "remote.git", Quiet())
        remote = Repository(tmp_path / "remote.git")

        assert "origin" == made.process.run("remote").text
        assert {"refs/heads/main", "refs/tags/v1.0.0"} == set(
            remote.git("for-each-ref", "--format=%(refname)").split()
        )

    def test_nothing_of_it_reaches_the_user_s_repository(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.commit("feat: begin")
        before = repo.git("for-each-ref"), repo.git("config", "--local", "--list")
        made = throwaway.clone(opened(repo), tmp_path / "clone", os.environ, "rehearsal", Quiet())
        throwaway.add_bare_remote(made, tmp_path / "remote.git", Quiet())
        made.process.run("push", "--quiet", "origin", "HEAD:refs/heads/other", "HEAD:refs/tags/x")

        assert before == (repo.git("for-each-ref"), repo.git("config", "--local", "--list"))

    def test_of_a_repository_of_sha256_is_one_too(self, tmp_path: Path) -> None:
        repo = Repository(tmp_path / "repo")
        repo.path.mkdir()
        repo.git("init", "--quiet", "--object-format=sha256")
        repo.commit("feat: begin")
        made = throwaway.clone(opened(repo), tmp_path / "clone", os.environ, "rehearsal", Quiet())
        throwaway.add_bare_remote(made, tmp_path / "remote.git", Quiet())
        remote = Repository(tmp_path / "remote.git")

        assert repo.head == made.work_tree.head() == remote.git("rev-parse", "main")

    def test_of_a_shallow_clone_takes_what_there_is(self, repo: Repository, tmp_path: Path) -> None:
        for number in range(3):
            repo.commit(f"fix: {number}")
        shallow = repo.clone(tmp_path / "shallow", "--depth=2")
        made = throwaway.clone(
            opened(shallow), tmp_path / "clone", os.environ, "rehearsal", Quiet()
        )
        throwaway.add_bare_remote(made, tmp_path / "remote.git", Quiet())
        remote = Repository(tmp_path / "remote.git")

        assert repo.head == remote.git("rev-parse", "main")
        assert "2" == remote.git("rev-list", "--count", "main")


def files_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if ".git" not in path.parts and path.is_file()
    }


class TestOfWorkTree:
    def test_has_one_commit_of_what_is_not_ignored(self, tmp_path: Path) -> None:
        root = tmp_path / "work"
        names = ("a.txt", "sub/b.txt", "dist/c.whl", ".gitignore")
        for name in names:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text("dist/\n", encoding="utf-8")
        git = throwaway.of_work_tree(root, tmp_path / "clone", os.environ, "trunk")

        clone = Repository(tmp_path / "clone")
        assert "trunk" == git.work_tree.branch()
        assert "feat: begin" == clone.git("log", "--format=%s")
        assert {"a.txt", "sub/b.txt", ".gitignore"} == files_below(clone.path)
        assert "" == clone.git("status", "--porcelain")
        assert set(names) == files_below(root)
        assert not (root / ".git").exists()

    def test_leaves_a_repository_without_a_commit_as_it_is(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        repo.write("a.txt", "a\n")
        before = {path: path.stat().st_mtime_ns for path in (repo.path / ".git").rglob("*")}
        throwaway.of_work_tree(repo.path, tmp_path / "clone", os.environ, "main")

        assert {"a.txt"} == files_below(tmp_path / "clone")
        after = {path: path.stat().st_mtime_ns for path in (repo.path / ".git").rglob("*")}
        assert before == after
