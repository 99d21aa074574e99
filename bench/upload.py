"""Uploads to a sink on loopback, beside the other uploaders: time and peak memory."""

from __future__ import annotations

import base64
import hashlib
import os
import random
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.sink import sink
from bench.timing import Command, medians, most_memory, releasio

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.sink import Sink

MEGABYTE = 1_000_000
SETTINGS = {"user.name": "Ada", "user.email": "ada@example.org", "gc.auto": "0"}
_TOKEN = "pypi-for-the-sink"  # noqa: S105 -- the sink asks nobody
_VERSION = "1.0"
_MANIFEST = f"""\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "payload"
version = "{_VERSION}"
"""
_METADATA = f"""\
Metadata-Version: 2.1
Name: payload
Version: {_VERSION}
Summary: Bytes
Description-Content-Type: text/plain

Bytes.
"""
_WHEEL = "Wheel-Version: 1.0\nGenerator: bench\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


@dataclass(frozen=True)
class Load:
    """What is uploaded: so many files of so many bytes each, and the latency in seconds."""

    files: int
    size: int
    latency: float

    def __str__(self) -> str:
        return f"{self.files} x {self.size // MEGABYTE} MB, {self.latency * 1000:.0f} ms"


LOADS = (
    Load(40, 2 * MEGABYTE, 0.05),
    Load(40, 2 * MEGABYTE, 0),
    Load(4, 60 * MEGABYTE, 0.05),
    Load(4, 60 * MEGABYTE, 0),
)
AT_ONCE = (1, 4, 8)


@dataclass(frozen=True)
class Measured:
    """Seconds and bytes at the peak of each uploader, by its name; no bytes: not to be told."""

    load: Load
    seconds: Mapping[str, float]
    peak: Mapping[str, int | None]


def uploads(loads: Sequence[Load], rounds: int) -> Iterator[Measured]:
    """
    Upload each of *loads* by every uploader there is, in alternation.

    Ours is `releasio publish dist/* --execute` as a whole: it asks the index, checks the files,
    tags, pushes to a remote in a folder, uploads, and looks whether all is there. The others
    upload and do nothing else.
    """
    for load in loads:
        with _project(load) as project, sink() as index:
            index.latency = load.latency
            commands = list(_commands(project, index))
            seconds = medians(commands, rounds)
            peak = {c.name: most_memory(c) for c in commands if c.name in seconds}
            yield Measured(load, seconds, peak)


def _commands(project: Path, index: Sink) -> Iterator[Command]:
    files = sorted(str(path.relative_to(project)) for path in (project / "dist").iterdir())

    def forget() -> None:
        index.files.clear()
        _undo(project)

    for hands in AT_ONCE:
        env = {
            "RELEASIO_PUBLISH_PARALLEL": str(hands),
            "RELEASIO_PUBLISH_REGISTRY": index.url,
            "RELEASIO_PUBLISH_TRUSTED_PUBLISHING": "false",
            "RELEASIO_TOKEN": _TOKEN,
        }
        name = f"releasio publish, {hands} at once"
        ours = releasio(name, project, "publish", "--execute", *files)
        yield Command(name, ours.args, project, env=env, before=forget)
    peers = {
        "twine upload": (
            *("twine", "upload", "--non-interactive", "--disable-progress-bar"),
            *("--repository-url", index.url, "--username", "__token__", "--password", _TOKEN),
        ),
        "uv publish": ("uv", "publish", "--publish-url", index.url, "--token", _TOKEN),
    }
    for name, (program, *options) in peers.items():
        if found := _found(program):
            args = [found, *options, *files]
            yield Command(name, args, project, before=index.files.clear)


def _found(program: str) -> str | None:
    here = str(Path(sys.executable).parent)
    return shutil.which(program, path=here) or shutil.which(program)


@contextmanager
def _project(load: Load) -> Iterator[Path]:
    """Make a project with built files in `dist`, committed and not tagged, and its remote."""
    with tempfile.TemporaryDirectory(prefix="releasio-bench-") as folder:
        project = Path(folder, "project")
        dist = project / "dist"
        dist.mkdir(parents=True)
        (project / "pyproject.toml").write_text(_MANIFEST, encoding="utf-8")
        (project / ".gitignore").write_text("dist/\n", encoding="utf-8")
        _git(Path(folder), "init", "--quiet", "--bare", "remote.git")
        _git(project, "init", "--quiet", "--initial-branch=main")
        for name, value in SETTINGS.items():
            _git(project, "config", name, value)
        _git(project, "remote", "add", "origin", str(Path(folder, "remote.git")))
        _git(project, "add", "--all")
        _git(project, "commit", "--quiet", "--message", "feat: bytes")
        _git(project, "push", "--quiet", "--set-upstream", "origin", "main")
        for number in range(1, load.files + 1):
            _wheel(dist, number, load.size)
        yield project


def _undo(project: Path) -> None:
    """Take the tag back, so that the next run publishes again."""
    if _git(project, "tag", "--list"):
        _git(project, "push", "--quiet", "--delete", "origin", f"v{_VERSION}")
        _git(project, "tag", "--delete", f"v{_VERSION}")
    shutil.rmtree(project / ".git/releasio", ignore_errors=True)


def _wheel(folder: Path, number: int, size: int) -> None:
    """Write a wheel of *size* bytes and a little, which cannot be compressed."""
    info = f"payload-{_VERSION}.dist-info"
    members = {
        "payload.bin": random.Random(number).randbytes(size),  # noqa: S311 -- the same each time
        f"{info}/METADATA": _METADATA.encode(),
        f"{info}/WHEEL": _WHEEL.encode(),
    }
    lines = [f"{name},sha256={_digest(data)},{len(data)}" for name, data in members.items()]
    members[f"{info}/RECORD"] = "\n".join([*lines, f"{info}/RECORD,,", ""]).encode()
    target = folder / f"payload-{_VERSION}-{number}-py3-none-any.whl"
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


def _digest(data: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()


def _git(folder: Path, *args: str) -> str:
    env = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *args], cwd=folder, env=env, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
