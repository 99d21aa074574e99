"""Work that may take for ever, and how long it is waited for."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_LOOK = 0.1  # seconds; on Windows no signal gets through to a longer wait


def within(seconds: float, work: Callable[[], T]) -> T:
    """
    Return what *work* returns, if it does so within *seconds*.

    It is for libraries without time-outs. Those of `socket` do not help there:
    requests tells each connection that it has none. So *work* runs in a thread
    of its own, and one that takes too long is left to itself: what it returns
    later reaches nobody, and it does not keep the process from ending. It must
    therefore change nothing that others look at.

    Raises:
        TimeoutError: It took too long.
        BaseException: Whatever *work* raises.
    """
    latest = time.monotonic() + seconds
    error = TimeoutError(f"no answer within {seconds:.0f} s")
    return until(lambda: latest - time.monotonic(), work, lambda: error)


def until(
    time_left: Callable[[], float], work: Callable[[], T], make_error: Callable[[], Exception]
) -> T:
    """
    Do what `within` does, as long as *time_left* returns more than 0 seconds.

    Raises:
        Exception: What *make_error* returns, when no time is left.
        BaseException: Whatever *work* raises.
    """
    results: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(work())
        except BaseException as error:  # noqa: BLE001 -- raised again where it is waited for
            errors.append(error)

    worker = threading.Thread(target=run, name="with a deadline", daemon=True)
    worker.start()
    while worker.is_alive() and (seconds := time_left()) > 0:
        worker.join(min(seconds, _LOOK))
    if errors:
        raise errors[0]
    if results:
        return results[0]
    raise make_error()
