"""Run a program, show what it prints as it comes, and leave nothing of it behind."""

from __future__ import annotations

import codecs
import math
import queue
import re
import subprocess
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from releasio.world.processes.ending import OWN_GROUP
from releasio.world.processes.leash import Leash
from releasio.world.processes.pipes import HEARD_OUT
from releasio.world.processes.secrecy import conceal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from releasio.world.screen import Screen

KEPT_LINES = 200  # of the end of the output, for whoever explains a failure
_LONGEST_LINE = 65_536  # characters; then it is shown in pieces, so that memory stays bounded
_LINGER = 0.5  # seconds to listen on after the end: a daemon may hold the pipe open for ever

_BREAK = re.compile(r"\r\n|\n|\r(?!\Z)")
_ESCAPE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit status (negative: the signal) and its last lines, plain."""

    status: int
    tail: tuple[str, ...]


class Overdue(TimeoutError):
    """
    A program was ended because it took too long.

    Attributes:
        tail: Its last lines until then, plain.
    """

    def __init__(self, tail: Sequence[str]) -> None:
        super().__init__("it took too long")
        self.tail = tuple(tail)


def run(
    command: Sequence[str] | str,
    *,
    cwd: Path,
    env: Mapping[str, str],
    screen: Screen | None,
    patience: float = math.inf,
    leash: Leash | None = None,
) -> Ended:
    """
    Run *command* to its end; its output and errors go to *screen*, line by line.

    It reads from nothing and has a process group of its own. If this call is
    interrupted, the whole group ends with it. It cannot look into this process, where
    the system can keep it from that.

    Args:
        command: A list for a program and its arguments; text for the system's shell.
        cwd: The directory it starts in.
        env: All of its environment.
        screen: Gets each line of the merged output, undecodable bytes replaced; `None`: nobody.
        patience: Seconds after which it is ended.
        leash: By which another thread can end it, too.

    Raises:
        OSError: The program could not be started.
        Overdue: It was ended because it took too long.
        Stopped: The leash was pulled.
    """
    deadline = time.monotonic() + patience
    conceal()

    def begin() -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            command,
            shell=isinstance(command, str),  # hooks are shell lines by definition
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            start_new_session=True,  # its own group, and no terminal to wait for
            creationflags=OWN_GROUP,  # the same on Windows
        )

    lines, leash = Lines(screen.line if screen else _unseen), leash or Leash()
    try:
        process = leash.start(begin)
        for chunk in _chunks(process, deadline):
            lines.feed(chunk)
        lines.close()
        ended = Ended(_status(process, deadline), tuple(lines.tail))
    except Overdue:
        leash.end()
        raise Overdue(lines.tail) from None
    except BaseException:
        leash.end()
        raise
    leash.let_go()
    return ended


def _unseen(line: str) -> None:
    """Show nothing of *line*."""


def _status(process: subprocess.Popen[bytes], deadline: float) -> int:
    """Wait for the end of *process*, which may have closed its output long before."""
    if deadline == math.inf:
        return process.wait()
    try:
        return process.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise Overdue(()) from None


@dataclass
class Lines:
    """Cut a stream of bytes into lines of text; none is lost, whatever ends or breaks it."""

    show: Callable[[str], None]
    tail: deque[str] = field(default_factory=lambda: deque(maxlen=KEPT_LINES))
    _rest: str = ""
    _decoder: codecs.IncrementalDecoder = field(
        default_factory=lambda: codecs.getincrementaldecoder("utf-8")("replace")
    )

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        """Show the lines that *chunk* completes."""
        *lines, self._rest = _BREAK.split(self._rest + self._decoder.decode(chunk, final))
        for line in lines:
            self._emit(line)
        while len(self._rest) > _LONGEST_LINE:
            self._emit(self._rest[:_LONGEST_LINE])
            self._rest = self._rest[_LONGEST_LINE:]

    def close(self) -> None:
        """Show what is left without an end of line."""
        self.feed(b"", final=True)
        if self._rest:
            self._emit(self._rest.removesuffix("\r"))
            self._rest = ""

    def _emit(self, line: str) -> None:
        self.show(line)
        self.tail.append(_ESCAPE.sub("", line))


def _chunks(process: subprocess.Popen[bytes], deadline: float) -> Iterator[bytes]:
    """Yield output as it comes, until the pipe or (a moment after) the process ends."""
    if process.stdout is None:
        return
    arrivals: queue.SimpleQueue[tuple[float, bytes]] = queue.SimpleQueue()
    end = math.inf
    enough = threading.Event()
    # a thread, because pipes cannot be waited for with a time limit on Windows
    threading.Thread(target=_pump, args=(process.stdout, arrivals, enough), daemon=True).start()
    while True:
        if time.monotonic() > deadline:
            raise Overdue(())
        try:
            arrival_time, chunk = arrivals.get(timeout=_LINGER)
        except queue.Empty:
            if process.poll() is not None:
                break
            continue
        if not chunk or arrival_time > end:
            break
        yield chunk
        if end == math.inf and process.poll() is not None:
            end = time.monotonic() + HEARD_OUT
    enough.set()


def _pump(
    stream: IO[bytes], arrivals: queue.SimpleQueue[tuple[float, bytes]], enough: threading.Event
) -> None:
    """Read to the end; after *enough* for nobody, for who still writes must not be blocked."""
    with stream:
        while chunk := stream.read(_LONGEST_LINE):
            if not enough.is_set():
                arrivals.put((time.monotonic(), chunk))
    arrivals.put((time.monotonic(), b""))
