"""The locks that git takes for us, written down while it may hold them."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from releasio.errors.index.release import AnotherRun
from releasio.frozen import frozen
from releasio.rules.running.plain_file import FILE
from releasio.world.plain_file import own_folder, what_is
from releasio.world.processes.file_lock import lock, unlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

_NAME = "held"
# what else git makes exclusively, and does not take over from a git that died
_ALSO = ("packed-refs.new",)
# a shell that stands for git tells a signal so; git itself ends with 129 at the most
_BY_SIGNAL = 130
_PATIENCE, _PAUSE = 10.0, 0.05  # seconds to wait for the git of a run that died, between looks


@frozen
class Held:
    """
    What a git of ours may lock.

    Attributes:
        directory: `.git`.
        names: Files below it that nobody held before.
        descriptors: git inherits them; so `give_back` knows it as long as it lives, also after us.
    """

    directory: Path
    names: tuple[str, ...]
    descriptors: tuple[int, ...]

    def free_after(self, status: int) -> bool:
        """Remove what git has left of them if, by its *status*, it was killed; whether it was."""
        if was_killed := status < 0 or status >= _BY_SIGNAL:
            self.free()
        return was_killed

    def free(self) -> None:
        """Remove what our git, which has died, left of them."""
        for name in self.names:
            _remove(self.directory, name)


@contextmanager
def holding(state: Path, locks: Iterable[Path]) -> Iterator[Held]:
    """
    Write down which of *locks* are free, as long as a git of ours may take them.

    By this, and by nothing else, a lock that stays is known to be of a run of ours that
    died: one that was there before is somebody else's. Where the block is left by an
    exception, git was ended, and its locks are removed.

    Args:
        state: `.git/releasio`; the run's lock is held there.
        locks: Files below `.git` that git may make.
    """
    own_folder(state)
    path, directory = state / _NAME, state.parent
    free_locks = (lock_path for lock_path in locks if not os.path.lexists(lock_path))
    names = tuple(lock_path.relative_to(directory).as_posix() for lock_path in free_locks)
    path.unlink(missing_ok=True)  # a new file: who inherited the last one does not matter
    with path.open("xb") as file:
        with suppress(OSError):  # without it, a git that outlives us is not noticed
            lock(file)
        file.write("".join(f"{name}\n" for name in names).encode())
        file.flush()
        held_locks = Held(directory, names, (file.fileno(),))
        try:
            yield held_locks
        except BaseException:
            held_locks.free()
            raise
        finally:
            unlock(file)
    path.unlink(missing_ok=True)


def give_back(state: Path) -> None:
    """
    Remove the locks that a git of a run that died has left; the run's lock is held.

    Raises:
        AnotherRun: That git is still at work, and does not end.
    """
    path = state / _NAME
    if what_is(path) != FILE:
        return
    with path.open("r+b") as file:
        _wait_for_its_end(file)
        for name in file.read().decode("utf-8", "replace").splitlines():
            _remove(state.parent, name)
        unlock(file)
    path.unlink(missing_ok=True)


def _wait_for_its_end(file: BinaryIO) -> None:
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            return lock(file)
        except OSError:
            if time.monotonic() > end:
                raise AnotherRun(None) from None
            time.sleep(_PAUSE)


def _remove(directory: Path, name: str) -> None:
    """Remove the lock called *name* below *directory*; nothing else, and nothing elsewhere."""
    lock_path = PurePosixPath(name)
    if lock_path.is_absolute() or ".." in lock_path.parts:
        return
    if lock_path.suffix != ".lock" and name not in _ALSO:
        return
    path = directory.joinpath(*lock_path.parts)
    if path.parent.resolve() != directory.resolve().joinpath(*lock_path.parts[:-1]):
        return  # a link leads elsewhere
    # on Windows, what a living git has open stays; what is gone is free
    with suppress(OSError):
        if what_is(path) == FILE:
            path.unlink()
