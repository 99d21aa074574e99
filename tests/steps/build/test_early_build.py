"""A build that is begun before it is known whether it can be: what is left when it ends early."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fakes.projects import require, static_project
from tests.fakes.slow_requirement import builder_of, from_folder, running, slow_requirement
from tests.fakes.wheels import wheel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.fakes.repository import Repository

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="speaks to processes by signals")
BUILD = [sys.executable, "-m", "releasio", "build", "--execute"]
HEADING = "## [0.0.9] - 2026-01-01\n\n### Added\n\n- Something.\n"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The folder for what is temporary."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@pytest.fixture
def links(tmp_path: Path) -> Path:
    """The folder of all packages there are."""
    folder = tmp_path / "links"
    folder.mkdir()
    return folder


@pytest.fixture
def env(links: Path, place: Path) -> Mapping[str, str]:
    return {**from_folder(links), "TMPDIR": str(place)}


def project(repo: Repository, requirement: str, **files: str) -> None:
    static_project(repo, message=None)
    require(repo, f'["{requirement}"]')
    repo.commit("feat: begin", **files)


def begin(repo: Repository, env: Mapping[str, str]) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(BUILD, cwd=repo.path, env=env, stdout=pipe, stderr=pipe, text=True)


def run(repo: Repository, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        BUILD, cwd=repo.path, env=env, capture_output=True, text=True, check=False
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def left(repo: Repository, place: Path) -> tuple[list[str], int]:
    """Return what lies in the folder for temporary things, and how many work trees there are."""
    return names(place), len(repo.git("worktree", "list").splitlines())


def hold_status(repo: Repository, until: Path) -> None:
    """Let `git status` wait for the file *until*: a filter has to look whether a file differs."""
    look = f"until test -e '{until}'; do sleep 0.01; done; cat"
    repo.git("config", "filter.held.clean", look)
    os.utime(repo.path / "held.txt", (1, 1))


def test_that_is_refused_leaves_nothing(
    repo: Repository, env: Mapping[str, str], links: Path, place: Path
) -> None:
    marker = slow_requirement(links)
    attributes = {".gitattributes": "held.txt filter=held\n", "held.txt": "held\n"}
    project(repo, "slow", **{"CHANGELOG.md": f"# Changelog\n\n{HEADING}"}, **attributes)
    hold_status(repo, until=marker)

    done = run(repo, env)

    assert 4 == done.returncode, done.stderr
    assert "(releasio explain changelog-behind)" in done.stderr
    assert "Creating isolated environment" not in done.stdout
    assert not running(builder_of(marker))
    assert ([], 1) == left(repo, place)


def test_that_is_interrupted_leaves_nothing(
    repo: Repository, env: Mapping[str, str], links: Path, place: Path, tmp_path: Path
) -> None:
    marker = slow_requirement(links)
    project(repo, "slow", **{".gitattributes": "held.txt filter=held\n", "held.txt": "held\n"})
    hold_status(repo, until=tmp_path / "the end")

    with begin(repo, env) as process:
        builder = builder_of(marker)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate()
    (tmp_path / "the end").touch()

    assert 128 + signal.SIGINT == process.returncode
    assert stderr.startswith("Interrupted.")
    assert not running(builder)
    assert ([], 1) == left(repo, place)


def test_that_is_interrupted_while_it_is_waited_for_leaves_nothing(
    repo: Repository, env: Mapping[str, str], links: Path, place: Path
) -> None:
    marker = slow_requirement(links)
    project(repo, "slow")

    with begin(repo, env) as process:
        assert process.stdout
        assert any("build sdist and wheel" in line for line in process.stdout)
        builder = builder_of(marker)
        process.send_signal(signal.SIGTERM)
        process.communicate()

    assert 128 + signal.SIGTERM == process.returncode
    assert not running(builder)
    assert ([], 1) == left(repo, place)


def test_that_is_killed_is_removed_by_the_next_one(
    repo: Repository, env: Mapping[str, str], links: Path, place: Path
) -> None:
    marker = slow_requirement(links)
    project(repo, "slow")

    with begin(repo, env) as process:
        builder = builder_of(marker)
        process.kill()
        os.killpg(os.getpgid(builder), signal.SIGKILL)  # nobody else ends what it had started
        process.communicate()
    (leftover,) = (names(folder) for folder in place.iterdir())
    (links / "slow-1.0.tar.gz").unlink()
    wheel(links, "slow")
    done = run(repo, env)

    assert "releasio-tree" in leftover
    assert [name for name in leftover if name.startswith("releasio-build-")]
    assert 0 == done.returncode, done.stderr
    assert ([], 1) == left(repo, place)


class TestCheckout:
    """What is checked out is counted by a filter."""

    def spied(self, repo: Repository, tmp_path: Path, tables: str = "") -> Path:
        """Commit a project with a file whose checkouts are told in the file that is returned."""
        spy = tmp_path / "checked out"
        repo.git("config", "filter.spy.smudge", f"echo once >> '{spy}'; cat")
        static_project(repo, message=None, tables=tables)
        repo.commit(
            "feat: begin", **{".gitattributes": "spied.txt filter=spy\n", "spied.txt": "\n"}
        )
        return spy

    def test_happens_once(self, repo: Repository, env: Mapping[str, str], tmp_path: Path) -> None:
        spy = self.spied(repo, tmp_path)

        done = run(repo, env)

        assert 0 == done.returncode, done.stderr
        assert "once\n" == spy.read_text("utf-8")

    def test_does_not_happen_where_the_files_are_there(
        self, repo: Repository, env: Mapping[str, str], tmp_path: Path
    ) -> None:
        spy = self.spied(repo, tmp_path)
        codes = [run(repo, env).returncode for _ in range(2)]

        assert [0, 0] == codes
        assert "once\n" == spy.read_text("utf-8")

    def test_happens_once_where_a_hook_builds(
        self, repo: Repository, env: Mapping[str, str], tmp_path: Path
    ) -> None:
        build = f"{sys.executable} -m build --no-isolation"
        spy = self.spied(repo, tmp_path, f"[tool.releasio.hooks]\nbuild = '{build}'\n")

        done = run(repo, env)

        assert 0 == done.returncode, done.stderr
        assert "once\n" == spy.read_text("utf-8")


class TestFolder:
    """Where it is built is told by the backend."""

    @pytest.fixture
    def told(self, repo: Repository, tmp_path: Path) -> Path:
        """The file into which the backend writes where its Python is, once for each hook."""
        told = tmp_path / "told"
        static_project(repo, message=None)
        tell = f"\nimport sys\nprint(sys.prefix, file=open({str(told)!r}, 'a'))\n"
        backend = repo.read("inline/inline_backend.py") + tell
        repo.commit("feat: begin", **{"inline/inline_backend.py": backend})
        return told

    def folders(self, told: Path) -> set[str]:
        folders = {*told.read_text("utf-8").splitlines()}
        told.unlink()
        return folders

    def test_is_the_same_each_time_so_that_uv_knows_the_python_in_it(
        self, repo: Repository, env: Mapping[str, str], told: Path, place: Path
    ) -> None:
        first = (run(repo, env).returncode, self.folders(told))
        (repo.path / "dist" / "releasio.json").unlink()
        second = (run(repo, env).returncode, self.folders(told))

        assert 0 == first[0]
        assert first == second
        assert ([], 1) == left(repo, place)

    def test_is_another_where_somebody_has_one_of_that_name(
        self, repo: Repository, env: Mapping[str, str], told: Path, place: Path
    ) -> None:
        run(repo, env)
        (usual,) = self.folders(told)
        theirs = place / Path(usual).relative_to(place).parts[0]
        (theirs / "releasio-build-here").mkdir(parents=True)
        (repo.path / "dist" / "releasio.json").unlink()
        done = run(repo, env)
        (other,) = self.folders(told)

        assert 0 == done.returncode, done.stderr
        assert not other.startswith(str(theirs))
        assert [theirs.name] == names(place)
        assert ["releasio-build-here"] == names(theirs)

    def test_is_taken_over_where_a_killed_one_had_only_made_it(
        self, repo: Repository, env: Mapping[str, str], told: Path, place: Path
    ) -> None:
        run(repo, env)
        usual = self.folders(told)
        (place / Path(*usual).relative_to(place).parts[0]).mkdir()
        (repo.path / "dist" / "releasio.json").unlink()
        done = run(repo, env)

        assert 0 == done.returncode, done.stderr
        assert usual == self.folders(told)
        assert ([], 1) == left(repo, place)

    def test_is_another_for_the_second_of_two_that_are_compared(
        self, repo: Repository, env: Mapping[str, str], told: Path
    ) -> None:
        done = subprocess.run(
            [*BUILD, "--check-reproducible"],
            cwd=repo.path,
            env=env,
            capture_output=True,
            check=False,
        )

        assert 0 == done.returncode, done.stderr
        assert 2 == len(self.folders(told))
