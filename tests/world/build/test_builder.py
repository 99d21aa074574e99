"""Builds, for real: isolated, without network, with a backend that lives in the project."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import NO_ANSWER
from releasio.errors.files.build import (
    BuildFailed,
    BuildRequirementsUnreachable,
    HookFailed,
    NothingBuilt,
)
from releasio.world.build.builder import build, build_with_hook
from tests.fakes.projects import static_project
from tests.fakes.screen import Quiet
from tests.fakes.slow_requirement import running

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.repository import Repository

EPOCH = 1_700_000_000
SDIST, WHEEL = "demo-0.1.0.tar.gz", "demo-0.1.0-py3-none-any.whl"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="speaks to a POSIX shell")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


@pytest.fixture
def offline() -> dict[str, str]:
    """The environment of someone whose pip knows no index."""
    kept = {name: v for name, v in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    return {**kept, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failure(source: Path, out: Path, env: Mapping[str, str]) -> BuildFailed:
    with pytest.raises(BuildFailed) as caught:
        build(source, out, epoch=EPOCH, env=env, screen=Quiet())
    return caught.value


class TestBuild:
    def test_makes_the_sdist_and_the_wheel_from_it(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)
        screen = Quiet()

        made = build(repo.path, out, epoch=EPOCH, env=offline, screen=screen)

        assert [WHEEL, SDIST] == names(out)
        assert [out / WHEEL, out / SDIST] == list(made)
        assert "* Building wheel from sdist" in screen.lines
        assert "" == repo.git("status", "--porcelain", "--ignored=no")

    def test_lets_look_at_the_sdist_and_is_not_stopped_by_what_is_seen(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)
        sdists: list[str] = []

        def look(sdist: Path) -> None:
            sdists.append(sdist.name)
            raise ValueError

        build(repo.path, out, epoch=EPOCH, env=offline, screen=Quiet(), look=look)

        assert ([SDIST], [WHEEL, SDIST]) == (sdists, names(out))

    def test_shows_the_backend_a_fixed_clock_and_no_secrets(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)
        spy = (
            "\nfor name in ('SOURCE_DATE_EPOCH', 'PYTHONHASHSEED', 'PYPI_TOKEN', 'GITHUB_TOKEN'):\n"
            "    print(name, os.environ.get(name), flush=True)\n"
        )
        repo.write("inline/inline_backend.py", repo.read("inline/inline_backend.py") + spy)
        screen = Quiet()

        env = {**offline, "PYPI_TOKEN": "s3cret", "GITHUB_TOKEN": "s3cret"}
        build(repo.path, out, epoch=EPOCH, env=env, screen=screen)

        shown = {
            line for line in screen.lines if line.startswith(("SOURCE", "PYTHON", "PY", "GIT"))
        }
        assert {
            "SOURCE_DATE_EPOCH 1700000000",
            "PYTHONHASHSEED 0",
            "PYPI_TOKEN None",
            "GITHUB_TOKEN None",
        } == shown

    def test_is_not_confused_by_a_project_that_has_a_build_module(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)
        repo.write("build/__init__.py", "raise SystemExit('not this one')\n")
        repo.write("build/__main__.py", "raise SystemExit('not this one')\n")

        build(repo.path, out, epoch=EPOCH, env=offline, screen=Quiet())

        assert [WHEEL, SDIST] == names(out)

    def test_takes_no_stale_files_along(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)
        repo.write("dist/demo-0.0.9.tar.gz", "from last month")

        build(repo.path, out, epoch=EPOCH, env=offline, screen=Quiet())

        assert [WHEEL, SDIST] == names(out)

    @POSIX
    def test_an_interrupt_leaves_neither_processes_nor_files(
        self, repo: Repository, out: Path, tmp_path: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)
        slow = "\nimport time\nprint('pid', os.getpid(), flush=True)\ntime.sleep(60)\n"
        repo.write("inline/inline_backend.py", repo.read("inline/inline_backend.py") + slow)
        temporary = tmp_path / "temporary"
        temporary.mkdir()
        script = (
            "import os, sys, pathlib\n"
            "from releasio.world.build.builder import build\n"
            "class Loud:\n"
            "    def line(self, text):\n"
            "        print(text, flush=True)\n"
            "source, out = map(pathlib.Path, sys.argv[1:])\n"
            "build(source, out, epoch=0, env=os.environ, screen=Loud())\n"
        )
        with subprocess.Popen(
            [sys.executable, "-c", script, str(repo.path), str(out)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
            env={**offline, "TMPDIR": str(temporary)},
        ) as parent:
            assert parent.stdout
            backend = next(int(li.split()[1]) for li in parent.stdout if li.startswith("pid"))
            parent.send_signal(signal.SIGINT)
            parent.communicate()

        assert [] == names(temporary)
        assert [] == names(out)
        assert not running(backend)


class TestABuildThatFails:
    def test_shows_the_last_lines(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo, inline={"fail": "no compiler today"})

        error = failure(repo.path, out, offline)

        assert error.message.startswith("the build ended with status 1\n    ")
        assert "    RuntimeError: no compiler today\n" in error.message
        assert "To see it without releasio, run `python -m build` in a fresh clone." == error.hint
        assert [] == names(out)

    def test_for_want_of_a_project_asks_where_it_is(
        self, tmp_path: Path, out: Path, offline: dict[str, str]
    ) -> None:
        error = failure(tmp_path, out, offline)

        assert (
            "There is no pyproject.toml or setup.py where the build ran. Is it committed, and is "
            "releasio pointed at the project's directory? A setup.cfg alone is not enough: "
            "`releasio init` writes the pyproject.toml that goes with it."
        ) == error.hint

    def test_for_want_of_a_backend_names_it(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)
        repo.write(
            "pyproject.toml", repo.read("pyproject.toml").replace('"inline_backend"', '"elsewhere"')
        )

        error = failure(repo.path, out, offline)

        assert (
            "[build-system] build-backend names elsewhere, but nothing in requires (or "
            "backend-path) provides it."
        ) == error.hint

    def test_for_a_requirement_nobody_has_names_it(
        self, repo: Repository, out: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo, backend="hatchling")

        error = failure(repo.path, out, offline)

        assert (
            "The index has no hatchling: correct [build-system] requires in pyproject.toml, or "
            "point pip or uv at the index that has it."
        ) == error.hint

    def test_because_the_index_does_not_answer_says_so(
        self, repo: Repository, out: Path, offline: dict[str, str], closed_port: int
    ) -> None:
        static_project(repo, backend="hatchling")
        index = f"http://127.0.0.1:{closed_port}/simple/"
        env = {**offline, "PIP_NO_INDEX": "0", "PIP_INDEX_URL": index, "PIP_RETRIES": "1"}

        with pytest.raises(BuildRequirementsUnreachable) as caught:
            build(repo.path, out, epoch=EPOCH, env=env, screen=Quiet())

        assert NO_ANSWER == caught.value.exit_code
        assert caught.value.message.startswith("the build requirements could not be fetched\n    ")
        assert (
            "Check the network, proxy and index settings of pip (PIP_INDEX_URL, pip.conf) or uv "
            "(UV_DEFAULT_INDEX), then run again."
        ) == caught.value.hint


@pytest.fixture
def closed_port() -> int:
    """A port nobody listens on: the kernel gave it, and it was given back."""
    import socket  # noqa: PLC0415 -- the only use

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


# hatchling itself, from the environment of the tests instead of from an index
BORROWED = """
import os, sys
sys.path.append(os.environ["BORROWED_FROM"])
from hatchling.build import *
"""


class TestTwoBuildsOfOneCommit:
    def test_are_the_same_with_the_inline_backend(
        self, repo: Repository, tmp_path: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo)

        assert built_in(repo, tmp_path / "here", offline) == built_in(
            repo, tmp_path / "some where else", offline
        )

    def test_are_the_same_with_hatchling(
        self, repo: Repository, tmp_path: Path, offline: dict[str, str]
    ) -> None:
        static_project(repo, backend="hatchling", message=None)
        text = repo.read("pyproject.toml")
        text = text.replace('requires = ["hatchling"]', 'requires = []\nbackend-path = ["inline"]')
        repo.write("pyproject.toml", text.replace('"hatchling.build"', '"borrowed"'))
        repo.write("inline/borrowed.py", BORROWED)
        repo.commit("feat: begin")
        hatchling = importlib.util.find_spec("hatchling")
        assert hatchling
        assert hatchling.origin
        env = {**offline, "BORROWED_FROM": str(Path(hatchling.origin).parents[1])}

        here = built_in(repo, tmp_path / "here", env)

        assert {WHEEL, SDIST} == set(here)
        assert here == built_in(repo, tmp_path / "some where else", env)


def built_in(repo: Repository, place: Path, env: Mapping[str, str]) -> dict[str, str]:
    """Build a fresh clone at *place*; return name to sha256."""
    clone = repo.clone(place / "clone")
    out = place / "out"
    out.mkdir()
    files = build(clone.path, out, epoch=EPOCH, env=env, screen=Quiet())
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


class TestBuildWithHook:
    def hook(self, command: str, source: Path, out: Path) -> tuple[Path, ...]:
        variables = {"version": "0.1.0"}
        return build_with_hook(
            command, variables, source, out, epoch=EPOCH, env=os.environ, screen=Quiet()
        )

    @POSIX
    def test_collects_what_the_command_made(self, repo: Repository, out: Path) -> None:
        command = (
            "mkdir -p {project_path}/dist && echo $SOURCE_DATE_EPOCH > dist/demo-{version}.tar.gz"
        )

        made = self.hook(command, repo.path, out)

        assert (out / SDIST,) == made
        assert "1700000000\n" == (out / SDIST).read_text("utf-8")

    @POSIX
    def test_looks_into_the_repositorys_dist_too(self, repo: Repository, out: Path) -> None:
        """Workspace tools such as uv build into the root."""
        repo.write("core/pyproject.toml", "")

        self.hook("mkdir ../dist && touch ../dist/demo-{version}.tar.gz", repo.path / "core", out)

        assert [SDIST] == names(out)

    @POSIX
    def test_leaves_what_was_there_before(self, repo: Repository, out: Path) -> None:
        repo.write("dist/demo-0.0.9.tar.gz", "from last month")
        repo.write("dist/demo-0.1.0.tar.gz", "written again")

        self.hook("echo new > dist/demo-0.1.0.tar.gz", repo.path, out)

        assert [SDIST] == names(out)

    def test_without_files_says_where_it_looked(self, repo: Repository, out: Path) -> None:
        with pytest.raises(NothingBuilt) as caught:
            self.hook("echo done", repo.path, out)

        assert (
            f"hook build ran (echo done) but left no new .tar.gz or .whl in {repo.path / 'dist'}"
        ) == caught.value.message
        assert "Let hooks.build write its files into {project_path}/dist." == caught.value.hint

    def test_stops_at_a_failure(self, repo: Repository, out: Path) -> None:
        with pytest.raises(HookFailed, match="hook build exited with status 3: exit 3"):
            self.hook("exit 3", repo.path, out)
