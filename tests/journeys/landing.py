"""
Brings a clone up to what was pushed, as a run does after its push, and may be killed.

`python landing.py N LOG TAG COMMIT` in the clone: ends with SIGKILL at the N-th file that
is opened for writing, renamed or removed; with 0 nothing is killed, and they go to LOG.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from releasio.rules.running.remote import Remote
from releasio.steps.publish.land import Land
from releasio.world.git.git import Git
from releasio.world.lock import exclusive
from releasio.world.run import Run
from releasio.world.world import World
from tests.fakes.screen import Quiet

COUNTED = {"os.rename", "os.remove", "os.mkdir", "os.rmdir"}

target, tag, commit = int(sys.argv[1]), sys.argv[3], sys.argv[4]
seen: list[str] = []


def count(event: str, args: tuple[object, ...]) -> None:
    writes = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
    if not writes and event not in COUNTED:
        return
    seen.append(f"{event} {str(args[0])[:120]}")
    if len(seen) == target:
        os.kill(os.getpid(), signal.SIGKILL)


world = World(Git.open(Path(), os.environ), Path().absolute(), os.environ, Quiet())
run = Run(world)
with exclusive(world.state / "lock"):
    sys.addaudithook(count)
    Land(world.git.work_tree.branch(), (tag,), commit, Remote("origin", "")).apply(world, run)
found = [*seen]
Path(sys.argv[2]).write_text("".join(f"{line}\n" for line in found), encoding="utf-8")
if run.afterwards:
    sys.exit("\n".join(run.afterwards))
