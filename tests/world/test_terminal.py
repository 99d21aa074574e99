"""A real terminal, for what people type."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from releasio.world.terminal import SystemTerminal

PROGRAM = """
from releasio.world.terminal import SystemTerminal
terminal = SystemTerminal()
print("present" if terminal.present() else "absent", flush=True)
answer = terminal.ask("API token: ")
print("got", answer and answer.reveal()[::-1], flush=True)
"""


def test_nobody_is_there_in_a_pipe() -> None:
    assert not SystemTerminal().present()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [("a-token", "got nekot-a"), (" a-token ", "got nekot-a"), ("", "got None")],
)
def test_what_is_typed_is_read_and_not_shown(typed: str, expected: str) -> None:
    import pty  # noqa: PLC0415 -- POSIX only

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = _read_until(ours, "API token: ")
        os.write(ours, f"{typed}\n".encode())
        shown += _read_until(ours, "got ")
        shown += _read_until(ours, "\n")
        process.wait(10)
    os.close(ours)

    assert shown.startswith("present")
    assert expected in shown
    assert "a-token" not in shown


def _read_until(descriptor: int, words: str) -> str:
    shown, end = "", time.monotonic() + 10
    while words not in shown and time.monotonic() < end:
        try:
            shown += os.read(descriptor, 1).decode()
        except OSError:  # the other end is closed
            break
    return shown
