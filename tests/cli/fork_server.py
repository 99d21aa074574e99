"""
Runs `releasio` in children of a process that has imported it: a fresh interpreter takes 0.2 s.

`python -m tests.cli.fork_server` is that process. Each request on its standard input, a socket,
is one JSON object (`words`, `cwd`, `env`), and three file descriptors: the program's
standard output and standard error, and a pipe for its exit status, as `os.waitstatus_to_exitcode`
tells it.
"""

from __future__ import annotations

import array
import atexit
import functools
import gc
import importlib
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from threading import Thread

PRELOADED = (  # what commands import when they come to need it
    *("httpx", "httpcore", "build", "keyring", "jinja2.sandbox", "readme_renderer.markdown"),
    *("twine.package", "twine.commands.check", "sigstore.sign", "sigstore.verify"),
    "pypi_attestations",
)
LONGEST = 1 << 20  # bytes of a request
# what Python, C and the terminal read once, when an interpreter starts
ONLY_AT_THE_START = ("PYTHON", "LC_", "LANG", "LD_", "COLUMNS", "COVERAGE")
FOLDERS = "PYTHONPATH"  # which a child can still add: see `_become`
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE")  # read once, kept by name


def can_run(env: dict[str, str]) -> bool:
    """Tell whether a child of the server is the same as a new interpreter with *env*."""
    return (
        hasattr(os, "fork")
        and os.environ.get(FOLDERS) in {None, env.get(FOLDERS)}
        and all(
            os.environ.get(name) == env.get(name)
            for name in {*os.environ, *env} - {FOLDERS}
            if name.startswith(ONLY_AT_THE_START)
        )
    )


def run(words: list[str], cwd: str, env: dict[str, str]) -> tuple[int, str, str]:
    """Run Python with *words* there; return its exit status, its output and its errors."""
    request = json.dumps({"words": words, "cwd": cwd, "env": env}).encode()
    pipes = [os.pipe() for _ in range(3)]
    ends = array.array("i", [end for _, end in pipes])
    texts = [""] * len(pipes)

    def read(number: int, start: int) -> None:
        with os.fdopen(start, encoding="utf-8", newline="") as reader:
            texts[number] = reader.read()

    try:
        _server(_stable_environment()).sendmsg(
            [request], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, ends)]
        )
    finally:
        for end in ends:
            os.close(end)
    readers = [Thread(target=read, args=(number, pipe[0])) for number, pipe in enumerate(pipes)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    out, err, status = texts
    return int(status), out, err


def _stable_environment() -> tuple[tuple[str, str], ...]:
    """Return what a server is started with; the rest comes with each request."""
    others = ("PATH", *CERTIFICATES)
    names = (name for name in os.environ if name.startswith(ONLY_AT_THE_START) or name in others)
    return tuple(sorted((name, os.environ[name]) for name in names))


@functools.cache
def _server(environment: tuple[tuple[str, str], ...]) -> socket.socket:
    ours, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, LONGEST)
    with its:
        server = subprocess.Popen(
            [sys.executable, "-m", __name__], stdin=its, env=dict(environment)
        )
    atexit.register(_end, server, ours)
    return ours


def _end(server: subprocess.Popen[bytes], requests: socket.socket) -> None:
    requests.close()  # the server sees it and ends
    server.wait()


def _load() -> None:
    """Import and make what any command may come to need, and what is the same in all runs."""
    for name in PRELOADED:
        with suppress(ImportError):  # an extra that is not installed
            importlib.import_module(name)
    import releasio  # noqa: PLC0415 -- the tests' own process does not need it here

    for module in pkgutil.walk_packages(releasio.__path__, "releasio."):
        if module.name != "releasio.__main__":
            importlib.import_module(module.name)
    from releasio.config.reading.environment import variables  # noqa: PLC0415 -- as above
    from releasio.world.http.client import new_client  # noqa: PLC0415 -- as above

    variables()  # works out what values each setting takes
    new_client(os.environ).close()  # reads the certificates
    for one in gc.get_objects():
        if type(one).__module__ == "releasio.text.pattern":
            one.search  # noqa: B018 -- is compiled by this
    gc.collect()
    gc.freeze()


def serve() -> None:
    _load()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the tests
    requests = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    tell: dict[int, int] = {}  # process to the pipe for its exit status
    while True:
        ready, _, _ = select.select([requests, ended], [], [])
        if ended in ready:
            os.read(ended, LONGEST)
            _tell(tell)
        if requests in ready:
            data, ancillary, _, _ = requests.recvmsg(LONGEST, socket.CMSG_SPACE(3 * 4))
            if not data:
                return
            out, err, told = array.array("i", ancillary[0][2])
            child = os.fork()
            if not child:
                servers = {requests.detach(), ended, wake, told, *tell.values()}
                _start(json.loads(data), out, err, servers)
            tell[child] = told
            os.close(out)
            os.close(err)


def _tell(tell: dict[int, int]) -> None:
    """Tell how each process ended that has."""
    while tell:
        child, status = os.waitpid(-1, os.WNOHANG)
        if not child:
            return
        os.write(tell[child], str(os.waitstatus_to_exitcode(status)).encode())
        os.close(tell.pop(child))


def _start(request: dict[str, object], out: int, err: int, servers: set[int]) -> None:
    """Be the program; of the descriptors, *servers* are of no use to it."""
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(out, 1)
    os.dup2(err, 2)
    for end in {out, err, *servers}:
        os.close(end)
    _become(request)


def _become(request: dict[str, object]) -> None:
    words, cwd, env = request["words"], request["cwd"], request["env"]
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.chdir(cwd)
    if FOLDERS in env and FOLDERS not in os.environ:
        sys.path[1:1] = env[FOLDERS].split(os.pathsep)
    os.environ.clear()
    os.environ.update(env)
    time.tzset()
    code = 1
    try:
        if words[:2] == ["-m", "releasio"]:
            from releasio.__main__ import main  # noqa: PLC0415 -- loaded long before

            sys.argv = ["releasio", *words[2:]]
            main()
        else:
            sys.argv = words
            sys.path.insert(0, os.path.dirname(words[0]))  # noqa: PTH120 -- as Python does
            runpy.run_path(words[0], run_name="__main__")
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
    except BaseException:  # noqa: BLE001 -- shown as the interpreter shows it
        sys.excepthook(*sys.exc_info())
    threading._shutdown()  # noqa: SLF001 -- as the interpreter does at its end
    atexit._run_exitfuncs()  # noqa: SLF001 -- the same
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    serve()
