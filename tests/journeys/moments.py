"""
What a run leaves wherever it may be killed, copied from one run that nobody kills.

To kill a run at each thing it does takes as many runs as there are things. What a killed one
leaves is what there is at that moment: files, and what servers know. So one run stands still at
each point, and all of it is copied. A second run starts from what was put back.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import socket
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from releasio.world.plain_file import remove

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from tests.cli.program import Run

KILLER = "tests/journeys/killer.py"
SETTLED = 100_000_000  # nanoseconds after which the time of a file tells of every change
TEMPORARY = ("TMPDIR", "TEMP", "TMP")


class Server(Protocol):
    """Somebody a run talks with, in this process."""

    def memory(self) -> Any: ...  # noqa: ANN401 -- each has its own

    def remember(self, memory: Any) -> None: ...  # noqa: ANN401 -- as above


class Entry(NamedTuple):
    """Something in the folder: where, what, from when."""

    path: str
    mode: int
    modified: int  # nanoseconds
    digest: str


class Moments:
    """
    All that is in *folder*, and all that *servers* know, at each point of a run.

    Attributes:
        points: How many there are, counted from 1.
        distinct: The points at which something was as at no earlier one. Where nothing was, a
            second run would find the same, and do the same.
    """

    def __init__(self, folder: Path, servers: Sequence[Server]) -> None:
        self.folder = folder
        self.points = 0
        self.distinct: list[int] = []
        self._servers = servers
        self._copies = folder.with_name(f"{folder.name}-moments")
        self._memories: dict[int, list[Any]] = {}
        self._states: set[str] = set()
        self._digests: dict[tuple[object, ...], str] = {}  # by what tells that a file is as it was
        self._copied: dict[Entry, Path] = {}

    def watch(self, run: Callable[..., Run], killer: Path) -> Run:
        """Let *run*, which takes a `driver` and variables, be the run; return how it ended."""
        temporary = self.folder / "temporary"  # what it makes there is put back, too
        temporary.mkdir()
        with socket.create_server(("127.0.0.1", 0)) as listening, ThreadPoolExecutor(1) as pool:
            port = listening.getsockname()[1]
            watching = pool.submit(self._watch, listening)
            try:
                ending = run(
                    driver=(str(killer), "watched", str(port)),
                    **dict.fromkeys(TEMPORARY, str(temporary)),
                )
            finally:
                with suppress(OSError):  # wakes who still waits for a run that never came so far
                    socket.create_connection(("127.0.0.1", port)).close()
            watching.result()
        assert self.points, "a run that stood still nowhere tells nothing"
        return ending

    def put_back(self, point: int) -> None:
        """Let everything be as it was at one of the `distinct` points."""
        remove(self.folder)
        shutil.copytree(self._copies / str(point), self.folder, symlinks=True)
        for server, memory in zip(self._servers, self._memories[point], strict=True):
            server.remember(memory)

    def _watch(self, listening: socket.socket) -> None:
        connection, _ = listening.accept()
        with connection:
            while connection.recv(1):
                self.points += 1
                self._take()
                connection.sendall(b".")

    def _take(self) -> None:
        memories = [server.memory() for server in self._servers]
        entries = [*self._entries()]
        state = f"{memories} {[(each.path, each.mode, each.digest) for each in entries]}"
        if state in self._states:
            return
        self._states.add(state)
        self.distinct.append(self.points)
        self._memories[self.points] = memories
        self._copy(entries, self._copies / str(self.points))

    def _entries(self) -> Iterator[Entry]:
        for folder, folders, files in os.walk(self.folder):
            folders.sort()  # the order in which they are looked into, too
            for name in sorted([*folders, *files]):
                path = f"{folder}/{name}"
                status = os.lstat(path)
                about = (path, status.st_ino, status.st_mtime_ns, status.st_size, status.st_mode)
                digest = self._digests.get(about) or _digest(path, status.st_mode)
                if time.time_ns() - status.st_mtime_ns > SETTLED:
                    self._digests[about] = digest
                relative = os.path.relpath(path, self.folder)
                yield Entry(relative, status.st_mode, status.st_mtime_ns, digest)

    def _copy(self, entries: list[Entry], copy: Path) -> None:
        """Copy what there is to *copy*; what an earlier copy has is one file with that."""
        copy.mkdir(parents=True)
        for entry in entries:
            target = copy / entry.path
            if stat.S_ISDIR(entry.mode):
                target.mkdir(stat.S_IMODE(entry.mode))
            elif entry in self._copied:
                target.hardlink_to(self._copied[entry])
            else:
                shutil.copy2(self.folder / entry.path, target, follow_symlinks=False)
                self._copied[entry] = target


def _digest(path: str, mode: int) -> str:
    content = b""
    if stat.S_ISREG(mode):
        content = Path(path).read_bytes()
    elif stat.S_ISLNK(mode):
        content = os.fsencode(Path(path).readlink())
    return hashlib.sha256(content).hexdigest()


def names_below(folder: Path) -> list[str]:
    """Return the names of all that is in *folder* and below."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
