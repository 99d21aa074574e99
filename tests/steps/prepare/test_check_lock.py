"""Lock files are proved with the tool they belong to: the real one, or one that plays a part."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.project.lock import LockOutOfDate
from releasio.frozen import replace
from releasio.steps.prepare.check_lock import CheckLock
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.step import Omitted, Todo
from releasio.world.build.pip_and_uv import find_uv

if TYPE_CHECKING:
    from pathlib import Path

    from tests.steps.scene import Scene

PROJECT = '[project]\nname = "demo"\nversion = "1.2.0"\nrequires-python = ">=3.11"\n'
# of uv 0.13
LOCK = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "demo"
version = "1.2.0"
source = { virtual = "." }
"""
CRATE = '[package]\nname = "demo"\nversion = "1.2.0"\nedition = "2021"\n'
CARGO_LOCK = 'version = 3\n\n[[package]]\nname = "demo"\nversion = "1.2.0"\n'


def released(scene: Scene, *paths: str, **files: str) -> CheckLock:
    """
    Commit *files*, and write 1.3.0 into those at *paths* as a release does; return the question.
    """
    scene.repo.commit("feat: more", **files)
    base = scene.repo.head
    OpenTree(base).apply(scene.world, scene.run)
    for path in paths:
        before = files[path].encode()
        edit = Edit(path, before, before.replace(b"1.2.0", b"1.3.0"), "the version")
        edit.apply(scene.world, scene.run)
    lock = next(path for path in files if path.endswith(".lock"))
    return CheckLock(lock, base)


def play(scene: Scene, folder: Path, tool: str, script: str) -> None:
    """Put a program *tool* on `PATH`, in front of all others, that runs *script* in Python."""
    folder.mkdir(exist_ok=True)
    program = folder / tool
    program.write_text(f"#!{sys.executable}\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    scene.world = replace(scene.world, env={**os.environ, "PATH": str(folder)})


class TestUv:
    def test_accepts_a_lock_that_was_edited_along(self, scene: Scene) -> None:
        files = {"pyproject.toml": PROJECT, "uv.lock": LOCK}
        step = released(scene, "pyproject.toml", "uv.lock", **files)

        assert Todo() == step.probe(scene.world)
        assert step.apply(scene.world, scene.run) is None

    def test_leaves_nothing_in_the_tree(self, scene: Scene) -> None:
        files = {"pyproject.toml": PROJECT, "uv.lock": LOCK}
        step = released(scene, "pyproject.toml", "uv.lock", **files)
        step.apply(scene.world, scene.run)

        status = scene.run.open_tree.process.run("status", "--porcelain", "--ignored").text
        assert ["M pyproject.toml", "M uv.lock"] == [line.strip() for line in status.splitlines()]

    def test_refuses_one_that_the_release_makes_out_of_date(self, scene: Scene) -> None:
        step = released(scene, "pyproject.toml", **{"pyproject.toml": PROJECT, "uv.lock": LOCK})

        with pytest.raises(LockOutOfDate) as caught:
            step.apply(scene.world, scene.run)
        assert str(caught.value).startswith(
            "uv.lock would be out of date with this release, by "
            "`uv lock --check --offline --no-build`:\n"
        )
        assert "needs to be updated" in str(caught.value)
        assert (
            'Nothing was changed. Let the release write the lock: hooks.post_bump = ["uv lock"]. '
            "Or do not ask: version.check_lock_file = false."
        ) == caught.value.hint
        assert 1 == len(scene.world.git.scratch.trees())  # the second one is gone

    def test_says_that_one_was_out_of_date_before(self, scene: Scene) -> None:
        files = {"pyproject.toml": PROJECT, "uv.lock": LOCK.replace("1.2.0", "1.1.0")}
        step = released(scene, "pyproject.toml", **files)

        reason = "uv.lock was out of date before this release; `uv lock` writes it anew"
        assert Omitted(reason) == step.apply(scene.world, scene.run)

    def test_that_cannot_tell_stops_nothing(self, scene: Scene) -> None:
        """
        A requirement that is in no cache is not known without a network.
        """
        project = f'{PROJECT}dependencies = ["releasio-nobody-has-this"]\n'
        step = released(scene, "pyproject.toml", **{"pyproject.toml": project, "uv.lock": LOCK})
        omission = step.apply(scene.world, scene.run)

        assert omission is not None
        assert "uv could not tell: error: " in omission.detail

    def test_is_found(self) -> None:
        assert find_uv(os.environ)


class TestCargo:
    def test_that_is_not_there_is_said(self, scene: Scene, tmp_path: Path) -> None:
        files = {"Cargo.toml": CRATE, "Cargo.lock": CARGO_LOCK}
        step = released(scene, "Cargo.toml", **files)
        scene.world = replace(scene.world, env={"PATH": str(tmp_path)})

        assert Omitted("cargo is not there to be asked") == step.probe(scene.world)
        assert Omitted("cargo is not there to be asked") == step.apply(scene.world, scene.run)


@pytest.mark.skipif(os.name == "nt", reason="a script is no program there")
class TestPlayed:
    @pytest.fixture
    def step(self, scene: Scene) -> CheckLock:
        files = {"Cargo.toml": CRATE, "Cargo.lock": CARGO_LOCK}
        return released(scene, "Cargo.toml", "Cargo.lock", **files)

    def test_it_is_asked_beside_the_lock_without_logins(
        self, scene: Scene, step: CheckLock, tmp_path: Path
    ) -> None:
        record = tmp_path / "record"
        play(
            scene,
            tmp_path / "bin",
            "cargo",
            f"import os, sys\nopen({str(record)!r}, 'w').write("
            "'\\n'.join([os.getcwd(), *sys.argv[1:], *os.environ]))",
        )
        logins = {"CARGO_REGISTRY_TOKEN": "x", "UV_INDEX_OURS_PASSWORD": "x", "GITHUB_TOKEN": "x"}
        scene.world = replace(scene.world, env={**scene.world.env, **logins})
        step.apply(scene.world, scene.run)
        lines = record.read_text(encoding="utf-8").splitlines()

        assert [
            str(scene.run.open_tree.root),
            *("metadata", "--locked", "--offline", "--format-version=1", "--quiet"),
        ] == lines[:6]
        assert set() == logins.keys() & {*lines}

    @pytest.mark.parametrize(
        "words",
        ["cannot update the lock file because", "the lock file needs to be updated but"],
    )
    def test_what_old_and_new_ones_say_is_understood(
        self, scene: Scene, step: CheckLock, tmp_path: Path, words: str
    ) -> None:
        script = (
            "import sys\nif '1.3.0' in open('Cargo.toml').read():\n"
            f"    print('error: {words} --locked was passed to prevent this', file=sys.stderr)\n"
            "    sys.exit(101)"
        )
        play(scene, tmp_path / "bin", "cargo", script)

        with pytest.raises(LockOutOfDate, match="prevent this"):
            step.apply(scene.world, scene.run)

    def test_one_that_breaks_down_stops_nothing(
        self, scene: Scene, step: CheckLock, tmp_path: Path
    ) -> None:
        script = "import sys\nprint('error: failed to download x', file=sys.stderr)\nsys.exit(101)"
        play(scene, tmp_path / "bin", "cargo", script)

        assert Omitted("cargo could not tell: error: failed to download x") == step.apply(
            scene.world, scene.run
        )
