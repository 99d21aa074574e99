from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.index.release import AnotherRun, LockImpossible
from releasio.world.lock import exclusive, refusal

if TYPE_CHECKING:
    from pathlib import Path

HOLD = """
import sys, time
from pathlib import Path
from releasio.world.lock import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    """Start a process that holds the lock, and wait until it does."""
    command = [sys.executable, "-c", HOLD, str(path)]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    assert child.stdout is not None
    assert "held" == child.stdout.readline().strip()
    return child


class TestExclusive:
    def test_another_process_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "state" / "lock"
        with holder(path) as child:
            with pytest.raises(AnotherRun) as caught, exclusive(path):
                pass
            child.kill()

        assert f"process {child.pid} is releasing in this repository" == str(caught.value)
        assert "Wait until it has ended, then run again." == caught.value.hint

    def test_a_killed_process_gives_it_back(self, tmp_path: Path) -> None:
        path = tmp_path / "lock"
        with holder(path) as child:
            child.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)

        with exclusive(path):
            assert str(os.getpid()) == path.read_text(encoding="ascii")

    def test_twice_in_a_row(self, tmp_path: Path) -> None:
        with exclusive(tmp_path / "lock"):
            pass

        with exclusive(tmp_path / "lock"):
            pass

    def test_a_failure_inside_gives_it_back(self, tmp_path: Path) -> None:
        with pytest.raises(ZeroDivisionError), exclusive(tmp_path / "lock"):
            _ = 1 / 0

        with exclusive(tmp_path / "lock"):
            pass

    @pytest.mark.parametrize("number", [errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK])
    def test_a_lock_that_is_held_is_another_run(self, tmp_path: Path, number: int) -> None:
        path = tmp_path / "lock"
        path.write_text("4711", encoding="ascii")

        assert "process 4711 is releasing in this repository" == str(
            refusal(path, OSError(number, "no"))
        )

    @pytest.mark.parametrize("number", [errno.ENOLCK, errno.EROFS, errno.EIO])
    def test_any_other_refusal_is_said_as_it_is(self, tmp_path: Path, number: int) -> None:
        error = refusal(tmp_path / "lock", OSError(number, os.strerror(number)))

        assert isinstance(error, LockImpossible)
        assert f"{tmp_path / 'lock'} cannot be locked: {os.strerror(number)}" == str(error)
        assert (
            "Release from a clone on a disk of this machine, or have the file server's locks "
            "turned on."
        ) == error.hint
