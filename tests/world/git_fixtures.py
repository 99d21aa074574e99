"""Words that the git tests share."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from releasio.world.git import Git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


def opened(repo: Repository, **env: str) -> Git:
    """Open *repo* with this process's environment and *env*."""
    return Git.open(repo.path, {**os.environ, **env})


def hook(folder: Path, name: str, script: str) -> None:
    """Install a hook, in Python, into a repository's git directory."""
    path = folder / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
