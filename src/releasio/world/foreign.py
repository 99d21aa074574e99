"""Other people's code inside this process: what it prints, and how it breaks down."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from releasio.errors.base import ReleasioError

_OUT, _ERR = 1, 2  # what children inherit, whatever `sys.stdout` is
_turn = threading.RLock()  # there is one standard output: two would give back what is not theirs


@contextmanager
def foreign(told: Callable[[BaseException], ReleasioError]) -> Iterator[None]:
    """
    Run code that is not ours.

    What it prints, its children and its libraries in other languages included,
    goes to standard error, for standard output may be one JSON document.

    Args:
        told: Makes the error to raise of whatever the code raised, which may be
            `SystemExit` or anything else besides the wish of somebody to end.

    Raises:
        ReleasioError: As told.
    """
    try:
        with _output_aside():
            yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 -- somebody else's code
        raise told(error) from None


@contextmanager
def _output_aside() -> Iterator[None]:
    with _turn, redirect_stdout(sys.stderr):
        kept = _swapped()
        try:
            yield
        finally:
            if kept is not None:
                os.dup2(kept, _OUT)
                os.close(kept)


def _swapped() -> int | None:
    """Let standard output's place lead to standard error; return what was there, if anything."""
    for stream in (sys.__stdout__, sys.__stderr__):
        with suppress(AttributeError, OSError, ValueError):  # closed by whoever started us
            stream.flush()  # type: ignore[union-attr] # None is what is suppressed
    try:
        kept = os.dup(_OUT)
    except OSError:
        return None
    try:
        os.dup2(_ERR, _OUT)
    except OSError:
        os.close(kept)
        return None
    return kept
