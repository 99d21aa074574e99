from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems
from releasio.errors.files.archive import LfsPointerPackaged
from releasio.steps.build.artefacts import Artefacts
from releasio.steps.build.build import Build, Check
from releasio.world.git.git import Git
from releasio.world.run import Run
from releasio.world.world import World
from tests.fakes.projects import static_project
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

POINTER = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'0' * 64}\nsize 12345\n"
ATTRIBUTES = "src/demo/model.py filter=lfs diff=lfs merge=lfs -text\n"


def built(repo: Repository, **files: str) -> tuple[Check, World]:
    static_project(repo)
    repo.commit("feat: add a model", **files)
    world = World(Git.open(repo.path, os.environ), repo.path, os.environ, Quiet())
    artefacts = Artefacts("demo", "0.1.0", "v0.1.0", repo.head, "")
    Build(artefacts).apply(world, Run(world))
    return Check(artefacts), world


class TestPointers:
    def test_that_are_packaged_stop_the_release(self, repo: Repository) -> None:
        files = {"src/demo/model.py": POINTER, ".gitattributes": ATTRIBUTES}
        check, world = built(repo, **files)

        with pytest.raises(Problems) as caught:
            check.apply(world, Run(world))

        assert {LfsPointerPackaged} == {type(one) for one in caught.value.problems}
        assert [
            "demo-0.1.0-py3-none-any.whl has a Git LFS pointer instead of demo/model.py",
            "demo-0.1.0.tar.gz has a Git LFS pointer instead of demo-0.1.0/src/demo/model.py",
        ] == sorted(map(str, caught.value.problems))
        assert "git lfs pull" in caught.value.problems[0].hint

    def test_that_are_files_of_their_own_do_not(self, repo: Repository) -> None:
        check, world = built(repo, **{"src/demo/model.py": POINTER})

        check.apply(world, Run(world))
