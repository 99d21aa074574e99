"""Workflows that are started on the new tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.rules.forge.place import ForgePlace
from releasio.steps.forge.dispatch import Dispatch
from releasio.steps.step import Blocked, Omitted, Todo
from tests.steps.forge.conftest import TAG

if TYPE_CHECKING:
    from tests.steps.forge.conftest import ForgeScene

GITLAB = ForgePlace("gitlab", "gitlab.com", "acme", "demo", "https://gitlab.com/api/v4")


def dispatch(forge: ForgeScene, *, is_public: bool = False) -> Dispatch:
    return Dispatch(forge.page.place, "docs.yml", TAG, is_public=is_public)


def test_starts_it_on_the_tag(forge: ForgeScene) -> None:
    forge.github.state.workflows = ("docs.yml",)
    step = dispatch(forge)

    assert f"start docs.yml on {TAG} on {forge.page.place.name}" == str(step)
    assert Todo() == step.probe(forge.world)
    assert step.apply(forge.world, forge.run) is None
    (run,) = forge.github.state.runs
    assert ("docs.yml", TAG) == (run.workflow, run.ref.removeprefix("refs/tags/"))
    assert [] == forge.run.postponed


def test_one_that_cannot_be_started_is_told_at_the_end(forge: ForgeScene) -> None:
    step = dispatch(forge)

    assert Omitted("it could not be started") == step.apply(forge.world, forge.run)
    (error,) = forge.run.postponed
    assert str(error).startswith(f"docs.yml was not started on {TAG}: ")
    assert f"gh workflow run docs.yml --ref {TAG}" == error.hint


def test_without_a_token_the_release_stops_in_time(forge: ForgeScene) -> None:
    without = replace(forge.world, env={"CI": "true"}, _forges={})
    before, after = (dispatch(forge, is_public=public).probe(without) for public in (False, True))

    assert isinstance(before, Blocked)
    assert "no-forge-token" == before.error.code
    assert isinstance(after, Omitted)


def test_other_forges_start_theirs_by_themselves(forge: ForgeScene) -> None:
    step = Dispatch(GITLAB, "docs.yml", TAG)

    assert Omitted("GitLab starts its pipelines by itself") == step.probe(forge.world)


def test_offline_nobody_is_asked(forge: ForgeScene) -> None:
    offline = replace(forge.world, offline=True)

    assert Todo(f"{forge.page.place.name} was not asked") == dispatch(forge).probe(offline)
