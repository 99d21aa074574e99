"""Why a release gets no page on a forge."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.frozen import replace
from releasio.rules.forge.place import ForgePlace
from releasio.steps.forge.no_page import NoPage
from releasio.steps.step import Blocked, Omitted

if TYPE_CHECKING:
    from tests.steps.scene import Scene

GITHUB = ForgePlace("github", "github.com", "acme", "demo", "https://api.github.com")


def test_without_a_token_it_is_left_out_and_the_reason_said(scene: Scene) -> None:
    step = NoPage("v1.0", GITHUB)
    state = step.probe(replace(scene.world, env={"CI": "true"}))

    assert "create the release v1.0 on GitHub" == str(step)
    assert Omitted("there is no token for GitHub: GITHUB_TOKEN and GH_TOKEN had none") == state


@pytest.mark.parametrize(("place", "code"), [(GITHUB, "no-forge-token"), (None, "no-forge")])
def test_where_it_must_be_nothing_is_released(
    scene: Scene, place: ForgePlace | None, code: str
) -> None:
    state = NoPage("v1.0", place, "origin.git", required=True).probe(scene.world)

    assert isinstance(state, Blocked)
    assert code == state.error.code
    assert state.error.hint


def test_offline_nobody_looked(scene: Scene) -> None:
    offline = replace(scene.world, offline=True)

    assert Omitted("GitHub was not asked") == NoPage("v1.0", GITHUB, required=True).probe(offline)


def test_there_is_nothing_to_do(scene: Scene) -> None:
    with pytest.raises(RuntimeError):
        NoPage("v1.0", GITHUB).apply(scene.world, scene.run)
