from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.files.build import HookFailed, WorkTreeGone
from releasio.release.engine import carry_out
from releasio.release.journal import Journal
from releasio.release.plans.plan import Plan
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.prepare.run_hook import RunHook
from releasio.steps.step import Todo
from releasio.world.run import Run
from tests.journeys.in_process import Watch
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.steps.scene import Scene

PYTHON = f'"{sys.executable}"'


def shell_hook(scene: Scene, script: str, folder: str = "") -> RunHook:
    """Return a hook that runs *script*, kept beside the repository, with Python."""
    path = scene.repo.path.with_name("hook.py")
    path.write_text(script, encoding="utf-8")
    return RunHook("post_bump", f'{PYTHON} "{path}" {{version}}', {"version": "1.0.0"}, folder)


class TestRunHook:
    def test_what_it_does_to_gits_settings_counts_for_what_comes_after_it(
        self, scene: Scene, tmp_path: Path
    ) -> None:
        script = "import subprocess\nsubprocess.run(['git', 'config', 'user.name', 'Bot'])\n"
        before = scene.world.git.setting("user.name")
        plan = Plan("prepare", ("v1.0.0",), (shell_hook(scene, script),))
        carry_out(plan, scene.run, Journal(tmp_path / "journal", scene.world.clock), Watch())

        assert ("Ada Tester", "Bot") == (before, scene.world.git.setting("user.name"))

    def test_says_setting_and_command_as_written(self) -> None:
        step = RunHook("pre_bump", "echo {version}", {"version": "1.0.0"}, "")

        assert "run hook pre_bump: echo {version}" == str(step)

    def test_is_always_to_do(self, scene: Scene) -> None:
        step = shell_hook(scene, "")
        step.apply(scene.world, scene.run)

        assert Todo() == step.probe(scene.world)

    def test_runs_in_the_project_while_there_is_no_tree(self, scene: Scene) -> None:
        shell_hook(
            scene, "import os, sys; print(sys.argv[1], os.environ['RELEASIO_PROJECT_PATH'])"
        ).apply(scene.world, scene.run)

        assert [f"1.0.0 {scene.repo.path}"] == scene.screen.lines

    def test_runs_in_the_scratch_tree_s_project_while_there_is_one(self, scene: Scene) -> None:
        scene.repo.commit("feat: a package", **{"packages/core/a.txt": "a\n"})
        OpenTree(scene.repo.head).apply(scene.world, scene.run)
        shell_hook(scene, "open('made.txt', 'w').close()", "packages/core").apply(
            scene.world, scene.run
        )

        assert scene.run.tree is not None
        assert (scene.run.tree.root / "packages/core/made.txt").exists()
        assert "" == scene.repo.git("status", "--porcelain")

    def test_failure_tells_command_status_and_last_words(self, scene: Scene) -> None:
        step = shell_hook(scene, "print('lint found 3 mistakes'); raise SystemExit(3)")

        with pytest.raises(HookFailed) as caught:
            step.apply(scene.world, scene.run)

        assert "post_bump" in str(caught.value)
        assert "3" in str(caught.value)
        assert "lint found 3 mistakes" in f"{caught.value}{caught.value.hint}"

    @pytest.mark.parametrize(
        "script",
        [
            "import os; os.remove('.git')",
            "import os, shutil; os.chdir('..'); shutil.rmtree('releasio-tree')",
            "import os; os.remove('.git'); os.mkdir('.git')",
        ],
    )
    @pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps a directory that is in use")
    def test_that_takes_the_tree_away_is_named(self, scene: Scene, script: str) -> None:
        OpenTree(scene.base).apply(scene.world, scene.run)
        step = shell_hook(scene, script)
        before = scene.visible()

        with pytest.raises(WorkTreeGone) as caught:
            step.apply(scene.world, scene.run)

        assert (
            f"after hook post_bump its work tree is none of this repository: {step.command}"
            == str(caught.value)
        )
        assert (
            "Nothing was changed. Let the hook leave .git as it is: what it writes beside it "
            "becomes part of the release commit." == caught.value.hint
        )
        assert before == scene.visible()

    def test_gets_no_secret(self, scene: Scene) -> None:
        step = shell_hook(scene, "import os; print('RELEASIO_TOKEN' in os.environ)")
        world, screen = world_of(scene.repo.path, RELEASIO_TOKEN="pypi-secret")
        step.apply(world, Run(world))

        assert ["False"] == screen.lines
