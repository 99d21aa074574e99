"""A release of a project with a lock file, by the program and the real uv."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program
    from tests.fakes.repository import Repository

# of uv 0.13
LOCK = """\
version = 1
requires-python = ">=3.11"

[[package]]
name = "demo"
version = "{version}"
source = {{ editable = "." }}
"""


@pytest.fixture
def locked(project: Repository) -> Repository:
    """The project, with a lock file."""
    project.commit("fix: lock it", **{"uv.lock": LOCK.format(version="0.1.0")})
    return project


def test_writes_the_version_there_and_has_uv_prove_it(
    locked: Repository, releasio: Program
) -> None:
    run = releasio("release", "--execute", "--skip-publish")

    assert 0 == run.code, run.err
    assert "check uv.lock: uv lock --check --offline --no-build" in run.out + run.err
    assert 'version = "0.1.1"' in locked.git("show", "HEAD:uv.lock")


def test_says_after_an_update_that_the_lock_is_out_of_date(
    locked: Repository, releasio: Program
) -> None:
    text = (locked.path / "pyproject.toml").read_text(encoding="utf-8")
    locked.commit("fix: more", **{"pyproject.toml": text.replace(">=3.11", ">=3.10")})
    run = releasio("update", "--execute")

    assert 0 == run.code, run.err
    assert "uv.lock is out of date; `uv lock` writes it anew" in run.out


def test_stops_where_the_lock_would_be_out_of_date(locked: Repository, releasio: Program) -> None:
    """
    A hook asks for another Python, of which the lock knows nothing.
    """
    hook = "from pathlib import Path\npath = Path('pyproject.toml')\n"
    hook += "path.write_text(path.read_text().replace('>=3.11', '>=3.10'))\n"
    settings = f"[hooks]\npost_bump = ['\"{sys.executable}\" hook.py']\n"
    locked.commit("fix: a hook", **{"hook.py": hook, ".releasio.toml": settings})
    before = locked.git("for-each-ref"), locked.head
    run = releasio("release", "--execute", "--skip-publish")

    assert 4 == run.code
    assert "uv.lock would be out of date with this release" in run.err
    assert "needs to be updated" in run.err
    assert before == (locked.git("for-each-ref"), locked.head)
