"""Keep what this process knows from other processes of the same user."""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache

_SET_DUMPABLE = 4  # of <linux/prctl.h>


@cache
def conceal() -> bool:
    """
    Let no other process read our environment and memory, where the system can; tell whether.

    On Linux any process of the same user, a hook or a build backend, could read the
    job's secrets in `/proc/PID/environ`, or follow us with a debugger. Then only root
    may. It holds for this process until its end; children begin anew. macOS and Windows
    have no such switch.

    Source: https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html
    """
    if sys.platform != "linux":
        return False
    import ctypes  # 5 ms, and `check` starts nobody else's code

    with suppress(AttributeError, OSError):
        return bool(ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0) == 0)
    return False
