from __future__ import annotations

import signal
import threading
import time
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems
from releasio.errors.index.answers import IndexUnreachable
from releasio.world.parallel import Stopped, Workers, meanwhile, of_each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Task = Callable[[Callable[[], None]], None]


def unreachable(name: str) -> IndexUnreachable:
    return IndexUnreachable(name, "no answer", tries=5)


def failing(error: BaseException) -> Task:
    def task(_go_on: Callable[[], None]) -> None:
        raise error

    return task


def test_all_tasks_are_done() -> None:
    done: list[int] = []
    tasks: list[Task] = [lambda _, number=number: done.append(number) for number in range(20)]

    Workers(tasks, 3).work()

    assert list(range(20)) == sorted(done)


def test_as_many_as_there_are_hands_are_done_at_the_same_time() -> None:
    together = threading.Barrier(4, timeout=10)  # breaks, and fails the task, if they are fewer

    Workers([lambda _: together.wait() and None] * 8, 4).work()

    assert not together.broken


def test_nothing_to_do_needs_nobody() -> None:
    before = threading.active_count()
    Workers([], 4).work()

    assert before == threading.active_count()


def test_one_hand_keeps_the_order_and_stops_at_a_failure() -> None:
    done: list[str] = []
    tasks = [lambda _: done.append("a"), failing(unreachable("x")), lambda _: done.append("c")]

    with pytest.raises(IndexUnreachable):
        Workers(tasks, 1).work()

    assert ["a"] == done


def test_what_is_under_way_comes_to_its_end_when_another_fails() -> None:
    failed, done, refusal = threading.Event(), [], unreachable("x")

    def fail(_go_on: Callable[[], None]) -> None:
        failed.set()
        raise refusal

    def slow(go_on: Callable[[], None]) -> None:
        failed.wait(10)
        go_on()
        done.append("slow")

    with pytest.raises(IndexUnreachable):
        Workers([slow, fail], 2).work()

    assert ["slow"] == done


def test_several_failures_are_told_together_in_the_order_of_the_tasks() -> None:
    both = threading.Barrier(2, timeout=10)

    def fail(name: str, pause: float) -> Task:
        def task(_go_on: Callable[[], None]) -> None:
            both.wait()
            time.sleep(pause)  # the first one fails last
            raise unreachable(name)

        return task

    with pytest.raises(Problems) as caught:
        Workers([fail("one", 0.05), fail("two", 0)], 2).work()

    assert ["one", "two"] == [str(problem).split()[0] for problem in caught.value.problems]


def test_what_nobody_foresaw_is_raised_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError):
        Workers([failing(ZeroDivisionError()), failing(unreachable("x"))], 1).work()


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(0), GeneratorExit()])
def test_nothing_that_ends_a_task_counts_as_its_end(error: BaseException) -> None:
    with pytest.raises(type(error)):
        Workers([failing(error)], 1).work()


@pytest.fixture
def interruptible() -> Iterator[None]:
    """Python's own answer to Ctrl-C, which whoever starts tests in the background takes away."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
def test_an_interruption_waits_for_nothing_and_stops_what_is_under_way() -> None:
    ended = threading.Event()

    def long(go_on: Callable[[], None]) -> None:
        signal.raise_signal(signal.SIGINT)
        end = time.monotonic() + 30
        try:
            while time.monotonic() < end:
                go_on()
                time.sleep(0.01)
        except Stopped:
            ended.set()

    with pytest.raises(KeyboardInterrupt):
        Workers([long], 1).work()

    assert ended.wait(10)


def test_answers_come_in_the_order_of_the_items() -> None:
    def ask(seconds: float) -> str:
        time.sleep(seconds)
        return f"{seconds} s"

    assert ["0.05 s", "0.0 s", "0.02 s"] == of_each(ask, [0.05, 0.0, 0.02])


def test_an_item_without_an_answer_is_the_failure_of_all() -> None:
    def ask(name: str) -> str:
        raise FileNotFoundError(name)

    with pytest.raises(FileNotFoundError, match=r"a\.whl"):
        of_each(ask, ["a.whl"])


class TestMeanwhile:
    def test_what_is_prepared_beside_a_block_is_ready_at_its_end(self) -> None:
        begun, ready = threading.Event(), threading.Event()

        def prepare() -> None:
            begun.wait(10)
            ready.set()

        with meanwhile(prepare):
            before = ready.is_set()
            begun.set()

        assert (False, True) == (before, ready.is_set())

    def test_trouble_of_a_preparation_is_left_to_whoever_needs_it(self) -> None:
        asked: list[str] = []
        failure = unreachable("index")

        def prepare() -> None:
            asked.append("index")
            raise failure

        with meanwhile(prepare):
            pass

        assert ["index"] == asked

    def test_a_block_that_fails_waits_for_nothing(self) -> None:
        over, ready, failure = threading.Event(), threading.Event(), unreachable("index")

        def prepare() -> None:
            over.wait(60)
            ready.set()

        with pytest.raises(IndexUnreachable), meanwhile(prepare):
            raise failure

        assert not ready.is_set()
        over.set()
