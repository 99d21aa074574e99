"""A job whose checkout, or whose inputs, somebody else has written."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from tests.action.runner import Runner
from tests.cli.program import Program
from tests.fakes.projects import static_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.embedded.index import EmbeddedIndex
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.journey


SWITCHES = ("dry-run", "execute", "skip-publish", "require-scope")
NEITHER = ["TRUE", "True", "yes", "on", "1", "0", "true\n", " true", "no", "FALSE", "$(true)", "-x"]
TRAP = "import pathlib\npathlib.Path({mark!r}).touch()\n"


@pytest.fixture
def runner(repo: Repository, tmp_path: Path) -> Runner:
    """A job in a project, with the releasio that is tested."""
    static_project(repo)
    (tmp_path / "runner").mkdir()
    return Runner(
        repo.path,
        tmp_path / "runner",
        env={"GITHUB_PR_TITLE": "fix: greet politely"},
        done={"install": {"python": sys.executable}},
    )


class TestSwitches:
    @pytest.mark.parametrize("value", NEITHER)
    def test_one_that_is_neither_true_nor_false_stops_the_job(
        self, runner: Runner, value: str
    ) -> None:
        """
        `dry-run: TRUE` was meant to look only, and released.
        """
        result = runner.run({"command": "release", "dry-run": value})

        assert (2, "::error::dry-run is neither 'true' nor 'false'\n") == (result.code, result.log)

    @pytest.mark.parametrize("name", SWITCHES)
    @pytest.mark.parametrize("value", ["true", "false", ""])
    def test_these_three_are_all_that_counts(self, runner: Runner, name: str, value: str) -> None:
        result = runner.run({"command": "check-pr", name: value})

        assert "neither" not in result.log

    def test_all_that_are_wrong_are_named_at_once(self, runner: Runner) -> None:
        result = runner.run({"command": "release", **dict.fromkeys(SWITCHES, "yes")})

        assert [f"::error::{name} is neither 'true' nor 'false'" for name in SWITCHES] == (
            result.log.splitlines()
        )


@pytest.mark.skipif(sys.platform == "win32", reason="the programs are lines for sh")
class TestCodeOfTheCheckout:
    """
    Modules and programs at the top of a repository that are called as those of others.
    """

    MODULES = ("venv.py", "pip/__main__.py", "logging.py", "click.py", "releasio.py", "runpy.py")
    PROGRAMS = ("git", "mktemp", "python")

    @pytest.fixture
    def mark(self, runner: Runner, tmp_path: Path) -> Path:
        """What is there when any of them was run."""
        mark = tmp_path / "run"
        for name in self.MODULES:
            path = runner.workspace / name
            path.parent.mkdir(exist_ok=True)
            path.write_text(TRAP.format(mark=str(mark)), encoding="utf-8")
        for name in self.PROGRAMS:
            program = runner.workspace / name
            program.write_text(f'#!/bin/sh\ntouch "{mark}"\n', encoding="utf-8")
            program.chmod(0o755)
        runner.env |= {
            "PATH": f":.:{os.environ['PATH']}",
            "PYTHONPATH": ".",
        }
        return mark

    def test_is_not_run_by_the_installation(
        self, runner: Runner, mark: Path, tmp_path: Path
    ) -> None:
        python = tmp_path / "python"
        quick = f'#!/bin/sh\nexec "{sys.executable}" "$@" --without-pip\n'
        python.write_text(quick, encoding="utf-8")
        python.chmod(0o755)
        runner.done = {"python": {"python-path": str(python)}}

        result = runner.run({"command": "check-pr"})

        assert "No module named pip" in result.log
        assert not mark.exists()

    @pytest.mark.parametrize("command", ["check-pr", "check"])
    def test_is_not_run_by_the_release(
        self, runner: Runner, mark: Path, index: EmbeddedIndex, command: str
    ) -> None:
        runner.env["RELEASIO_PUBLISH_REGISTRY"] = index.upload_url

        result = runner.run({"command": command})

        assert {"check-pr": "valid: fix", "check": "demo 0.1.0"}[command] in result.log
        assert not mark.exists()


class TestDirectory:
    def test_a_relative_one_is_in_the_checkout(self, runner: Runner) -> None:
        (runner.workspace / "inner").mkdir()
        (runner.workspace / "inner/.releasio.toml").write_text("here = 1\n", encoding="utf-8")

        result = runner.run({"command": "check-pr", "working-directory": "inner"})

        assert (2, True) == (result.code, "here" in result.log)

    def test_an_absolute_one_is_itself(self, runner: Runner, tmp_path: Path) -> None:
        (tmp_path / "other").mkdir()

        result = runner.run(
            {"command": "check-pr", "working-directory": str(tmp_path / "other").replace("\\", "/")}
        )

        assert "valid: fix" in result.log


class TestModule:
    def test_without_isolation_no_module_of_the_present_directory_is_taken_either(
        self, tmp_path: Path
    ) -> None:
        for name in ("click.py", "logging.py"):
            text = TRAP.format(mark=str(tmp_path / "run"))
            (tmp_path / name).write_text(text, encoding="utf-8")

        run = Program(tmp_path)("check-pr", "--title", "fix: greet politely")

        assert (0, False) == (run.code, (tmp_path / "run").exists()), run.err

    def test_no_package_that_lies_there_is_a_source_of_credentials(
        self, runner: Runner, index: EmbeddedIndex, tmp_path: Path
    ) -> None:
        checkout = runner.workspace
        mark = tmp_path / "run"
        (checkout / "evil.py").write_text(TRAP.format(mark=str(mark)), encoding="utf-8")
        (checkout / "evil.egg-info").mkdir()
        (checkout / "evil.egg-info/PKG-INFO").write_text(
            "Metadata-Version: 2.1\nName: evil\nVersion: 1\n", encoding="utf-8"
        )
        (checkout / "evil.egg-info/entry_points.txt").write_text(
            "[releasio.credentials]\nevil = evil:ask\n", encoding="utf-8"
        )
        registry = {"RELEASIO_PUBLISH_REGISTRY": index.upload_url}

        run = Program(checkout, registry)("check", "--verbose")

        assert "demo 0.1.0" in run.out
        assert ("evil" in run.out + run.err, mark.exists()) == (False, False)
