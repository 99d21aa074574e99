"""What the Action installs, from where, and that nothing else gets in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.action.runner import ROOT, Runner
from tests.fakes.projects import static_project
from tests.fakes.wheels import METADATA, wheel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.action.runner import Result
    from tests.fakes.repository import Repository

OWN_PARTS = ("action", "src", "action.yml", "pyproject.toml", "README.md", "LICENSE")

pytestmark = pytest.mark.journey


@pytest.fixture
def runner(repo: Repository, tmp_path: Path) -> Runner:
    """A job on which nothing is installed yet."""
    static_project(repo)
    (tmp_path / "runner").mkdir()
    return Runner(repo.path, tmp_path / "runner")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """What GitHub downloads of the Action: its repository at a commit, without history."""
    folder = tmp_path / "checkout"
    folder.mkdir()
    for name in OWN_PARTS:
        path = ROOT / name
        copy = shutil.copytree if path.is_dir() else shutil.copyfile
        copy(path, folder / name)
    return folder


def said(result: Result) -> str:
    return f"exit {result.code}\n{result.log}"


def installed(runner: Runner, pattern: str) -> list[str]:
    return [path.name for path in runner.temp.glob(f"releasio-*/**/site-packages/{pattern}")]


def built_wheel(folder: Path) -> str:
    """Build releasio's wheel into *folder*, as an index would have it; return its version."""
    words = ("wheel", "--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder))
    subprocess.run([sys.executable, "-m", "pip", *words, str(ROOT)], check=True)
    return next(folder.glob("releasio-*.whl")).name.split("-")[1]


def test_a_checkout_is_enough(runner: Runner, checkout: Path) -> None:
    runner.action = checkout

    result = runner.run({"command": "check"})

    assert "demo 0.1.0" in result.log, said(result)
    assert ["releasio-"] == [name[:9] for name in installed(runner, "releasio-*.dist-info")]
    assert installed(runner, "sigstore-*.dist-info")
    assert installed(runner, "click/**/*.pyc")
    assert not installed(runner, "pygments/lexers/**/*.pyc"), "nothing asks for these"


def test_a_pinned_version_comes_from_the_index(runner: Runner, tmp_path: Path) -> None:
    version = built_wheel(tmp_path / "index")
    runner.env["PIP_FIND_LINKS"] = str(tmp_path / "index")

    result = runner.run({"command": "check", "releasio-version": version})

    assert "demo 0.1.0" in result.log, said(result)
    assert [f"releasio-{version}.dist-info"] == installed(runner, "releasio-*.dist-info")


def test_a_version_that_needs_what_is_not_pinned_is_refused(runner: Runner, tmp_path: Path) -> None:
    index = tmp_path / "index"
    index.mkdir()
    head = METADATA.format(name="releasio", version="9.9")
    wheel(index, "releasio", "9.9", metadata=f"{head}Requires-Dist: found-nowhere\n")
    runner.env["PIP_FIND_LINKS"] = str(index)

    result = runner.run({"command": "check", "releasio-version": "9.9"})

    assert 2 == result.code, said(result)
    assert "releasio 9.9 requires found-nowhere, which is not installed" in result.log
    assert "::error::releasio 9.9 needs other packages than this action has pinned" in result.log


def test_a_package_with_other_bytes_is_refused(runner: Runner, checkout: Path) -> None:
    lock = checkout / "action/requirements.txt"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(re.sub(r"sha256:[0-9a-f]{64}", f"sha256:{'0' * 64}", text), encoding="utf-8")
    runner.action = checkout

    result = runner.run({"command": "check"})

    assert result.code, said(result)
    assert "DO NOT MATCH THE HASHES" in result.log
