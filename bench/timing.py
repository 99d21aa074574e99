"""Measure commands in alternation, so that a machine that drifts drifts for all of them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

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


# Starts a command and prints the most memory that it, or a child of it, took. What getrusage
# says begins with the memory of whoever started the process: a small interpreter, here.
_CHILD_PEAK = """
import os, sys
child = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ)
_, status, used = os.wait4(child, 0)
print(f"peak={used.ru_maxrss * (1 if sys.platform == 'darwin' else 1024)}", file=sys.stderr)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Command:
    """
    Something to be measured.

    Attributes:
        name: What it is called in the tables.
        args: The program and its arguments.
        folder: Where it runs.
        env: Variables besides those of every command.
        before: What makes each run find what the first one found; it is not measured.
    """

    name: str
    args: Sequence[str]
    folder: Path
    env: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[], object] = lambda: None


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
            command.before()
            began = time.perf_counter()
            _run(command)
            taken[command.name].append(time.perf_counter() - began)
    return {name: median(times) for name, times in taken.items()}


def peak_memory(folder: Path, *args: str) -> int | None:
    """Return the bytes that our own process takes at most; None where it cannot be told."""
    if sys.platform == "win32":
        return None
    command = Command("peak", [sys.executable, "-c", _PEAK, "releasio", *args], folder)
    return _told(_run(command))


def most_memory(command: Command) -> int | None:
    """
    Return the bytes that *command*, or the largest of its children, takes at most.

    Whatever it is written in; None where it cannot be told: Windows counts otherwise.
    """
    if sys.platform == "win32":
        return None
    command.before()
    launcher = [sys.executable, "-I", "-S", "-c", _CHILD_PEAK]
    return _told(_run(replace(command, args=[*launcher, *command.args])))


def _told(done: subprocess.CompletedProcess[bytes]) -> int | None:
    said = done.stderr.decode("utf-8", "replace")
    found = [line for line in said.splitlines() if line.startswith("peak=")]
    return int(found[-1].removeprefix("peak=")) if found else None


def _works(command: Command) -> bool:
    command.before()
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
            env={**_environment(), **command.env},
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
