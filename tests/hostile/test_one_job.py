"""Hooks and build backends that want what the job has, and what others are to trust."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.fakes.projects import static_project
from tests.journeys.stage import QUICK, QUICK_BUILD

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

SECRET = "made-up-and-long-enough"

# root may read everything: as on a runner, it must not be what we are
PR_CAPBSET_DROP = 24
READS_EVERYTHING = (19, 21, 38)  # CAP_SYS_PTRACE, CAP_SYS_ADMIN, CAP_PERFMON
WITHOUT_ROOT = f"""\
import ctypes, os, sys
for capability in {READS_EVERYTHING}:
    ctypes.CDLL(None).prctl({PR_CAPBSET_DROP}, capability, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "releasio", *sys.argv[1:]])
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the hooks are lines for sh")


@pytest.fixture
def project(repo: Repository, tmp_path: Path) -> Repository:
    """demo 0.1.0, tagged and pushed, with a fix since; it builds in no time."""
    repo.write("inline/quick.py", QUICK)
    static_project(repo, tables=QUICK_BUILD)
    repo.tag("v0.1.0")
    repo.commit("fix: greet politely")
    repo.add_remote(tmp_path / "origin.git")
    return repo


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can keep them from each other")
def test_a_build_cannot_read_the_environment_of_releasio(
    project: Repository, tmp_path: Path
) -> None:
    driver = tmp_path / "driver.py"
    driver.write_text(WITHOUT_ROOT, encoding="utf-8")
    line = f"cat /proc/$PPID/environ > {tmp_path}/stolen; python3 inline/quick.py"
    project.write(".releasio.toml", f'[hooks]\nbuild = "{line}"\n')
    project.commit("build: look around")
    program = Program(project.path, {"MY_SECRET": SECRET}, (str(driver),))

    run = program("build", "--execute")

    assert "No such" not in run.err
    assert "" == (tmp_path / "stolen").read_text(encoding="utf-8")
