"""Somebody at a terminal: reads what the program shows, and types."""

from __future__ import annotations

import os
import re
import select
import signal
import struct
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_PATIENCE = 60.0  # seconds for something to be shown
_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass
class Conversation:
    """A program on a terminal of its own."""

    child: int
    terminal: int
    shown: str = ""
    seen: int = 0  # how much of it was waited for
    styled: int = 0  # how many changes of style it showed

    @classmethod
    def begin(cls, folder: Path, *words: str, columns: int = 100, **env: str) -> Conversation:
        """Start `releasio WORDS` in *folder*."""
        import fcntl  # noqa: PLC0415 -- POSIX only
        import pty  # noqa: PLC0415 -- POSIX only
        import termios  # noqa: PLC0415 -- POSIX only

        variables = {**os.environ, "TERM": "xterm", **env}
        variables.pop("COLUMNS", None)  # it would count more than the terminal's own size
        child, terminal = pty.fork()
        if not child:
            os.chdir(folder)
            size = struct.pack("HHHH", 40, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            command = [sys.executable, "-m", "releasio", *words]
            os.execve(sys.executable, command, variables)  # noqa: S606 -- without a shell
        return cls(child, terminal)

    def wait_for(self, text: str) -> None:
        """Read until *text* is shown, after what was waited for before."""
        end = time.monotonic() + _PATIENCE
        while text not in self.shown[self.seen :]:
            assert time.monotonic() < end, f"{text!r} is not in {self.shown!r}"
            assert self._read(), f"ended before {text!r}: {self.shown}"
        self.seen = self.shown.index(text, self.seen) + len(text)

    def answer(self, question: str, answer: str = "") -> None:
        """Wait for the *question*, and answer it; an empty answer is Enter."""
        self.wait_for(f"{question} [")
        self.wait_for("]: ")
        self.type(f"{answer}\r")

    def type(self, text: str) -> None:
        os.write(self.terminal, text.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C, as often as it takes: between prompt and reading one may get lost."""
        self.end_by(lambda: self.type("\x03"))

    def end_by(self, act: Callable[[], None]) -> None:
        """Do *act* each second until the program has nothing more to show."""
        end = time.monotonic() + _PATIENCE
        act()
        while self._read(act):
            assert time.monotonic() < end, self.shown

    def end(self) -> tuple[int, str]:
        """Return exit status, negative for a signal, and all that was shown."""
        end = time.monotonic() + _PATIENCE
        while self._read():
            if time.monotonic() > end:
                os.kill(self.child, signal.SIGKILL)
        os.close(self.terminal)
        _, status = os.waitpid(self.child, 0)
        return os.waitstatus_to_exitcode(status), self.shown

    def _read(self, idle: Callable[[], None] = lambda: None) -> bool:
        """Read what is shown, or do *idle* after a second; tell whether more may come."""
        if not select.select([self.terminal], [], [], 1)[0]:
            idle()
            return True
        try:
            data = os.read(self.terminal, 4096)
        except OSError:  # nobody has the other end any more
            return False
        text, changes = _STYLE.subn("", data.decode(errors="replace"))
        self.shown += text.replace("\r", "")
        self.styled += changes
        return bool(data)
