"""
A release pull request whose run is killed, at every single thing it does to the world.

A second run ends where an undisturbed one does, to the last commit id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.journeys.forge_stage import BRANCH, forge_stage
from tests.journeys.moments import KILLER, Moments

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.templates import Templates
    from tests.journeys.forge_stage import ForgeStage

PARTS = 12  # the points are dealt out to so many tests, which can run side by side


def opened(_: ForgeStage) -> None:
    """Nothing was there before."""


def updated(stage: ForgeStage) -> None:
    """One is open that somebody edited, and main went on."""
    run = stage.propose()
    assert 0 == run.code, run.err
    stage.edit(**{"CHANGELOG.md": ("- a first mistake\n", "- a mistake of everybody\n")})
    stage.push("feat: a third thing", **{"src/demo/third.py": ""})


class Watched(NamedTuple):
    """A run that nobody kills, what it leaves wherever it may be, and what at its end."""

    stage: ForgeStage
    moments: Moments
    end: dict[str, object]


def outcome(stage: ForgeStage) -> dict[str, object]:
    """Return what is public, and what is here besides."""
    return {
        "pulls": [
            (pull.number, pull.state, pull.title, pull.body, pull.labels)
            for pull in stage.github.state.pulls
        ],
        "branch": stage.remote.git("log", "--format=%an %s", f"main..{BRANCH}"),
        "files": stage.on_branch("CHANGELOG.md") + stage.on_branch("pyproject.toml"),
        "refs": stage.repo.git("for-each-ref", "refs/heads", "refs/tags", "refs/releasio"),
        "status": stage.repo.git("status", "--porcelain"),
        "trees": len(stage.repo.git("worktree", "list").splitlines()),
    }


@pytest.fixture(scope="module", params=[opened, updated])
def watched(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, templates: Templates
) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched") / "run"
    for stage in forge_stage(folder, templates):
        request.param(stage)
        moments = Moments(folder, [stage.stage.index, stage.github])
        run = moments.watch(stage.propose, request.config.rootpath / KILLER)
        assert 0 == run.code, run.err
        yield Watched(stage, moments, outcome(stage))


@pytest.mark.parametrize("part", range(PARTS))
def test_ends_as_if_nobody_had_killed_it(part: int, watched: Watched) -> None:
    stage, wrong = watched.stage, []
    for point in watched.moments.distinct[part::PARTS]:
        watched.moments.put_back(point)
        again = stage.propose()
        end = outcome(stage)
        if again.code:
            wrong.append(f"point {point}: {again.err}")
        wrong += [
            f"point {point}: {key}: {end[key]} for {watched.end[key]}"
            for key in end
            if end[key] != watched.end[key]
        ]

    assert not wrong, "\n".join(wrong)
