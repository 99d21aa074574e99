"""End from one thread the program that another one runs."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from releasio.world.parallel import Stopped
from releasio.world.processes.ending import end_group

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable


class Leash:
    """Holds what a thread runs, one program after the other, until somebody pulls."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pulled = False

    def start(self, begin: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
        """
        Start a program by *begin*, and hold it.

        Raises:
            Stopped: Somebody has pulled.
        """
        with self._lock:
            self._check()
            self._process = begin()
            return self._process

    def let_go(self) -> None:
        """
        Hold the program no longer: it has ended.

        Raises:
            Stopped: Because somebody pulled.
        """
        with self._lock:
            self._process = None
            self._check()

    def end(self) -> None:
        """End the program that is held, if there is one, with all that it started."""
        with self._lock:
            if self._process is not None:
                end_group(self._process)
                self._process = None

    def pull(self) -> None:
        """End the program that is held; none is started any more."""
        self._pulled = True
        self.end()

    def _check(self) -> None:
        if self._pulled:
            raise Stopped
