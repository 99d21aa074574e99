"""A real terminal, for what people type."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from releasio.world.tokens.terminal import SystemTerminal

PROGRAM = """
from releasio.errors.auth.token import SecretGarbled
from releasio.world.tokens.terminal import SystemTerminal
terminal = SystemTerminal()
print("present" if terminal.present() else "absent", flush=True)
try:
    answer = terminal.ask("API token: ")
except SecretGarbled as error:
    print("got", error, error.hint, flush=True)
    raise SystemExit
print("got", "what is seen" if answer is None else repr(answer.reveal()[::-1]), flush=True)
"""


def test_nobody_is_there_in_a_pipe() -> None:
    assert not SystemTerminal().present()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are POSIX")
@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (b"a-token\n", "got 'nekot-a'"),
        (b" a-token \n", "got 'nekot-a'"),
        (b"\n", "got ''"),
        (b"\x04", "got ''"),
        (
            b"a-\xfctoken\n",
            "got what was typed has a byte that is not UTF-8 in the middle of the secret Copy",
        ),
    ],
    ids=["a token", "blanks around it", "Enter", "Ctrl-D", "what is no text"],
)
def test_what_is_typed_is_read_and_not_shown(typed: bytes, expected: str) -> None:
    import pty  # noqa: PLC0415 -- POSIX only

    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(sys.path),
            "PYTHONIOENCODING": "utf-8:strict",  # as in most languages; not in C
        },
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = _read_until(ours, "API token: ")
        os.write(ours, typed)
        shown += _read_until(ours, "got ")
        shown += _read_until(ours, "\n")
        process.wait(10)
    os.close(ours)

    assert shown.startswith("present")
    assert expected in shown
    assert "a-token" not in shown
    assert "Traceback" not in shown


def _read_until(descriptor: int, words: str) -> str:
    shown, end = "", time.monotonic() + 10
    while words not in shown and time.monotonic() < end:
        try:
            shown += os.read(descriptor, 1).decode(errors="replace")
        except OSError:  # the other end is closed
            break
    return shown
