"""Git commands under way: started early and read late, or asked again and again."""

from __future__ import annotations

import os
import subprocess
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING

from releasio.world.git.process import gave_up, outcome_of
from releasio.world.processes.pipes import Listener, next_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.world.git.process import GitProcess, Outcome

_CAT_FILE = ("cat-file", "--batch", "--filters")
_POLITE = 5.0  # seconds; a git that started filters waits for them
_AT_ONCE = 4096  # bytes; what every system's pipe takes while nobody reads


class Pending:
    """
    A git command under way: started early and read late it costs nothing.

    One that is never read is ended when it is forgotten.
    """

    def __init__(self, process: GitProcess, args: tuple[str, ...]) -> None:
        self._args = args
        self._child = process.start(*args)
        self._outcome: Outcome | None = None
        # holds the child, so that it is still there when this is forgotten in a cycle
        weakref.finalize(self, _forget, self._child)

    def outcome(self) -> Outcome:
        """Return how it ended."""
        if self._outcome is None:
            self._outcome = outcome_of(self._child, self._args)
        return self._outcome


class Batch:
    """
    A git that is asked for objects again and again: to start one takes longer than to ask it.

    When it is forgotten it is told so, and ends with the filters that it started.
    """

    def __init__(self, process: GitProcess) -> None:
        self._child = process.start(*_CAT_FILE, fed=True)
        self._errors: Listener | None = None
        # holds the child, so that it is still there when this is forgotten in a cycle
        weakref.finalize(self, _dismiss, self._child)

    def answers(self, requests: Sequence[str]) -> list[bytes]:
        """
        Return what git says to each of *requests*, as `read_batch` does.

        Raises:
            GitFailed: git gave up. It cannot be asked any more.
        """
        if self._errors is None:
            self._errors = Listener(self._child.stderr)
            self._child.stderr = None  # the listener's
        mark = _new_mark()
        answers: list[bytes] = []
        for lines in _portions([_line(request, mark) for request in requests]):
            answers += self._converse(lines, _end(mark), self._errors)
        return answers

    def _converse(self, lines: Sequence[bytes], end: bytes, errors: Listener) -> list[bytes]:
        """Ask what the pipe takes at once, and read the answers: neither waits for the other."""
        if self._child.stdin is not None:
            with suppress(OSError):  # git has ended, and says why
                self._child.stdin.write(b"".join(lines))
                self._child.stdin.flush()
        out = bytearray()
        while not out.endswith(end) or out.count(end) < len(lines):
            part = next_part(self._child.stdout)
            if not part:
                raise gave_up(self._child, _CAT_FILE, errors)
            out += part
        return bytes(out).split(end)[:-1]


def read_batch(process: GitProcess, requests: Sequence[str]) -> list[bytes]:
    """
    Return what a git that is started for them says to each of *requests*.

    A request names an object and, after white space, the path whose attributes apply to it.

    Returns:
        A line `ID KIND SIZE`, the bytes that a checkout has, and a line end; where there is no
        such object, a line `REQUEST missing`.

    Raises:
        GitFailed: git gave up.
    """
    mark = _new_mark()
    feed = b"".join(_line(request, mark) for request in requests)
    return process.run(*_CAT_FILE, feed=feed).out.split(_end(mark))[: len(requests)]


# The size git announces is the one before conversion, so it cannot tell where a file ends. A
# request for an object that nobody has can: git answers it with a known line.


def _new_mark() -> str:
    return os.urandom(16).hex()


def _line(request: str, mark: str) -> bytes:
    return f"{request}\n{mark}\n".encode()


def _end(mark: str) -> bytes:
    return f"{mark} missing\n".encode()


def _portions(lines: Sequence[bytes]) -> Iterator[list[bytes]]:
    """Yield *lines* in portions of which only one that is a single line may be longer."""
    portion: list[bytes] = []
    size = 0
    for line in lines:
        if portion and size + len(line) > _AT_ONCE:
            yield portion
            portion, size = [], 0
        portion.append(line)
        size += len(line)
    if portion:
        yield portion


def _dismiss(child: subprocess.Popen[bytes]) -> None:
    _close(child)
    with suppress(subprocess.TimeoutExpired):
        child.wait(_POLITE)
    _forget(child)


def _forget(child: subprocess.Popen[bytes]) -> None:
    if child.returncode is None:
        child.kill()
    _close(child)
    child.wait()


def _close(child: subprocess.Popen[bytes]) -> None:
    # nobody listens: at the end of a program no thread can be started any more
    for pipe in (child.stdin, child.stdout, child.stderr):
        if pipe is not None:
            with suppress(OSError):  # what was written to one that has ended
                pipe.close()
