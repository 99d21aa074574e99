"""A thread that draws again and again, so that one sees that something goes on."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OFTEN = 0.25  # seconds


class Ticking:
    """
    Calls *draw* from a thread of its own, from `start` to `stop`.

    Args:
        draw: What is called; it takes its turn by itself.
        often: Seconds between two calls.
    """

    def __init__(self, draw: Callable[[], None], often: float = OFTEN) -> None:
        self._draw = draw
        self._often = often
        self._stopped: threading.Event | None = None

    def start(self) -> None:
        """Begin, unless it has begun already."""
        if self._stopped is None:
            self._stopped = threading.Event()
            # a daemon: whoever interrupts the program does not wait for it
            threading.Thread(target=self._run, args=(self._stopped,), daemon=True).start()

    def stop(self) -> None:
        """End; one more call may be under way, and finds what there is to draw."""
        if self._stopped is not None:
            self._stopped.set()
            self._stopped = None

    def _run(self, stopped: threading.Event) -> None:
        while not stopped.wait(self._often):
            self._draw()
