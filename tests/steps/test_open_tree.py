from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.step import Done, Todo

if TYPE_CHECKING:
    from tests.steps.scene import Scene


class TestOpenTree:
    def test_says_which_commit(self, scene: Scene) -> None:
        assert f"check out {scene.base[:8]} in a work tree of its own" == str(OpenTree(scene.base))

    def test_is_done_while_its_tree_is_open(self, scene: Scene) -> None:
        step = OpenTree(scene.base)
        before = step.probe(scene.world)
        step.apply(scene.world)
        while_open = step.probe(scene.world)
        scene.world.close_tree()

        assert (Todo(), Done(), Todo()) == (before, while_open, step.probe(scene.world))

    def test_has_the_files_of_the_commit_in_another_place(self, scene: Scene) -> None:
        OpenTree(scene.base).apply(scene.world)
        tree = scene.world.tree

        assert tree is not None
        assert "version 0.9.0\n" == (tree.root / "VERSION").read_text(encoding="utf-8")
        assert not tree.root.is_relative_to(scene.repo.path)

    def test_touches_nothing_of_the_user_s(self, scene: Scene) -> None:
        scene.repo.write("VERSION", "edited, not committed\n")
        before = scene.visible()
        OpenTree(scene.base).apply(scene.world)
        scene.world.close_tree()

        assert before == scene.visible()

    def test_clears_up_after_runs_that_were_killed(self, scene: Scene) -> None:
        killed = scene.world.git.open_scratch(scene.base)
        scene.repo.git("update-ref", "refs/releasio/v0.9.1/commit", scene.base)

        OpenTree(scene.base).apply(scene.world)

        assert not killed.root.parent.exists()
        assert "" == scene.private()
        assert 2 == len(scene.repo.git("worktree", "list").splitlines())

    def test_clears_up_after_a_tree_whose_folder_is_gone(self, scene: Scene) -> None:
        killed = scene.world.git.open_scratch(scene.base)
        shutil.rmtree(killed.root.parent)

        OpenTree(scene.base).apply(scene.world)

        assert 2 == len(scene.repo.git("worktree", "list").splitlines())

    @pytest.mark.parametrize("name", ["own", "releasio-feature", "releasio-tree"])
    def test_leaves_the_user_s_own_work_trees_alone(self, scene: Scene, name: str) -> None:
        own = scene.repo.path.with_name(name)
        scene.repo.git("worktree", "add", "--quiet", "--detach", str(own))

        OpenTree(scene.base).apply(scene.world)

        assert own.is_dir()
        assert str(own) in scene.repo.git("worktree", "list")
