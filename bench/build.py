"""Builds of a tiny project, beside the other front ends: all of them in isolation."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.timing import Command, releasio

if TYPE_CHECKING:
    from collections.abc import Iterator

UV, BUILD = "uv build", "python -m build"
BUILD_REACH = {
    "releasio build, with uv": {UV: 1.0},
    "releasio build, with pip": {BUILD: 0.63},  # half of what ours took: 2.4 s beside 1.9
}
_MANIFEST = """\
[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "tiny"
version = "1.0"
description = "A project that exists to be built."
readme = "README.md"
"""
_SETTINGS = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
# pip has this and uv has not, so pip installs
_PIP = {"PIP_KEYRING_PROVIDER": "disabled"}


@contextmanager
def builds() -> Iterator[list[Command]]:
    """Give the commands that build the project, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="releasio-bench-") as place:
        folder = Path(place, "tiny")
        package = folder / "src" / "tiny"
        package.mkdir(parents=True)
        (package / "__init__.py").write_text('"""Nothing."""\n')
        (folder / "pyproject.toml").write_text(_MANIFEST)
        (folder / "README.md").write_text("# tiny\n")
        (folder / ".gitignore").write_text("dist/\n")
        for words in (("init", "--quiet"), ("add", "."), ("commit", "-qm", "feat: begin")):
            subprocess.run(["git", *_SETTINGS, *words], cwd=folder, check=True)
        clean = partial(shutil.rmtree, folder / "dist", ignore_errors=True)
        ours = releasio("ours", folder, "build", "--execute").args
        here = str(Path(sys.executable).parent)
        uv = shutil.which("uv", path=here) or shutil.which("uv")
        with_uv, with_pip = BUILD_REACH
        pip = Command(with_pip, ours, folder, _PIP, before=clean)
        front_end = Command(BUILD, [sys.executable, "-m", "build"], folder, before=clean)
        if uv is None:
            yield [pip, front_end]
            return
        python = ("--python", sys.executable)
        yield [
            Command(with_uv, ours, folder, before=clean),
            Command(UV, [uv, "build", *python], folder, before=clean),
            pip,
            front_end,
        ]
