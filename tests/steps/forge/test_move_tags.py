"""`v1` and `v1.2` move to the newest release of their numbers, here and there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.errors.base import ReleasioError
from releasio.frozen import replace
from releasio.rules.versions.tag_form import TagForm
from releasio.steps.forge.move_tags import MoveTags
from releasio.steps.step import Done, Omitted, Todo
from tests.steps.scene import ORIGIN

if TYPE_CHECKING:
    from tests.fakes.repository import Repository
    from tests.steps.scene import Scene


def move(tag: str, *names: str) -> MoveTags:
    return MoveTags(ORIGIN, names, tag, Version(tag.removeprefix("v")), TagForm("v"))


def release(scene: Scene, tag: str) -> str:
    """Make a release on the remote, and return its commit."""
    commit = scene.repo.commit(f"fix: {tag}")
    scene.repo.tag(tag)
    scene.repo.git("push", "--quiet", "origin", "main", tag)
    return commit


def commit_of(repo: Repository, tag: str) -> str:
    return repo.git("rev-parse", "--verify", "--quiet", f"refs/tags/{tag}^{{commit}}", check=False)


def test_says_what_it_does() -> None:
    assert "move v1 and v1.2 to v1.2.3 on origin" == str(move("v1.2.3", "v1", "v1.2"))


def test_new_ones_are_made_here_and_there(scene: Scene) -> None:
    commit = release(scene, "v1.2.3")
    step = move("v1.2.3", "v1", "v1.2")

    assert Todo() == step.probe(scene.world)
    assert step.apply(scene.world, scene.run) is None
    assert {commit} == {
        commit_of(repo, tag) for repo in (scene.repo, scene.remote) for tag in ("v1", "v1.2")
    }
    assert Done() == step.probe(scene.world)


def test_they_move_along(scene: Scene) -> None:
    release(scene, "v1.2.3")
    move("v1.2.3", "v1", "v1.2").apply(scene.world, scene.run)
    commit = release(scene, "v1.3.0")
    step = move("v1.3.0", "v1", "v1.3")
    step.apply(scene.world, scene.run)

    assert (commit, commit) == (commit_of(scene.remote, "v1"), commit_of(scene.repo, "v1"))
    assert commit_of(scene.remote, "v1.2") == commit_of(scene.remote, "v1.2.3")


def test_an_annotated_one_moves_too(scene: Scene) -> None:
    release(scene, "v1.2.3")
    scene.repo.tag("v1")
    scene.repo.git("push", "--quiet", "origin", "v1")
    commit = release(scene, "v1.2.4")
    move("v1.2.4", "v1").apply(scene.world, scene.run)

    assert (commit, commit) == (commit_of(scene.remote, "v1"), commit_of(scene.repo, "v1"))


def test_they_never_move_back(scene: Scene) -> None:
    """A fix of an older line is no newest 1.x."""
    newer = release(scene, "v1.3.0")
    move("v1.3.0", "v1", "v1.3").apply(scene.world, scene.run)
    commit = release(scene, "v1.2.4")
    step = move("v1.2.4", "v1", "v1.2")

    assert Todo("v1.2 alone") == step.probe(scene.world)
    step.apply(scene.world, scene.run)
    assert (newer, commit) == (commit_of(scene.remote, "v1"), commit_of(scene.remote, "v1.2"))
    assert Done("what they name is newer") == step.probe(scene.world)


def test_what_somebody_put_elsewhere_stays_there(scene: Scene) -> None:
    own = scene.repo.commit("fix: in a hurry")
    scene.repo.tag("v1", annotated=False)
    scene.repo.git("push", "--quiet", "origin", "v1")
    release(scene, "v1.2.3")
    step = move("v1.2.3", "v1")

    assert Omitted("v1 names a commit of no release, and stays there") == step.probe(scene.world)
    assert own == commit_of(scene.remote, "v1")


def test_one_here_that_never_was_there_is_left_alone(scene: Scene) -> None:
    own = scene.repo.commit("fix: mine")
    scene.repo.tag("v1", annotated=False)
    commit = release(scene, "v1.2.3")
    scene.repo.git("push", "--quiet", "--delete", "origin", "v1", check=False)
    move("v1.2.3", "v1").apply(scene.world, scene.run)

    assert (own, commit) == (commit_of(scene.repo, "v1"), commit_of(scene.remote, "v1"))


def test_a_clone_without_them_gets_them(scene: Scene) -> None:
    release(scene, "v1.2.3")
    move("v1.2.3", "v1").apply(scene.world, scene.run)
    commit = release(scene, "v1.2.4")
    scene.repo.git("tag", "--delete", "v1")
    move("v1.2.4", "v1").apply(scene.world, scene.run)

    assert commit == commit_of(scene.repo, "v1")


@pytest.mark.parametrize("begun", [True, False])
def test_a_refused_move_is_none_here_either(scene: Scene, *, begun: bool) -> None:
    release(scene, "v1.2.3")
    if begun:
        move("v1.2.3", "v1").apply(scene.world, scene.run)
    before = commit_of(scene.repo, "v1")
    release(scene, "v1.2.4")
    hook = scene.remote.write("hooks/pre-receive", "#!/bin/sh\necho no moves >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(ReleasioError, match="no moves"):
        move("v1.2.4", "v1").apply(scene.world, scene.run)

    assert before == commit_of(scene.repo, "v1")


def test_a_remote_that_does_not_answer_blocks_nothing_before_its_turn(scene: Scene) -> None:
    scene.repo.git("remote", "set-url", "origin", str(scene.repo.path.with_name("gone.git")))
    state = move("v1.2.3", "v1").probe(scene.world)

    assert isinstance(state, Todo)
    assert "origin" in state.detail


def test_offline_nobody_is_asked(scene: Scene) -> None:
    offline = replace(scene.world, offline=True)

    assert Todo("origin was not asked") == move("v1.2.3", "v1").probe(offline)
