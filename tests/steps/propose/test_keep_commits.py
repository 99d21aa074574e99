"""What people committed on the branch of a release pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.forge.proposal import ProposalConflicts
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.propose.keep_commits import KeepCommits, tip_ref
from releasio.steps.step import Todo

if TYPE_CHECKING:
    from tests.steps.scene import Scene

BEFORE = "- a first mistake\n- something else\n"


def keep(scene: Scene, **files: str) -> KeepCommits:
    """Have somebody change *files* on a branch, and return the step that keeps that."""
    scene.repo.git("switch", "--quiet", "--create", "side")
    scene.repo.commit("docs: better words", **files)
    commits = tuple(scene.world.git.history.commits(scene.base, "side"))
    scene.repo.git("switch", "--quiet", "main")
    return KeepCommits("releasio/release", "main", "origin", commits, "CHANGELOG")


def apply(scene: Scene, step: KeepCommits) -> str:
    OpenTree(scene.repo.head).apply(scene.world, scene.run)
    step.apply(scene.world, scene.run)
    return scene.repo.git("rev-parse", tip_ref())


def test_says_whose_commits_it_keeps(scene: Scene) -> None:
    step = keep(scene, OTHER="2")

    assert "keep the commit that people made on releasio/release" == str(step)
    assert Todo() == step.probe(scene.world)


def test_a_commit_of_somebody_goes_on_top(scene: Scene) -> None:
    tip = apply(scene, keep(scene, OTHER="2"))

    assert "docs: better words" == scene.repo.git("show", "-s", "--format=%s", tip)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_changelog_is_woven(scene: Scene, newline: str) -> None:
    text = BEFORE.replace("\n", newline)
    scene.base = scene.repo.commit("chore: begin one", CHANGELOG=text)
    step = keep(scene, CHANGELOG=text.replace("something else", "something else, said better"))
    scene.repo.commit("chore: another", CHANGELOG=f"{text}- a third{newline}")
    tip = apply(scene, step)

    expected = "- a first mistake\n- something else, said better\n- a third\n"
    assert expected.replace("\n", newline).encode() == scene.world.git.objects.read_file(
        tip, "CHANGELOG"
    )


def test_what_does_not_fit_is_an_error_that_says_what_to_do(scene: Scene) -> None:
    step = keep(scene, VERSION="mine")
    scene.repo.commit("chore: theirs", VERSION="theirs")

    with pytest.raises(ProposalConflicts) as caught:
        apply(scene, step)
    commit = step.commits[0].id[:8]
    assert (
        f"commit {commit} on releasio/release (docs: better words) does not go on top of main any "
        "more: VERSION"
    ) == str(caught.value)
    assert "git switch releasio/release; git rebase origin/main" in caught.value.hint
    assert 4 == caught.value.exit_code
