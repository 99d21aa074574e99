"""Lock an open file against other processes, as the system has it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import BinaryIO

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a locked byte cannot be read by others, so it is one nobody writes

    def lock(file: BinaryIO) -> None:
        """Lock *file* until its process ends, or raise OSError at once; children are apart."""
        at = file.tell()
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        file.seek(at)

    def unlock(file: BinaryIO) -> None:
        """Give it back."""
        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def lock(file: BinaryIO) -> None:
        """Lock *file* until all who inherited it have ended, or raise OSError at once."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def unlock(file: BinaryIO) -> None:
        """Give it back."""
        fcntl.flock(file, fcntl.LOCK_UN)
