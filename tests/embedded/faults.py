"""Faults on demand: what goes wrong, at which kind of request, and at which of them."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

KINDS = frozenset(
    {"audience", "mint", "upload", "simple", "file", "integrity", "oidc", "discovery"}
    | {"fulcio", "rekor", "burn"}
)
# how the answer goes wrong: NNN stands for any status
_ANSWERS = re.compile(
    r"[45]\d\d-(before|after)|reset-(before|middle|after)|timeout-(before|after)|slow|429(-wait)?"
    r"|html(-200)?|garbage|truncated|cut"
)
# what the index itself refuses, or does not know yet
_STATES = {
    "read-only": "upload",
    "uploads-off": "upload",
    "registration-off": "upload",
    "too-many-projects": "upload",
    "name-taken": "upload",
    "attestations-off": "upload integrity",
    "unknown-key": "mint",
    "stale": "simple",
    "stale-for": "simple",
}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """
    One thing that goes wrong.

    Attributes:
        how: See `Faults.add`.
        seconds: How long a slow answer takes, is to be waited for, or pages stay as they are.
        serial: What a stale page still shows: the state of the index at this change.
    """

    how: str
    seconds: float = 0.0
    serial: int = 0

    @property
    def status(self) -> int | None:
        """The status it answers with, if its name says one."""
        return int(self.how[:3]) if self.how[:3].isdigit() else None


@dataclass
class _Planned:
    on: str
    fault: Fault
    skip: int
    left: int
    changed: float | None = None  # when the index did, first

    def notice(self, serial: int, now: float) -> None:
        """Remember when something changed."""
        if self.changed is None and serial != self.fault.serial:
            self.changed = now

    def happens(self, serial: int, now: float) -> bool:
        """Whether it goes wrong this time, which counts then."""
        if self.fault.how.startswith("stale") and serial == self.fault.serial:
            return False  # nothing has changed yet, so nothing can be stale
        if self.fault.how == "stale-for":
            return now - (self.changed or now) < self.fault.seconds
        if not self.left:
            return False
        if self.skip:
            self.skip -= 1
            return False
        self.left -= 1
        return True


class Faults:
    """The faults that are still to come."""

    def __init__(self) -> None:
        self._planned: list[_Planned] = []
        self._lock = threading.Lock()

    def add(self, *, on: str, fault: Fault, times: int, after: int) -> None:
        """
        Plan *fault* for *times* requests of kind *on*, once *after* others have passed.

        It goes wrong in one of these ways:

        - nothing was done: `NNN-before` (status NNN), `429` (with rate-limit headers, without
          `Retry-After`), `429-wait` (with it), `html` and `html-200` (a proxy's error page, a
          network's login page), `reset-before`, `reset-middle` (the connection breaks before the
          request is read, or half-way), `timeout-before` (no answer ever comes);
        - everything was done: `NNN-after`, `reset-after`, `timeout-after`, `garbage` (a body that
          is no document), `truncated` (half of the body, as if it were whole), `cut` (half of
          the body, then the connection ends);
        - `slow`: it is done and answered, late;
        - states of the index: `read-only`, `uploads-off`, `registration-off`,
          `too-many-projects`, `name-taken`, `attestations-off`, `unknown-key`, `stale` (so many
          pages are as they were), `stale-for` (all pages are, until some seconds after the next
          change).

        Raises:
            ValueError: There is no such kind, or no such fault at it.
        """
        fits = _ANSWERS.fullmatch(fault.how) or on in _STATES.get(fault.how, "").split()
        if on not in KINDS or not fits:
            msg = f"no fault {fault.how!r} on {on!r}"
            raise ValueError(msg)
        with self._lock:
            self._planned.append(_Planned(on, fault, after, times))

    def clear(self) -> None:
        """Let nothing go wrong any more."""
        with self._lock:
            self._planned.clear()

    def take(self, kind: str, serial: int, now: float) -> Fault | None:
        """
        Return what goes wrong with this request of *kind*, and count it.

        Args:
            kind: One of `KINDS`, or any other: then nothing does.
            serial: The last change of the index.
            now: Seconds since the epoch.
        """
        with self._lock:
            for planned in self._planned:
                planned.notice(serial, now)
                if planned.on == kind and planned.happens(serial, now):
                    return planned.fault
        return None
