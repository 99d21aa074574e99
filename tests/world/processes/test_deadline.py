"""Work that may take for ever."""

from __future__ import annotations

import threading
import time

import pytest

from releasio.world.processes.deadline import within


class TestDeadline:
    def test_work_in_time_is_returned(self) -> None:
        assert 3 == within(5, lambda: 3)

    def test_its_error_is_raised(self) -> None:
        def fail() -> None:
            msg = "no"
            raise LookupError(msg)

        with pytest.raises(LookupError, match="no"):
            within(5, fail)

    def test_work_that_takes_too_long_is_left_to_itself(self) -> None:
        go_on = threading.Event()
        workers: list[threading.Thread] = []
        began = time.monotonic()

        def work() -> None:
            workers.append(threading.current_thread())
            go_on.wait()

        with pytest.raises(TimeoutError, match="no answer within"):
            within(0.3, work)

        assert time.monotonic() - began < 3
        assert [True] == [worker.daemon and worker.is_alive() for worker in workers]
        go_on.set()
        workers[0].join(5)
        assert not workers[0].is_alive()
