"""The forge is asked before anything is public, and stops only who must have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.frozen import replace
from releasio.steps.forge.ask_forge import AskForge
from releasio.steps.step import Blocked, Done, Todo
from tests.steps.forge.conftest import TAG

if TYPE_CHECKING:
    from tests.steps.forge.conftest import ForgeScene


def ask(forge: ForgeScene, *, required: bool = False) -> AskForge:
    return AskForge(forge.page.place, TAG, required=required)


def test_an_answer_is_enough(forge: ForgeScene) -> None:
    assert Done("it answers") == ask(forge, required=True).probe(forge.world)
    assert [] == forge.changes()


def test_no_answer_stops_who_must_have_a_page(forge: ForgeScene) -> None:
    forge.github.go_down()
    state = ask(forge, required=True).probe(forge.world)

    assert isinstance(state, Blocked)
    assert "forge-unreachable" == state.error.code


def test_everybody_else_goes_on_and_hears_of_it(forge: ForgeScene) -> None:
    forge.github.go_down()
    step = ask(forge)
    state = step.probe(forge.world)

    assert isinstance(state, Todo)
    assert state.detail.endswith("it is asked again after the upload")
    step.apply(forge.world, forge.run)
    assert "the packages are released anyway" in forge.screen.notes[-1]


@pytest.mark.parametrize("required", [False, True])
def test_a_token_that_has_expired_stops_everybody(forge: ForgeScene, *, required: bool) -> None:
    """The tag would promise a page that this token can never make."""
    forge.github.fail("401-before", times=9)
    state = ask(forge, required=required).probe(forge.world)

    assert isinstance(state, Blocked)
    assert (
        "forge-forbids",
        "The token in GH_ENTERPRISE_TOKEN has expired, was revoked, or was not copied as a whole.",
    ) == (state.error.code, state.error.hint)


def test_a_repository_that_the_token_does_not_see_stops_everybody(forge: ForgeScene) -> None:
    place = replace(forge.page.place, repo="renamed")
    state = replace(ask(forge), place=place).probe(forge.world)

    assert isinstance(state, Blocked)
    assert f"{place.name} shows no repository acme/renamed to this token" == str(state.error)


def test_offline_nobody_is_asked(forge: ForgeScene) -> None:
    offline = replace(forge.world, offline=True)

    assert Todo(f"{forge.page.place.name} was not asked") == ask(forge).probe(offline)
