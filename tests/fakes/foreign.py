"""Foreign indexes, started for a test: pypiserver and devpi."""

from __future__ import annotations

import base64
import contextlib
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.secret import Secret
from releasio.world.build.metadata import upload_fields
from releasio.world.http.client import new_client
from releasio.world.index.index import Index
from tests.fakes.screen import Quiet
from tests.fakes.wheels import sha256

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.index.registry import Registry

# an Apache password file with {SHA}, which needs no library on this side
ADA = "ada:{SHA}Pv8PtxADHhOrS1+A4t/VRVNzvv8=\n"
AS_ADA = Credential("ada", Secret("a-long-password"), "test")


@contextlib.contextmanager
def client_of(registry: Registry) -> Iterator[Index]:
    """Talk to *registry* as a release does, at the machine's own pace."""
    index = Index(
        registry,
        new_client({}),
        clock=lambda: datetime.now(UTC),
        sleep=time.sleep,
        screen=Quiet(),
    )
    with contextlib.closing(index):
        yield index


def upload(index: Index, file: Path, credential: Credential = AS_ADA) -> None:
    index.upload(file, upload_fields(file), lambda _: credential, sha256=sha256(file))


@contextlib.contextmanager
def running_pypiserver(home: Path, closed: str = "update") -> Iterator[str]:
    """
    Run pypiserver in *home*: md5 and HTML only, and `ada`, `a-long-password` may upload.

    *closed* is what nobody else may do, of `update`, `list` and `download`, by commas.
    """
    (home / "packages").mkdir(parents=True)
    (home / "htpasswd").write_text(ADA, encoding="ascii")
    port = _free_port()
    command = [sys.executable, "-m", "pypiserver", "run", "-i", "127.0.0.1", "-p", str(port)]
    options = ["-P", str(home / "htpasswd"), "-a", closed, "--hash-algo", "md5"]
    address = f"http://127.0.0.1:{port}/"
    with _running([*command, *options, str(home / "packages")], address):
        yield address


@contextlib.contextmanager
def running_devpi(home: Path) -> Iterator[str]:
    """
    Run devpi in *home*: JSON and sha256; return the address of an index of `ada`'s.

    She uploads with `a-long-password`; a file that is there cannot be replaced.
    """
    port, scripts = _free_port(), Path(sys.executable).parent
    at = ["--serverdir", str(home)]
    subprocess.run([scripts / "devpi-init", *at, "--no-root-pypi"], check=True, capture_output=True)
    listen = ["--host", "127.0.0.1", "--port", str(port), "--offline-mode"]
    address = f"http://127.0.0.1:{port}"
    with _running([str(scripts / "devpi-server"), *at, *listen], address):
        ada = {"user": "ada", "password": "a-long-password"}
        with httpx.Client(base_url=address, trust_env=False) as client:
            client.put("/ada", json={"password": ada["password"]}).raise_for_status()
            token = client.post("/+login", json=ada).raise_for_status().json()["result"]["password"]
            pair = base64.b64encode(f"ada:{token}".encode()).decode()
            client.put(
                "/ada/releases",
                json={"bases": [], "volatile": False},
                headers={"X-Devpi-Auth": pair},
            ).raise_for_status()
        yield f"{address}/ada/releases/"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextlib.contextmanager
def _running(command: list[str], address: str) -> Iterator[None]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait(address, process)
        yield
    finally:
        process.terminate()
        process.wait(10)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(address, trust_env=False)
            return
        time.sleep(0.05)
    msg = f"{process.args!r} did not start"
    raise AssertionError(msg)
