"""Submodules come from where the user has them, as the commit names them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.checkout import SubmoduleMissing
from releasio.world import throwaway
from tests.fakes.repository import Repository
from tests.fakes.screen import Quiet
from tests.world.git_fixtures import opened

if TYPE_CHECKING:
    from pathlib import Path

ALLOW = ("-c", "protocol.file.allow=always")
INNER, INNERMOST = "vendor/a lib", "deep/er"


@pytest.fixture
def nested(repo: Repository, tmp_path: Path) -> Repository:
    """A repository with a submodule that has one, too."""
    deeper = Repository.create(tmp_path / "deeper")
    deeper.commit("feat: begin", **{"deep.txt": "deep\n"})
    library = Repository.create(tmp_path / "library")
    library.git(*ALLOW, "submodule", "--quiet", "add", deeper.path.as_uri(), INNERMOST)
    library.commit("feat: begin", **{"lib.txt": "one\n", ".gitattributes": "*.txt export-ignore\n"})
    repo.git(*ALLOW, "submodule", "--quiet", "add", library.path.as_uri(), INNER)
    repo.git(*ALLOW, "submodule", "--quiet", "update", "--init", "--recursive")
    repo.commit("feat: with a library", **{"a.txt": "a\n"})
    return repo


def filled(repo: Repository, commit: str, tree: Path) -> dict[str, str]:
    git = opened(repo)
    made = git.scratch.add(tree, commit)
    git.submodules.fill(commit, made.root)
    paths = (path for path in tree.rglob("*.txt") if path.is_file())
    return {p.relative_to(tree).as_posix(): p.read_text(encoding="utf-8") for p in paths}


class TestFill:
    def test_brings_every_file_also_of_those_inside(
        self, nested: Repository, tmp_path: Path
    ) -> None:
        assert {
            "a.txt": "a\n",
            f"{INNER}/lib.txt": "one\n",
            f"{INNER}/{INNERMOST}/deep.txt": "deep\n",
        } == filled(nested, nested.head, tmp_path / "tree")

    def test_takes_the_commit_that_is_named_and_touches_nothing(
        self, nested: Repository, tmp_path: Path
    ) -> None:
        made = nested.head
        library = Repository(nested.path / INNER)
        library.commit("feat: later", **{"lib.txt": "two\n"})
        library.write("lib.txt", "edited\n")
        before = library.git("status", "--porcelain"), nested.git("status", "--porcelain")
        found = filled(nested, made, tmp_path / "tree")

        assert "one\n" == found[f"{INNER}/lib.txt"]
        assert before == (library.git("status", "--porcelain"), nested.git("status", "--porcelain"))

    @pytest.mark.parametrize("path", [INNER, f"{INNER}/{INNERMOST}"])
    def test_one_that_is_not_there_is_named(
        self, nested: Repository, tmp_path: Path, path: str
    ) -> None:
        around = Repository((nested.path / path).parent)
        around.git("submodule", "--quiet", "deinit", "--force", path.rpartition("/")[2])

        with pytest.raises(SubmoduleMissing) as caught:
            filled(nested, nested.head, tmp_path / "tree")

        shown = INNERMOST if INNERMOST in path else INNER
        assert str(caught.value).startswith(f"submodule {shown} is not here at ")
        assert "git submodule update --init --recursive; in GitHub Actions" in caught.value.hint

    def test_usually_there_are_none(self, repo: Repository, tmp_path: Path) -> None:
        made = repo.commit("feat: one", **{"a.txt": "160000 commit\n"})

        assert {"a.txt": "160000 commit\n"} == filled(repo, made, tmp_path / "tree")


def test_a_throwaway_clone_has_them_too(nested: Repository, tmp_path: Path) -> None:
    made = throwaway.clone(opened(nested), tmp_path / "clone", os.environ, "rehearsal", Quiet())
    clone = Repository(tmp_path / "clone")

    made.submodules.require(nested.head)
    assert () == made.work_tree.start_status().changed()
    assert f"{INNER}/lib.txt" in filled(clone, nested.head, tmp_path / "tree")
