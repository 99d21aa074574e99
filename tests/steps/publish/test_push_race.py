"""What changes on the remote after it was asked, and is no release of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.push import PushRaced
from releasio.steps.publish.push import Push
from releasio.steps.publish.tag_object import NewTag
from releasio.steps.step import Done
from tests.steps.scene import ORIGIN, TAG
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from tests.steps.scene import Scene


@pytest.mark.parametrize("branch", ["main", None])
def test_a_tag_that_came_meanwhile_is_named_and_no_branch(scene: Scene, branch: str | None) -> None:
    tags = (NewTag(TAG, "Release"), NewTag("other-v2.0.0", "Release"))
    made = scene.make_commit() if branch else scene.base
    step = Push(ORIGIN, branch, tags, made, scene.base)
    git = ["git", "push", "--quiet", "--no-verify", "origin", f"{made}:refs/tags/{TAG}"]
    hook(scene.repo.path / ".git", "pre-push", f"import subprocess; subprocess.run({git})")
    with pytest.raises(PushRaced) as caught:
        step.apply(scene.world, scene.run)
    (scene.repo.path / ".git/hooks/pre-push").unlink()
    step.apply(scene.world, scene.run)

    told = f"refs/tags/{TAG} changed on the remote in the meantime; nothing was pushed"
    assert told == str(caught.value)
    assert "git fetch, look at what is new, and run again." == caught.value.hint
    assert Done() == step.probe(scene.world)
