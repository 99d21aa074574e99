"""What a build leaves that is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from tests.fakes.projects import static_project

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository

KILLS_ONCE = """
import os
from pathlib import Path
if not Path({marker!r}).exists():
    Path({marker!r}).touch()
    os.kill(os.getppid(), 9)
    raise SystemExit
"""


def test_the_folders_of_a_killed_build_are_removed_by_the_next_one(
    repo: Repository, tmp_path: Path
) -> None:
    static_project(repo, message=None)
    backend = repo.read("inline/inline_backend.py")
    kill = KILLS_ONCE.format(marker=str(tmp_path / "killed"))
    repo.commit("feat: begin", **{"inline/inline_backend.py": backend + kill})
    repo.add_remote(tmp_path / "remote.git")
    folder = tmp_path / "temporary"
    folder.mkdir()
    env = {**os.environ, **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}
    leftovers, codes = [], []
    for _ in range(2):
        command = [sys.executable, "-m", "releasio", "build", "--execute"]
        done = subprocess.run(command, cwd=repo.path, env=env, capture_output=True, check=False)
        codes.append(done.returncode)
        leftovers.append([path.name for path in folder.glob("releasio-*/releasio-*")])

    assert "releasio-tree" in leftovers[0]
    assert [name for name in leftovers[0] if name.startswith("releasio-build-")]
    assert [] == [*folder.glob("releasio-*")]
    assert codes[0] != 0
    assert 0 == codes[1]
