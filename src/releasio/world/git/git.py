"""The repository, through git itself."""

from __future__ import annotations

from releasio.world.build.private_clone import PrivateClones
from releasio.world.git.commits import Commits
from releasio.world.git.deepen import Deepening
from releasio.world.git.scratch import ScratchTrees
from releasio.world.git.submodules import Submodules
from releasio.world.landing.fast_forward import FastForwards


class Git(Deepening, ScratchTrees, PrivateClones, Submodules, Commits, FastForwards):
    """
    Everything releasio asks of git; each part has a module of its own.

    `place` finds the repository, `work_tree` knows HEAD and what differs from
    it, `objects` and `refs` read and name things, `history` and `deepen` read
    and complete the history, `remote` talks to the others' repository,
    `scratch`, `private_clone`, `submodules` and `commits` make what a release needs, `fast_forward`
    follows it. Nothing is remembered between calls: every answer is the world's, but in a
    preview that asks nobody, which reads refs and settings once (`ref_list`).
    """
