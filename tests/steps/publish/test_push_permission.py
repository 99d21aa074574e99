"""Whether the remote takes pushes from here, as far as it can be asked before one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.git.commands import RemoteAuthFailed
from releasio.frozen import replace
from releasio.steps.publish.push import Push
from releasio.steps.publish.tag_object import NewTag
from releasio.steps.step import Blocked, Todo
from tests.fakes.git_http import OFFER, git_over_http
from tests.steps.scene import ORIGIN, TAG, world_of
from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.git_http import Remote
    from tests.steps.scene import Scene


@pytest.fixture
def served(scene: Scene) -> Iterator[Remote]:
    """Serve the remote over HTTP."""
    with git_over_http(scene.remote.path) as remote:
        scene.repo.git("remote", "set-url", "origin", remote.url)
        yield remote


@pytest.fixture
def step(scene: Scene) -> Push:
    return Push(ORIGIN, "main", (NewTag(TAG, ""),), None, scene.base, foresees=True)


class TestPermission:
    def test_a_preview_asks_and_sends_nothing(
        self, scene: Scene, served: Remote, step: Push
    ) -> None:
        hook(scene.repo.path / ".git", "pre-push", "raise SystemExit(1)")
        before = scene.visible()

        assert Todo() == step.probe(scene.world)
        assert before == scene.visible()
        assert OFFER == served.asked[-1]

    def test_an_account_that_may_only_read_is_known_before_anything_is_done(
        self, scene: Scene, served: Remote, step: Push
    ) -> None:
        served.fail(OFFER, "403")
        state = step.probe(scene.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, RemoteAuthFailed)
        assert "permissions: contents: write" in state.error.hint

    def test_without_a_login_a_person_may_still_have_one(
        self, scene: Scene, served: Remote, step: Push
    ) -> None:
        served.fail(OFFER, "401", times=2)
        here = step.probe(scene.world)
        job, _ = world_of(scene.repo.path, CI="true")
        served.fail(OFFER, "401", times=2)
        there = step.probe(job)

        assert (
            Todo("whether it takes pushes from here is not known: there is no login for it") == here
        )
        assert isinstance(there, Blocked)

    def test_a_tag_that_is_there_already_is_not_asked_for(
        self, scene: Scene, served: Remote
    ) -> None:
        tags = (NewTag(TAG, "Release"), NewTag("other-v2.0.0", "Release"))
        step = Push(ORIGIN, None, tags, scene.base, scene.base, foresees=True)
        scene.remote.git("tag", "-a", "-m", "by hand", TAG, scene.base)

        assert Todo() == step.probe(scene.world)
        assert OFFER in served.asked

    def test_the_run_itself_does_not_ask_again(
        self, scene: Scene, served: Remote, step: Push
    ) -> None:
        replace(step, foresees=False).probe(scene.world)

        assert OFFER not in served.asked

    def test_offline_nobody_is_asked(self, scene: Scene, served: Remote, step: Push) -> None:
        scene.world = replace(scene.world, offline=True)
        step.probe(scene.world)

        assert [] == served.asked
