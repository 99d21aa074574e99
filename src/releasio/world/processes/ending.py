"""End a process, and what it started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time

_POLITE = 3.0  # seconds between the polite and the final signal
_LAST_WORDS = 0.2  # seconds in which what was killed comes to its end; a zombie never does

if sys.platform == "win32":
    OWN_GROUP = subprocess.CREATE_NEW_PROCESS_GROUP  # a flag for Popen: a group of its own

    def end_group(process: subprocess.Popen[bytes]) -> None:
        """End *process* and all it started."""
        # by its path: the name alone would be looked for in the checkout first
        taskkill = os.environ.get("SYSTEMROOT", r"C:\Windows") + r"\System32\taskkill.exe"
        tree = [taskkill, "/F", "/T", "/PID", str(process.pid)]
        subprocess.run(tree, check=False, capture_output=True)
        process.kill()  # nothing, if taskkill has ended it
        process.wait()

    end = end_group  # nobody would pass a polite request on

else:
    OWN_GROUP = 0  # `start_new_session` does it here

    def end_group(process: subprocess.Popen[bytes]) -> None:
        """End *process*, which leads a group of its own, and wait for the end of that group."""
        # macOS answers EPERM for groups that have only ended processes left
        with contextlib.suppress(ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(_POLITE)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)  # what outlived the polite request
        process.wait()
        latest = time.monotonic() + _LAST_WORDS  # until then one of them may still write
        with contextlib.suppress(ProcessLookupError, PermissionError):
            while time.monotonic() < latest:
                os.killpg(process.pid, 0)
                time.sleep(0.001)

    def end(process: subprocess.Popen[bytes]) -> None:
        """Ask *process* to end, so that it ends what it started; then make it."""
        process.terminate()
        try:
            process.wait(_POLITE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
