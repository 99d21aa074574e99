"""Repositories that are made once, and copied for every test that wants one."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from tests.fakes.repository import Repository

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Make = Callable[[Repository], object]  # fills an empty repository, and puts remotes beside it


class Templates:
    """A fifth of the time that git takes to make the same again; *folder* keeps what is copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[Make, Repository] = {}

    def fill(self, repo: Repository, make: Make) -> Repository:
        """Have the empty *repo*, and the folders beside it, be as after `make(repo)`."""
        if make not in self._made:
            self._made[make] = self._make(make)
        template = self._made[make]
        there, here = template.path.parent, repo.path.parent
        for folder in there.iterdir():
            shutil.copytree(folder, here / folder.name, symlinks=True, dirs_exist_ok=True)
        config = repo.path / ".git/config"  # where the remotes are
        config.write_bytes(config.read_bytes().replace(_in_settings(there), _in_settings(here)))
        repo.minutes = template.minutes
        return repo

    def _make(self, make: Make) -> Repository:
        folder = self._folder / str(len(self._made))
        template = Repository.create(folder / "repo")
        make(template)
        for sample in folder.rglob("hooks/*.sample"):
            sample.unlink()
        for repo in folder.iterdir():  # one large file is copied faster than many small ones
            if (repo / "HEAD").exists() or (repo / ".git").exists():
                Repository(repo).git("repack", "-a", "-d", "--quiet")
        return template


def _in_settings(path: Path) -> bytes:
    return str(path).replace("\\", "\\\\").encode()
