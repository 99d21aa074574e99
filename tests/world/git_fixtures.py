"""Words that the git tests share."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.world.git.git import Git

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


def opened(repo: Repository, **env: str) -> Git:
    """Open *repo* with this process's environment and *env*."""
    return Git.open(repo.path, {**os.environ, **env})


def impatient(git: Git, seconds: float) -> Git:
    """Return *git*, giving remotes that many seconds."""
    return replace(git, process=replace(git.process, patience=seconds))


def hook(folder: Path, name: str, script: str) -> None:
    """Install a hook, in Python, into a repository's git directory."""
    path = folder / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{script}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def clock_went_back() -> str:
    """Return for `git fast-import`: 1, tagged v1, its children 2, dated earlier, and 3, a merge."""
    dates = {1: 5000, 2: 100, 3: 9000, 4: 9500}
    parents = {1: "", 2: "from :1\n", 3: "from :1\n", 4: "from :3\nmerge :2\n"}
    commits = [
        f"commit refs/heads/main\nmark :{n}\ncommitter A <a@b.c> {dates[n]} +0000\n"
        f"data 13\nfix: number {n}\n{parents[n]}"
        for n in dates
    ]
    return "".join(commits) + "tag v1\nfrom :1\ntagger A <a@b.c> 1 +0000\ndata 1\nx\n"
