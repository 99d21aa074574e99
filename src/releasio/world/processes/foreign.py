"""Other people's code inside this process: what it prints, and how it breaks down."""

from __future__ import annotations

import importlib
import os
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TextIO, TypeVar

import releasio
from releasio.world.processes.deadline import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import TracebackType

    from releasio.errors.base import ReleasioError

T = TypeVar("T")

# what loads and calls it, where nobody looks for what is wrong with it
_LOADERS = {Path(releasio.__file__).parent, Path(importlib.__file__).parent}
_BACKPORT = "importlib_metadata"  # keyring brings it, and then it reads entry points for Python
PATIENCE = 120.0  # seconds; somebody may have to unlock something first
_OUT, _ERR = 1, 2  # what children inherit, whatever `sys.stdout` is
# there is one standard output: two would give back what is not theirs
_output_lock = threading.RLock()
_change_lock = threading.Lock()
_outputs: list[_Output] = []


class Hanging(Exception):
    """Code of others that does not come to its end; the text says for how long."""


def in_time(work: Callable[[], T], patience: float = PATIENCE) -> T:
    """
    Return what *work*, which is not ours, returns within *patience* seconds.

    It runs in a thread, and is left to itself when it takes longer.

    Raises:
        Hanging: It took longer.
        BaseException: Whatever it raises.
    """
    latest = time.monotonic() + patience
    error = Hanging(f"it did not end within {patience:g} s")
    return until(lambda: latest - time.monotonic(), work, lambda: error)


@contextmanager
def foreign(explain: Callable[[BaseException], ReleasioError]) -> Iterator[None]:
    """
    Run code that is not ours.

    What it prints, its children and its libraries in other languages included,
    goes to standard error, for standard output may be one JSON document.

    Args:
        explain: Makes the error to raise of whatever the code raised, which may be
            `SystemExit` or anything else besides the wish of somebody to end.

    Raises:
        ReleasioError: What *explain* returns.
    """
    try:
        with _output_aside():
            yield
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # noqa: BLE001 -- somebody else's code
        raise explain(error) from None


def kind_and_place(error: BaseException, entry: str) -> str:
    """
    Return what kind of error it is, and where it came up: *entry*, if in nothing of theirs.

    Its words are left out, for they may hold a secret that the code was about to give.
    """
    if isinstance(error, Hanging):
        return str(error)
    place = ""
    at: TracebackType | None = error.__traceback__
    while at is not None:
        file = Path(at.tb_frame.f_code.co_filename)
        is_loader = file.name.startswith("<frozen ") or not _LOADERS.isdisjoint(file.parents)
        if not is_loader and _BACKPORT not in file.parts:
            place = f"in {file.name}, line {at.tb_lineno}"
        at = at.tb_next
    return f"{type(error).__name__} {place or f'at {entry}'}"


def give_back() -> None:
    """Let standard output be ours at once, though a thread that nobody waits for still runs it."""
    with _change_lock:
        for output in reversed(_outputs[:]):
            _restore_output(output)


@contextmanager
def _output_aside() -> Iterator[None]:
    with _output_lock:
        output = _redirect_output()
        try:
            yield
        finally:
            _flush()
            with _change_lock:
                _restore_output(output)


@dataclass(eq=False)
class _Output:
    """What standard output was: Python's stream, and the descriptor that children inherit."""

    stream: TextIO | None
    descriptor: int | None


def _redirect_output() -> _Output:
    """Let standard output lead to standard error; return what was there."""
    with suppress(AttributeError, OSError, ValueError):  # closed by whoever started us
        sys.__stdout__.flush()  # type: ignore[union-attr] # None is what is suppressed
    with _change_lock:
        output = _Output(sys.stdout, _redirect_descriptor())
        sys.stdout = sys.stderr
        _outputs.append(output)
    return output


def _restore_output(output: _Output) -> None:
    if output not in _outputs:
        return  # it was given back already
    _outputs.remove(output)
    sys.stdout = output.stream
    if output.descriptor is not None:
        os.dup2(output.descriptor, _OUT)
        os.close(output.descriptor)


def _redirect_descriptor() -> int | None:
    """Lead the descriptor to standard error; return a copy of it, if there is one."""
    try:
        descriptor = os.dup(_OUT)
    except OSError:
        return None
    try:
        os.dup2(_ERR, _OUT)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def _flush() -> None:
    """Let what was printed into buffers, Python's and C's, go where the rest of it went."""
    with suppress(AttributeError, OSError, ValueError):
        sys.__stdout__.flush()  # type: ignore[union-attr] # as above
    with suppress(AttributeError, ImportError, OSError):
        import ctypes

        library = ctypes.CDLL("ucrtbase" if sys.platform == "win32" else None)
        library.fflush(None)
