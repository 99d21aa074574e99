"""End politely when asked to: by Ctrl-C, by a terminal that closes, by the system."""

from __future__ import annotations

import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

INTERRUPTED = "Interrupted. Run the same command again to go on."

# SIGBREAK is Ctrl-Break and the closed window on Windows, SIGHUP the closed terminal elsewhere
_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
_BASE = 128  # shells add it to the signal's number

_heard: list[int] = []


class Interrupted(KeyboardInterrupt):
    """Somebody wants this process to end; what it holds is given back on the way out."""


def listen() -> None:
    """Take the signals that ask for an end; those that are ignored by wish stay so (`nohup`)."""
    for name in _NAMES:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)


def status() -> int:
    """Return what a process exits with that was asked to end: 128 and the first signal's number."""
    return _BASE + (_heard[0] if _heard else signal.SIGINT)


def heard() -> bool:
    """Tell whether anybody asked."""
    return bool(_heard)


def leave() -> NoReturn:
    """End a process that was asked to end before a command had begun, in a command's words."""
    with suppress(OSError):  # the terminal may be what has gone
        sys.stderr.write(f"{INTERRUPTED}\n")
    sys.exit(status())


def _interrupt(number: int, _: FrameType | None) -> None:
    _heard.append(number)
    # a runner asks again after some seconds; only a person may cut the tidying up short
    if len(_heard) == 1 or number == signal.SIGINT:
        raise Interrupted
