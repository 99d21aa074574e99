"""The branch of a release pull request, at a real remote."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.proposal import ProposedElsewhere
from releasio.frozen import replace
from releasio.steps.prepare.commit import Commit
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.propose.keep_commits import PROPOSAL, release_commit_ref
from releasio.steps.propose.push_branch import PushBranch
from releasio.steps.step import Blocked, Omitted, Todo
from tests.steps.scene import ORIGIN

if TYPE_CHECKING:
    from tests.steps.scene import Scene

BRANCH = "releasio/release"


def make(scene: Scene, text: str) -> str:
    """Make the commit of a proposal, and return it."""
    OpenTree(scene.base).apply(scene.world, scene.run)
    Edit("VERSION", b"version 0.9.0\n", text.encode(), "the version").apply(scene.world, scene.run)
    message = "chore(release): prepare v1.0.0"
    Commit(message, scene.base, (), kept_as=PROPOSAL).apply(scene.world, scene.run)
    scene.run.close_tree()
    return scene.repo.git("rev-parse", release_commit_ref())


def push(scene: Scene, expected: str | None = None) -> PushBranch:
    return PushBranch(ORIGIN, BRANCH, expected, scene.base)


def test_makes_the_branch_and_touches_nothing_else(scene: Scene) -> None:
    before = scene.visible()
    commit = make(scene, "version 1.0.0\n")
    state = push(scene).probe(scene.world)
    push(scene).apply(scene.world, scene.run)
    after = scene.visible()

    assert Todo("a new branch there") == state
    assert commit == scene.remote.git("rev-parse", BRANCH) == scene.run.proposed_commit
    assert before | {"remote": ""} == after | {"remote": ""}


def test_the_branch_is_made_anew(scene: Scene) -> None:
    first = make(scene, "version 1.0.0\n")
    push(scene).apply(scene.world, scene.run)
    second = make(scene, "version 1.0.1\n")
    push(scene, first).apply(scene.world, scene.run)

    assert second == scene.remote.git("rev-parse", BRANCH)
    assert scene.base == scene.remote.git("rev-parse", f"{BRANCH}^")


def test_the_same_files_are_not_pushed_again(scene: Scene) -> None:
    first = make(scene, "version 1.0.0\n")
    push(scene).apply(scene.world, scene.run)
    make(scene, "version 1.0.0\n")

    omission = push(scene, first).apply(scene.world, scene.run)

    assert Omitted("it has that already") == omission
    assert first == scene.remote.git("rev-parse", BRANCH)


def test_another_run_that_was_faster_ends_this_one_well(scene: Scene) -> None:
    make(scene, "version 1.0.0\n")
    scene.remote.git("branch", BRANCH, scene.base)
    state = push(scene).probe(scene.world)

    with pytest.raises(ProposedElsewhere) as caught:
        push(scene).apply(scene.world, scene.run)
    assert isinstance(state, Blocked)
    assert 0 == caught.value.exit_code == state.error.exit_code
    assert f"{BRANCH} on origin was moved by another run meanwhile" == str(caught.value)
    assert "The next run goes on" in caught.value.hint
    assert scene.base == scene.remote.git("rev-parse", BRANCH)


def test_a_commit_that_somebody_pushed_meanwhile_is_not_lost(scene: Scene) -> None:
    first = make(scene, "version 1.0.0\n")
    push(scene).apply(scene.world, scene.run)
    clone = scene.elsewhere()
    clone.git("switch", "--quiet", BRANCH)
    theirs = clone.commit("docs: mine", MINE="mine")
    clone.git("push", "--quiet", "origin", "HEAD")
    make(scene, "version 1.0.1\n")

    with pytest.raises(ProposedElsewhere):
        push(scene, first).apply(scene.world, scene.run)
    assert theirs == scene.remote.git("rev-parse", BRANCH)


def test_offline_nobody_is_asked(scene: Scene) -> None:
    scene.world = replace(scene.world, offline=True)

    assert Todo("origin was not asked") == push(scene).probe(scene.world)
