"""A requirement that takes for ever to install, and tells when it is at it."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fakes.wheels import METADATA

if TYPE_CHECKING:
    from collections.abc import Mapping

_PYPROJECT = """\
[build-system]
requires = []
build-backend = "slow_backend"
backend-path = ["."]

[project]
name = "slow"
version = "1.0"
"""
_BACKEND = """\
import os, time
from pathlib import Path

def prepare_metadata_for_build_wheel(*arguments, **more):
    marker = Path({marker!r})
    marker.with_suffix(".new").write_text(str(os.getpid()))
    marker.with_suffix(".new").replace(marker)
    time.sleep(60)

build_wheel = prepare_metadata_for_build_wheel
"""
_PATIENCE = 60.0  # seconds


def slow_requirement(folder: Path) -> Path:
    """
    Write the sdist of `slow` 1.0 into *folder*, which must be there.

    Return the path of the file that gets the id of the process that builds it.
    """
    marker = folder / "slow.pid"
    files = {
        "PKG-INFO": METADATA.format(name="slow", version="1.0"),
        "pyproject.toml": _PYPROJECT,
        "slow_backend.py": _BACKEND.format(marker=str(marker)),
    }
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w") as archive:
        for name, text in files.items():
            member = tarfile.TarInfo(f"slow-1.0/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    (folder / "slow-1.0.tar.gz").write_bytes(gzip.compress(raw.getvalue(), mtime=0))
    return marker


def from_folder(folder: Path) -> Mapping[str, str]:
    """Return the environment of somebody whose uv knows nothing but the files in *folder*."""
    (folder / "empty").mkdir()
    kept = {name: v for name, v in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    nowhere = (folder / "empty").as_uri()
    return {**kept, "UV_DEFAULT_INDEX": nowhere, "UV_FIND_LINKS": str(folder)}


def builder_of(marker: Path) -> int:
    """Wait until somebody builds it; return the process id."""
    latest = time.monotonic() + _PATIENCE
    while not marker.exists():
        assert time.monotonic() < latest, "nobody builds the requirement"
        time.sleep(0.01)
    return int(marker.read_text("utf-8"))


def running(pid: int) -> bool:
    """Tell whether *pid* still does something; a zombie nobody reaps does not."""
    try:
        os.kill(pid, 0)
        stat = Path(f"/proc/{pid}/stat")
        return not stat.exists() or stat.read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
