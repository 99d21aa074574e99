from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.auth.credential import NoCredential
from releasio.frozen import replace
from releasio.rules.credentials.policy import Policy
from releasio.steps.publish.authenticate import Authenticate
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Blocked, Done, Todo
from releasio.world.run import Run
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from releasio.world.world import World
    from tests.fakes.screen import Quiet
    from tests.steps.index_scene import IndexScene


@pytest.fixture
def step(shop: IndexScene) -> Authenticate:
    return Authenticate(shop.delivery(), policy=Policy())


def with_token(shop: IndexScene) -> tuple[World, Quiet]:
    return world_of(shop.world.project, RELEASIO_TOKEN=shop.token())


class TestAuthenticate:
    def test_says_for_which_index(self, step: Authenticate) -> None:
        assert "obtain a credential for rehearsal" == str(step)

    def test_says_who_would_be_asked(self, shop: IndexScene, step: Authenticate) -> None:
        world, _ = with_token(shop)
        before = step.probe(world)
        world.close()

        assert Todo("would ask RELEASIO_TOKEN, then keyring") == before

    def test_twice_is_once(self, shop: IndexScene, step: Authenticate) -> None:
        world, screen = with_token(shop)
        run = Run(world)
        step.apply(world, run)
        notes = len(screen.notes)
        step.apply(world, run)
        world.close()

        assert notes == len(screen.notes)

    def test_holds_what_the_first_source_gives_and_says_why_none_before_it(
        self, shop: IndexScene, step: Authenticate
    ) -> None:
        world, screen = with_token(shop)
        run = Run(world)
        step.apply(world, run)
        world.close()

        assert ["RELEASIO_TOKEN"] == [held.source for held in run.credentials.values()]
        assert [
            "credential for rehearsal: RELEASIO_TOKEN",
            (
                "trusted publishing (GitHub Actions), trusted publishing (GitLab CI): "
                "does not apply: not in a CI"
            ),
            "trusted publishing (RELEASIO_OIDC_TOKEN): does not apply: not set",
            "trusted publishing (Google Cloud): does not apply: not a machine of Google's",
            "RELEASIO_TOKEN_REHEARSAL: does not apply: not set",
        ] == screen.notes

    def test_nothing_is_obtained_for_what_is_on_the_index_already(
        self, shop: IndexScene, step: Authenticate
    ) -> None:
        shop.hold_token()
        Upload(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)
        shop.run.credentials.clear()

        assert Done("every file is on the index") == step.probe(shop.world)

    def test_a_preview_says_when_there_is_none(self, shop: IndexScene) -> None:
        state = Authenticate(shop.foreseen(), policy=Policy(order=("prompt",))).probe(shop.world)

        assert Todo("there is none here") == state

    @pytest.mark.parametrize(
        ("policy", "env"),
        [
            (Policy("required"), {}),
            (Policy(), {"GITHUB_ACTIONS": "true"}),
            (Policy(), {"GITLAB_CI": "true"}),
            (Policy(order=("environment",)), {"RELEASIO_TOKEN": "in two\npieces"}),
        ],
        ids=["required-and-no-ci", "github-without-id-token", "gitlab", "token-in-pieces"],
    )
    def test_a_preview_is_blocked_by_what_the_run_would_fail_with(
        self, shop: IndexScene, policy: Policy, env: dict[str, str]
    ) -> None:
        world, _ = world_of(shop.world.project, **env)
        step = Authenticate(shop.foreseen(), policy)
        state = step.probe(world)
        with pytest.raises(NoCredential) as caught:
            Authenticate(shop.foreseen(), policy).apply(world, Run(world))
        world.close()

        assert isinstance(state, Blocked)
        assert caught.value.hint == state.error.hint
        assert "POST /_/oidc/mint-token" not in shop.asked()

    def test_offline_nobody_is_asked(self, shop: IndexScene, step: Authenticate) -> None:
        world = replace(shop.world, offline=True)

        assert Todo() == step.probe(world)
        assert [] == shop.asked()

    def test_without_any_every_source_s_reason_is_told(
        self, shop: IndexScene, step: Authenticate
    ) -> None:
        with pytest.raises(NoCredential) as caught:
            step.apply(shop.world, shop.run)

        told = f"{caught.value}\n{caught.value.hint}"
        for source in ("GitHub Actions", "RELEASIO_TOKEN", "keyring", ".pypirc"):
            assert source in told
        assert {} == shop.run.credentials
