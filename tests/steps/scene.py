"""A repository with a remote, and the world that steps see it through."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from releasio.rules.running.remote import Remote
from releasio.steps.prepare.commit import Commit
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.world.git.git import Git
from releasio.world.run import Run
from releasio.world.world import World
from tests.fakes.index import Clock
from tests.fakes.repository import Repository
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from pathlib import Path


TAG = "v1.0.0"
ORIGIN = Remote("origin", "")


@dataclass
class Scene:
    """What a step may touch, and where tests look at what it did."""

    repo: Repository
    remote: Repository
    screen: Quiet
    base: str
    run: Run

    @property
    def world(self) -> World:
        """What the steps see and touch."""
        return self.run.world

    @world.setter
    def world(self, world: World) -> None:
        self.run.world = world

    def make_commit(self, text: str = "version 1.0.0\n") -> str:
        """Make the release commit by the steps before the push."""
        OpenTree(self.base).apply(self.world, self.run)
        Edit("VERSION", b"version 0.9.0\n", text.encode(), "the version").apply(
            self.world, self.run
        )
        Commit("chore(release): prepare v1.0.0", self.base, (TAG,)).apply(self.world, self.run)
        made = self.repo.git("rev-parse", f"refs/releasio/{TAG}/commit")
        self.run.close_tree()
        return made

    def visible(self) -> dict[str, str]:
        """Return all that people see: branches, tags, files, and what the remote has."""
        git = self.repo.git
        return {
            "head": git("symbolic-ref", "HEAD"),
            "refs": git("for-each-ref", "refs/heads", "refs/tags"),
            "status": git("status", "--porcelain"),
            "diff": git("diff", "HEAD"),
            "remote": self.remote.git("for-each-ref"),
        }

    def private(self) -> str:
        """Return the names of the private refs."""
        return self.repo.git("for-each-ref", "--format=%(refname)", "refs/releasio")

    def elsewhere(self, name: str = "elsewhere") -> Repository:
        """Return another clone of the remote."""
        return self.remote.clone(self.repo.path.with_name(name))


def make_scene(repo: Repository) -> Scene:
    """Commit a file to *repo*, and push it to a new remote."""
    begin(repo)
    return scene_in(repo)


def scene_in(repo: Repository) -> Scene:
    """Return what there is around *repo* after `begin`."""
    world, screen = world_of(repo.path)
    remote = Repository(repo.path.with_name("remote.git"))
    return Scene(repo, remote, screen, repo.head, Run(world))


def begin(repo: Repository) -> None:
    """Commit a file to *repo*, and push it to a new remote."""
    repo.commit("feat: begin", VERSION="version 0.9.0\n")
    repo.add_remote(repo.path.with_name("remote.git"))


def world_of(path: Path, **env: str) -> tuple[World, Quiet]:
    """Return the world of the project at *path* as a process with *env* sees it, and its screen."""
    screen, clock, around = Quiet(), Clock(), {**os.environ, **env}
    git = Git.open(path, around)
    return World(git, path, around, screen, clock=clock, sleep=clock.sleep), screen
