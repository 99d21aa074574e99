"""Children that end while somebody else holds their pipes, or that do not end at all."""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from releasio.world.processes.ending import end
from releasio.world.processes.pipes import Listener, converse

if TYPE_CHECKING:
    from collections.abc import Iterator

# what holds the pipes longer than anybody wants to wait
SLEEP = "import time; time.sleep(30)"
LEAVE_BEHIND = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEP!r}])"


@pytest.fixture(autouse=True)
def soon() -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < 20


def python(code: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def test_a_pipe_that_is_closed_under_its_listener_is_at_its_end() -> None:
    """As when a run is interrupted between the start of a program and that of its listener."""
    with python("print('said')") as child:
        child.wait()
        assert child.stdout
        child.stdout.close()
        listener = Listener(child.stdout)
        listener.join()

        assert b"" == listener.heard


def test_patience_ends_with_a_child_that_closed_its_pipes() -> None:
    with python(f"import os; os.close(1); os.close(2); {SLEEP}") as child:
        try:
            with pytest.raises(subprocess.TimeoutExpired):
                converse(child, b"", 1.0)
        finally:
            child.kill()


def test_a_pipe_that_is_still_read_is_not_closed_when_patience_ends() -> None:
    """Windows would wait for who reads it, and with it for who holds its other end."""
    with suppress(subprocess.TimeoutExpired), python(f"{LEAVE_BEHIND}; {SLEEP}") as child:
        pipes = [child.stdout, child.stderr]
        try:
            converse(child, b"", 2.0)
        finally:
            child.kill()

    assert [False, False] == [pipe.closed for pipe in pipes if pipe]


def test_input_that_nobody_takes_is_not_waited_for() -> None:
    with suppress(subprocess.TimeoutExpired), python(f"{LEAVE_BEHIND}; {SLEEP}") as child:
        try:
            converse(child, b"x" * 10_000_000, 2.0)
        finally:
            child.kill()

    assert child.returncode is not None


def test_what_does_not_want_to_end_is_made_to() -> None:
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True)"
    with python(f"{stubborn}; {SLEEP}") as child:
        assert child.stdout
        child.stdout.readline()
        end(child)

    assert child.returncode not in {None, 0}
