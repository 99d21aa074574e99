"""
Runs releasio and ends it with SIGKILL, or its like, at the N-th thing it does to the world.

`python killer.py N COUNT_FILE ARGS...`. What counts is what Python's audit hooks
tell: processes begun, files opened for writing, renamed or removed, connections
made. git commands that only read do not count: to be killed before one of them
is to be killed before what follows it. With N = 0 nothing is killed and the
events go to COUNT_FILE.

`python killer.py watched PORT ARGS...` stands still at each of them until who listens at that port
of this machine has answered: `tests.journeys.moments`.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading

COUNTED = {
    "subprocess.Popen",
    "os.rename",
    "os.remove",
    "os.mkdir",
    "socket.connect",
    "shutil.rmtree",
}
READING = {"rev-parse", "symbolic-ref", "config", "cat-file", "log", "status", "ls-tree", "diff"}
READING |= {
    "diff-tree",
    "ls-files",
    "for-each-ref",
    "show-ref",
    "merge-base",
    "rev-list",
    "ls-remote",
    "list",
    "var",
}
WRITING = os.O_WRONLY | os.O_RDWR

seen = 0
before = ""
one_at_a_time = threading.RLock()
watcher = log = None
if sys.argv[1] == "watched":
    target = 0
    watcher = socket.create_connection(("127.0.0.1", int(sys.argv[2])))
else:
    target = int(sys.argv[1])
    log = open(sys.argv[2], "a", encoding="utf-8", buffering=1)  # noqa: SIM115, PTH123 -- outlives this


def count(event: str, args: tuple[object, ...]) -> None:
    global seen, before  # noqa: PLW0603 -- an audit hook has no other place
    writes = event == "open" and isinstance(args[2], int) and args[2] & WRITING
    if (event not in COUNTED and not writes) or args[0] == os.devnull:
        return
    if str(args[0]).endswith("held"):  # test_killed_landing kills around these
        return
    if event == "subprocess.Popen" and READING.intersection(map(str, args[1])):
        return
    if event == "os.mkdir" and os.path.isdir(str(args[0])):  # noqa: PTH112 -- pathlib would count
        return
    if event == before == "os.remove":  # one file of a tree more or less
        return
    with one_at_a_time:
        before = event
        seen += 1
        if seen == target:
            if hasattr(signal, "SIGKILL"):
                os.kill(os.getpid(), signal.SIGKILL)
            os._exit(137)
        if watcher:
            watcher.sendall(b".")
            watcher.recv(1)
        elif not target:
            log.write(f"{seen} {event} {str(args[0])[:120]}\n")


sys.argv = ["releasio", *sys.argv[3:]]
from releasio.__main__ import main  # noqa: E402 -- after the arguments are its own

sys.addaudithook(count)
main()
