"""Work that may take for ever."""

from __future__ import annotations

import threading
import time

import pytest

from releasio.world.deadline import within


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
        began = time.monotonic()

        with pytest.raises(TimeoutError, match="no answer within"):
            within(0.3, go_on.wait)

        assert time.monotonic() - began < 3
        (left,) = [each for each in threading.enumerate() if each.name == "with a deadline"]
        go_on.set()
        left.join(5)
        assert left.daemon
        assert not left.is_alive()
