"""Do several things at the same time, and end together; or one beside another."""

from __future__ import annotations

import os
import threading
from contextlib import contextmanager, suppress
from functools import partial
from typing import TYPE_CHECKING, Generic, TypeVar

from releasio.errors.base import ReleasioError, raise_all

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_T = TypeVar("_T")
_Answer = TypeVar("_Answer")
_GLANCE = 0.2  # seconds; waiting without an end cannot be interrupted on Windows
_MOST_HANDS = 8  # what is read and hashed comes from one disk


class Stopped(Exception):
    """Somebody wants the run to end; a task that meets this in the middle gives up."""


class Workers:
    """
    Some hands for a list of tasks.

    Args:
        tasks: What is to be done, in this order; each gets a function that raises `Stopped`
            once the run is being interrupted, to be called now and then.
        hands: How many are done at the same time.
    """

    def __init__(self, tasks: Sequence[Callable[[Callable[[], None]], None]], hands: int) -> None:
        self._tasks = tasks
        self._hands = min(hands, len(tasks))
        self._left = iter(range(len(tasks)))
        self._failures: dict[int, BaseException] = {}
        self._lock = threading.Lock()
        self._interrupted = threading.Event()

    def work(self) -> None:
        """
        Do the tasks.

        Once one has failed none is begun any more; those under way come to their end,
        for what they finish need not be done again. An interruption waits for nothing.

        Raises:
            ReleasioError: The only failure.
            Problems: Several, in the order of the tasks.
            BaseException: Whatever else a task raised.
        """
        # daemons: an interrupted process must not wait for an upload that nobody wants any more
        threads = [threading.Thread(target=self._hand, daemon=True) for _ in range(self._hands)]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                _wait(thread)
        finally:
            self._interrupted.set()
        failures = [self._failures[number] for number in sorted(self._failures)]
        for failure in failures:
            if not isinstance(failure, ReleasioError):
                raise failure
        raise_all([failure for failure in failures if isinstance(failure, ReleasioError)])

    def _hand(self) -> None:
        while (number := self._next()) is not None:
            try:
                self._tasks[number](self._go_on)
            except BaseException as error:  # noqa: BLE001 -- raised again by `work`, in its thread
                self._failures[number] = error

    def _next(self) -> int | None:
        with self._lock:
            if self._failures or self._interrupted.is_set():
                return None
            return next(self._left, None)

    def _go_on(self) -> None:
        if self._interrupted.is_set():
            raise Stopped


def of_each(ask: Callable[[_T], _Answer], items: Sequence[_T]) -> list[_Answer]:
    """
    Return what *ask* answers for each of *items*, in their order.

    As many are asked at the same time as there are processors. It pays where time goes by
    outside of Python: hashing, unpacking and reading.

    Raises:
        BaseException: What *ask* raises, as `Crew.work` does.
    """
    answers: dict[int, _Answer] = {}

    def answer(number: int, item: _T, _: Callable[[], None]) -> None:
        answers[number] = ask(item)

    tasks = [partial(answer, number, item) for number, item in enumerate(items)]
    Workers(tasks, min(os.cpu_count() or 1, _MOST_HANDS)).work()
    return [answers[number] for number in range(len(items))]


@contextmanager
def meanwhile(prepare: Callable[[], object]) -> Iterator[None]:
    """
    Call *prepare* beside the block, at whose end it is waited for.

    It may only make ready what is had anew where it is needed: what it raises counts for
    nothing. A block that fails does not wait.
    """

    def quietly() -> None:
        with suppress(Exception):
            prepare()

    thread = threading.Thread(target=quietly, daemon=True)
    thread.start()
    yield
    _wait(thread)


class Later(Generic[_T]):
    """What *make* makes in the background, from now on."""

    def __init__(self, make: Callable[[], _T]) -> None:
        self._answers: list[_T] = []
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._work, args=(make,), daemon=True)
        self._thread.start()

    def _work(self, make: Callable[[], _T]) -> None:
        try:
            self._answers.append(make())
        except BaseException as error:  # noqa: BLE001 -- raised again by `result`
            self._errors.append(error)

    def wait(self) -> None:
        """Wait for its end, however that comes."""
        _wait(self._thread)

    def result(self) -> _T:
        """
        Wait for it, and return it.

        Raises:
            BaseException: Whatever *make* raised.
        """
        self.wait()
        for error in self._errors:
            raise error
        return self._answers[0]


def _wait(thread: threading.Thread) -> None:
    while thread.is_alive():
        thread.join(_GLANCE)
