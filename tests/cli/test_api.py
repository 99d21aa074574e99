"""`changes.api` where what it needs is not installed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

WITHOUT_GRIFFE = """
import sys
sys.modules["griffe"] = None
from releasio.__main__ import main
sys.argv = ["releasio", "check", "--offline"]
main()
"""


def test_says_which_extra_brings_what_it_needs(project: Repository) -> None:
    project.commit("fix: a thing", **{"src/demo/a.py": "x = 1\n"})
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_GRIFFE],
        cwd=project.path,
        env={**os.environ, "RELEASIO_CHANGES_API": "require"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert 2 == run.returncode
    assert 'changes.api = "require" compares public APIs, and griffe is not installed' in run.stderr
    assert 'pip install "releasio[api]>=3"' in run.stderr
    assert "(releasio explain api-extra-missing)" in run.stderr
