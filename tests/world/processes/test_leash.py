"""Ending from one thread what another one runs."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.world.parallel import Later, Stopped
from releasio.world.processes.child import run
from releasio.world.processes.leash import Leash
from tests.fakes.screen import Quiet
from tests.fakes.slow_requirement import builder_of, running

if TYPE_CHECKING:
    from pathlib import Path

# its child sleeps, too, and tells who it is; what it says is moved into place whole
SLEEP = """
import os, subprocess, sys
code = '''
import os, sys, time
from pathlib import Path
Path(sys.argv[1] + ".new").write_text(str(os.getpid()))
Path(sys.argv[1] + ".new").replace(sys.argv[1])
time.sleep(60)
'''
subprocess.run([sys.executable, "-c", code, sys.argv[1]])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="processes are looked for by signals")
def test_pulling_ends_what_runs_and_what_that_started(tmp_path: Path) -> None:
    leash, marker = Leash(), tmp_path / "marker"
    command = [sys.executable, "-c", SLEEP, str(marker)]
    later = Later(lambda: run(command, cwd=tmp_path, env=os.environ, screen=Quiet(), leash=leash))
    child = builder_of(marker)

    leash.pull()

    with pytest.raises(Stopped):
        later.result()
    assert not running(child)


def test_nothing_is_started_on_a_leash_that_was_pulled(tmp_path: Path) -> None:
    leash = Leash()
    leash.pull()
    command = [sys.executable, "-c", "open('started', 'w')"]

    with pytest.raises(Stopped):
        run(command, cwd=tmp_path, env=os.environ, screen=None, leash=leash)

    assert [] == [*tmp_path.iterdir()]


def test_programs_run_one_after_the_other_on_one_leash(tmp_path: Path) -> None:
    leash, screen = Leash(), Quiet()
    for word in ("one", "two"):
        command = [sys.executable, "-c", f"print('{word}')"]
        assert 0 == run(command, cwd=tmp_path, env=os.environ, screen=screen, leash=leash).status
    leash.pull()

    assert ["one", "two"] == screen.lines
