"""Hear a child process out, and not those it left behind."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from subprocess import TimeoutExpired
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess

_CHUNK = 1 << 16
_LOOK = 0.25  # seconds between two looks at whether the child has ended
_SILENCE = 6  # looks without a byte after its end; a busy machine may be late, too
HEARD_OUT = 5.0  # seconds after its end; what comes later is not the child's own


class Listener(threading.Thread):
    """Reads a pipe to its end and closes it, while others do something else."""

    def __init__(self, pipe: IO[bytes] | None, limit: int | None = None) -> None:
        super().__init__(daemon=True)
        self._pipe = pipe
        self._bytes_left = limit  # bytes
        self._parts: list[bytes] = []
        self._enough = False
        self.start()

    @property
    def heard(self) -> bytes:
        """All that arrived so far."""
        return b"".join(self._parts)

    def run(self) -> None:
        """Read until nobody can write any more; who goes on in vain must not be blocked."""
        if self._pipe is None:
            return
        # ValueError: it was closed meanwhile, as by an interruption
        with suppress(ValueError), self._pipe as pipe:
            while part := next_part(pipe):
                if not self._enough:
                    self._parts.append(part)
                    self._count(part)

    @property
    def flooded(self) -> bool:
        """Whether more came than is kept."""
        return self._bytes_left is not None and self._bytes_left < 0

    def _count(self, part: bytes) -> None:
        if self._bytes_left is not None:
            self._bytes_left -= len(part)
            self._enough = self._bytes_left < 0

    def linger(self, until: float) -> None:
        """
        Wait for the end after the child's own, at most *until* (monotonic clock).

        A process that the child started and did not wait for, such as a hook's
        or an SSH connection that is kept, may hold the pipe open for ever, silent
        or not.
        """
        part_count, quiet_looks = 0, 0
        while self.is_alive() and quiet_looks < _SILENCE and time.monotonic() < until:
            self.join(_LOOK)
            quiet_looks = quiet_looks + 1 if len(self._parts) == part_count else 0
            part_count = len(self._parts)
        self._enough = True


def next_part(pipe: IO[bytes] | None) -> bytes:
    """Return what has arrived, at once and past the buffer; nothing at the end."""
    return os.read(pipe.fileno(), _CHUNK) if pipe else b""


class Flooded(Exception):
    """A child says more than anybody wants to hear."""


def converse(
    child: subprocess.Popen[bytes],
    feed: bytes | None = None,
    patience: float | None = None,
    limit: int | None = None,
) -> tuple[bytes, bytes]:
    """
    Return all of a child's output and errors, once it has ended.

    Like `communicate`, but only the child is waited for: what it left running
    in the background keeps its end of the pipes, and nobody here. However this
    call ends, the pipes are not the child's any more.

    Args:
        child: Started with pipes for both.
        feed: What it reads, if its input is a pipe.
        patience: Seconds it may take; `None`: as long as it wants.
        limit: Bytes it may write to each pipe; `None`: as many as it wants.

    Raises:
        TimeoutExpired: It took longer. It still runs.
        Flooded: It wrote more. It may still run.
    """
    if feed is not None:
        threading.Thread(target=_write, args=(child.stdin, feed), daemon=True).start()
    out, err = Listener(child.stdout, limit), Listener(child.stderr, limit)
    # Each thread closes its pipe. Nobody else may while it is used: Windows would wait for that.
    child.stdin = child.stdout = child.stderr = None
    deadline = None if patience is None else time.monotonic() + patience
    for listener in (out, err):
        while listener.is_alive() and child.poll() is None:
            listener.join(_LOOK)
            if out.flooded or err.flooded:
                raise Flooded
            if deadline is not None and patience is not None and time.monotonic() > deadline:
                raise TimeoutExpired(child.args, patience)
    # it may have closed its pipes and go on without them
    child.wait(None if deadline is None else max(0.0, deadline - time.monotonic()))
    until = time.monotonic() + HEARD_OUT
    out.linger(until)
    err.linger(until)
    if out.flooded or err.flooded:
        raise Flooded
    return out.heard, err.heard


def _write(pipe: IO[bytes] | None, feed: bytes) -> None:
    if pipe is None:
        return
    with suppress(OSError), pipe:  # who does not want all of it has ended, and says why
        pipe.write(feed)
