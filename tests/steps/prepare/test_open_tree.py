from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.step import Todo

if TYPE_CHECKING:
    from tests.steps.scene import Scene


class TestOpenTree:
    def test_says_which_commit(self, scene: Scene) -> None:
        assert f"check out {scene.base[:8]} in a work tree of its own" == str(OpenTree(scene.base))

    def test_twice_is_once(self, scene: Scene) -> None:
        step = OpenTree(scene.base)
        step.apply(scene.world, scene.run)
        first = scene.run.open_tree.root
        step.apply(scene.world, scene.run)

        assert Todo() == step.probe(scene.world)
        assert (False, True) == (first.exists(), scene.run.open_tree.root.exists())

    def test_has_the_files_of_the_commit_in_another_place(self, scene: Scene) -> None:
        OpenTree(scene.base).apply(scene.world, scene.run)
        tree = scene.run.tree

        assert tree is not None
        assert "version 0.9.0\n" == (tree.root / "VERSION").read_text(encoding="utf-8")
        assert not tree.root.is_relative_to(scene.repo.path)

    def test_touches_nothing_of_the_user_s(self, scene: Scene) -> None:
        scene.repo.write("VERSION", "edited, not committed\n")
        before = scene.visible()
        OpenTree(scene.base).apply(scene.world, scene.run)
        scene.run.close_tree()

        assert before == scene.visible()

    def test_clears_up_after_runs_that_were_killed(self, scene: Scene) -> None:
        killed = scene.world.git.scratch.open(scene.base)
        scene.repo.git("update-ref", "refs/releasio/v0.9.1/commit", scene.base)

        OpenTree(scene.base).apply(scene.world, scene.run)

        assert not killed.root.parent.exists()
        assert "" == scene.private()
        assert 2 == len(scene.repo.git("worktree", "list").splitlines())

    def test_clears_up_after_a_tree_whose_folder_is_gone(self, scene: Scene) -> None:
        killed = scene.world.git.scratch.open(scene.base)
        shutil.rmtree(killed.root.parent)

        OpenTree(scene.base).apply(scene.world, scene.run)

        assert 2 == len(scene.repo.git("worktree", "list").splitlines())

    @pytest.mark.parametrize("name", ["own", "releasio-feature", "releasio-tree"])
    def test_leaves_the_user_s_own_work_trees_alone(self, scene: Scene, name: str) -> None:
        own = scene.repo.path.with_name(name)
        scene.repo.git("worktree", "add", "--quiet", "--detach", str(own))

        OpenTree(scene.base).apply(scene.world, scene.run)

        assert own.is_dir()
        assert str(own) in scene.repo.git("worktree", "list")
