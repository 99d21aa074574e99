"""Import what is needed next while children work and nobody else has anything to do."""

from __future__ import annotations

import importlib
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class Ahead(threading.Thread):
    """
    Imports modules, in their order, beside whoever waits for a child.

    `join` it before anything of them is imported by somebody else: two threads that import
    modules which import each other could see one of them half done. As a context it is joined
    at the end, however that comes. What cannot be imported is left to whoever needs it.
    """

    def __init__(self, *names: str) -> None:
        super().__init__(name="imports ahead", daemon=True)
        self._names = names
        self.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.join()

    def run(self) -> None:
        """Import them."""
        for name in self._names:
            with suppress(ImportError):
                importlib.import_module(name)
