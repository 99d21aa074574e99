"""Measure commands in alternation, so that a machine that drifts drifts for all of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Prints the peak memory of a command written in Python, without that of its children. Linux's
# getrusage cannot tell: what it says begins with the memory of whoever started the process.
_PEAK = """
import atexit, runpy, sys
def peak():
    try:
        lines = open("/proc/self/status").read().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("VmHWM")).split()[1])
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
atexit.register(lambda: print(f"peak={peak()}", file=sys.stderr))
runpy.run_module(sys.argv.pop(1), run_name="__main__", alter_sys=True)
"""


@dataclass(frozen=True)
class Command:
    """Something to be measured."""

    name: str
    args: Sequence[str]
    folder: Path


def releasio(name: str, folder: Path, *args: str) -> Command:
    """Return our own command line, started as users start it."""
    script = shutil.which("releasio", path=str(Path(sys.executable).parent))
    start = [script] if script else [sys.executable, "-m", "releasio"]
    return Command(name, [*start, *args], folder)


def medians(commands: Sequence[Command], rounds: int) -> dict[str, float]:
    """
    Return the median wall time of each command, in seconds, by name.

    Each is run once before, which fills caches and shows whether it works; one
    that fails is left out and its last words are shown.
    """
    working = [command for command in commands if _works(command)]
    taken: dict[str, list[float]] = {command.name: [] for command in working}
    for _ in range(rounds):
        for command in working:
            began = time.perf_counter()
            _run(command)
            taken[command.name].append(time.perf_counter() - began)
    return {name: median(times) for name, times in taken.items()}


def peak_memory(folder: Path, *args: str) -> int | None:
    """Return the bytes that our own process takes at most; None where it cannot be told."""
    if sys.platform == "win32":
        return None
    command = Command("peak", [sys.executable, "-c", _PEAK, "releasio", *args], folder)
    said = _run(command).stderr.decode("utf-8", "replace")
    found = [line for line in said.splitlines() if line.startswith("peak=")]
    return int(found[-1].removeprefix("peak=")) if found else None


def _works(command: Command) -> bool:
    done = _run(command)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["(no words)"]
        print(f"not measured: {command.name} exits with {done.returncode}: {said[-1]}")
    return done.returncode == 0


def _run(command: Command) -> subprocess.CompletedProcess[bytes]:
    # into a file, as it is used; a pipe would measure the reader too, a terminal the terminal
    with tempfile.TemporaryFile() as file:
        return subprocess.run(
            command.args,
            cwd=command.folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.PIPE,
            check=False,
        )


def _environment() -> Mapping[str, str]:
    """Compiled modules are kept, as for users; nothing looks like a CI."""
    unwanted = ("PYTHON", "GITHUB_", "RELEASIO_", "CI")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(unwanted)}
    path = os.environ.get("PYTHONPATH")
    return kept | ({"PYTHONPATH": path} if path else {})
