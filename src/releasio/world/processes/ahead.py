"""Import what is needed next while children work and nobody else has anything to do."""

from __future__ import annotations

import importlib
import threading
from contextlib import suppress


class Ahead(threading.Thread):
    """
    Imports modules, in their order, beside whoever waits for a child.

    `join` it before anything of them is imported by somebody else: two threads that import
    modules which import each other could see one of them half done. What cannot be
    imported is left to whoever needs it.
    """

    def __init__(self, *names: str) -> None:
        super().__init__(name="imports ahead", daemon=True)
        self._names = names
        self.start()

    def run(self) -> None:
        """Import them."""
        for name in self._names:
            with suppress(ImportError):
                importlib.import_module(name)
