"""Keep two runs in one repository apart."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from releasio.errors.index.release import AnotherRun, LockImpossible
from releasio.world.landing.held import give_back
from releasio.world.plain_file import open_log, own_folder
from releasio.world.processes.file_lock import lock, unlock
from releasio.world.processes.secrecy import conceal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.errors.base import ReleasioError


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """
    Hold the lock at *path*, a file that is made if need be and stays.

    The operating system gives it back when the process ends, however it ends,
    so there is never a stale lock. The file tells the process id of its holder. What a git of
    a run that died left locked, and that run wrote down, is free from then on.

    Raises:
        AnotherRun: Another process holds it, or the git of one that died is still at work.
        LockImpossible: The file system has no locks.
        LinkInTheWay: The file, or its folder, is a link.
        OSError: The file cannot be made or written.
    """
    conceal()  # who holds it acts: hooks and build backends run, git's own among them
    own_folder(path.parent)
    with open_log(path) as file:
        try:
            lock(file)
        except OSError as error:
            raise refusal(path, error) from None
        try:
            file.truncate(0)
            file.write(str(os.getpid()).encode())
            file.flush()
            give_back(path.parent)
            yield
        finally:
            unlock(file)


def refusal(path: Path, error: OSError) -> ReleasioError:
    """Return what *error*, of an attempt to lock *path*, means: it is held, or not to be had."""
    # Windows: EACCES at once, EDEADLOCK after it waited
    if isinstance(error, BlockingIOError) or error.errno in {errno.EACCES, errno.EDEADLK}:
        return AnotherRun(_holder(path))
    return LockImpossible(str(path), error.strerror or str(error))


def _holder(path: Path) -> int | None:
    text = path.read_bytes()
    return int(text) if text.isdigit() else None
