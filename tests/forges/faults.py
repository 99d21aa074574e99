"""What goes wrong with a forge, at which of its operations, and how often."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.standins.forge.github.answers import as_json
from releasio.standins.forge.served import ServedForge
from tests.embedded import outages
from tests.embedded.faults import Fault
from tests.embedded.site import reset

if TYPE_CHECKING:
    import threading
    from types import TracebackType

    from werkzeug.wrappers import Response

    from releasio.standins.forge.served import Call

ALWAYS = 1_000_000


@dataclass
class _Planned:
    operation: str
    fault: Fault
    skip: int
    left: int

    def happens(self, operation: str) -> bool:
        """Whether it goes wrong this time, which counts then."""
        if not self.left or self.operation not in {"", operation}:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.left -= 1
        return True


class Faulty(ServedForge):
    """A forge on which something goes wrong."""

    _faults: list[_Planned]
    stopping: threading.Event

    def fail(
        self, how: str, on: str = "", *, times: int = 1, after: int = 0, seconds: float = 0.0
    ) -> None:
        """
        Let something go wrong.

        - Nothing is done: `NNN-before` (a status), `429`, `429-wait` (with `Retry-After`),
          `secondary` (403 with `Retry-After`), `secondary-silent` (403 with nothing but words),
          `html` and `html-200` (pages of a proxy), `reset-before`, `reset-middle`,
          `timeout-before` (no answer ever comes).
        - Everything is done, and the answer gets lost or spoilt: `NNN-after`, `reset-after`,
          `timeout-after`, `garbage`, `truncated`, `cut`.

        Args:
            how: One of these.
            on: The operation, as the log names it; empty: whatever comes.
            times: How often.
            after: How many go well before.
            seconds: What a `Retry-After` says.
        """
        self._faults.append(_Planned(on, Fault(how=how, seconds=seconds), after, times))

    def go_down(self, on: str = "") -> None:
        """Answer nothing but 503 until `heal`."""
        self.fail("503-before", on, times=ALWAYS)

    def heal(self) -> None:
        """Let nothing go wrong any more."""
        self._faults.clear()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stopping.set()
        super().__exit__(kind, error, trace)

    def respond(self, call: Call) -> Response:
        operation = call.exchange.operation
        with self.lock:
            fault = next(
                (one.fault for one in self._faults if one.happens(operation)),
                None,
            )
        if fault is None:
            return super().respond(call)
        call.exchange.fault = fault.how
        early = self._before(call, fault)
        return early or self._after(call, fault, super().respond(call))

    def _before(self, call: Call, fault: Fault) -> Response | None:
        match fault.how:
            case "secondary" | "secondary-silent":
                return _slowed(fault)
            case "reset-before":
                reset(call.environ)
            case "reset-middle":
                outages.read_half(call.request)  # type: ignore[arg-type] # needs no more than this
                reset(call.environ)
            case "timeout-before":
                self._never(call)
        return outages.instead(fault)

    def _after(self, call: Call, fault: Fault, answer: Response) -> Response:
        match fault.how:
            case "reset-after":
                reset(call.environ)
            case "timeout-after":
                self._never(call)
        outages.take_in(answer)
        return outages.spoilt(fault, answer)

    def _never(self, call: Call) -> None:
        self.stopping.wait()
        reset(call.environ)


def _slowed(fault: Fault) -> Response:
    answer = as_json({"message": "You have exceeded a secondary rate limit."}, 403)
    if fault.how == "secondary":
        answer.headers["Retry-After"] = f"{fault.seconds:.0f}"
    return answer
