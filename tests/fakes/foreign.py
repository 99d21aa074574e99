"""A foreign index, started for a test: pypiserver."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# an Apache password file with {SHA}, which needs no library on this side
ADA = "ada:{SHA}Pv8PtxADHhOrS1+A4t/VRVNzvv8=\n"


@contextlib.contextmanager
def running_pypiserver(home: Path) -> Iterator[str]:
    """Run pypiserver in *home*: md5 and HTML only, and `ada`, `a-long-password` may upload."""
    (home / "packages").mkdir(parents=True)
    (home / "htpasswd").write_text(ADA, encoding="ascii")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "pypiserver", "run", "-i", "127.0.0.1", "-p", str(port)]
    options = ["-P", str(home / "htpasswd"), "-a", "update", "--hash-algo", "md5"]
    process = subprocess.Popen(
        [*command, *options, str(home / "packages")],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str) -> None:
    for _ in range(200):
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address, trust_env=False)
            return
        time.sleep(0.05)
    msg = "pypiserver did not start"
    raise AssertionError(msg)
