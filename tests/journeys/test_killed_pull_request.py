"""
A release pull request whose run is killed, at every single thing it does to the world.

A second run ends where an undisturbed one does, to the last commit id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from releasio.rules.proposal.state_block import without_block
from tests.journeys.forge_stage import BRANCH, forge_stage
from tests.journeys.undisturbed import KILLED, KILLER

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.program import Run
    from tests.fakes.templates import Templates
    from tests.journeys.forge_stage import ForgeStage

PARTS = 12  # the points are dealt out to so many tests, which can run side by side
PORT = re.compile(r"127\.0\.0\.1:\d+")
MOST = 400  # points; a run has fewer


def opened(_: ForgeStage) -> None:
    """Nothing was there before."""


def updated(stage: ForgeStage) -> None:
    """One is open that somebody edited, and main went on."""
    run = stage.propose()
    assert 0 == run.code, run.err
    stage.edit(**{"CHANGELOG.md": ("- a first mistake\n", "- a mistake of everybody\n")})
    stage.push("feat: a third thing", **{"src/demo/third.py": ""})


def outcome(stage: ForgeStage) -> dict[str, object]:
    """Return what is public, and what is here besides."""
    return {
        "pulls": [
            (pull.number, pull.state, pull.title, pull.body, pull.labels)
            for pull in stage.github.state.pulls
        ],
        "branch": stage.remote.git("log", "--format=%an %s", f"main..{BRANCH}"),
        "files": PORT.sub("", stage.on_branch("CHANGELOG.md") + stage.on_branch("pyproject.toml")),
        "refs": stage.repo.git("for-each-ref", "refs/heads", "refs/tags", "refs/releasio"),
        "status": stage.repo.git("status", "--porcelain"),
        "trees": len(stage.repo.git("worktree", "list").splitlines()),
    }


def run_once(
    folder: Path, templates: Templates, before: Callable[[ForgeStage], None]
) -> dict[str, object]:
    for stage in forge_stage(folder, templates):
        before(stage)
        run = stage.propose()
        assert 0 == run.code, run.err
        result = outcome(stage)
    return result


def killed_at(stage: ForgeStage, point: int, killer: Path, log: Path) -> Run:
    driver = (str(killer), str(point), str(log))
    return stage.stage.run("release-pr", "--execute", driver=driver)


@pytest.mark.journey
@pytest.mark.parametrize("before", [opened, updated])
@pytest.mark.parametrize("part", range(PARTS))
def test_ends_as_if_nobody_had_killed_it(
    part: int,
    before: Callable[[ForgeStage], None],
    tmp_path: Path,
    templates: Templates,
    request: pytest.FixtureRequest,
) -> None:
    killer = request.config.rootpath / KILLER
    expected = without_ports(run_once(tmp_path / "whole", templates, before))
    wrong: list[str] = []
    killed_runs = 0
    for point in range(1 + part, MOST, PARTS):
        for stage in forge_stage(tmp_path / str(point), templates):
            before(stage)
            first = killed_at(stage, point, killer, tmp_path / "log")
            is_killed = first.code in KILLED
            again = stage.propose()
            result = without_ports(outcome(stage))
            if again.code:
                wrong.append(f"point {point}: {again.err}")
            wrong += [
                f"point {point}: {key}: {result[key]} for {expected[key]}"
                for key in expected
                if result[key] != expected[key]
            ]
        if not is_killed:
            break
        killed_runs += 1

    assert killed_runs
    assert not wrong, "\n".join(wrong)


def without_ports(result: dict[str, object]) -> dict[str, object]:
    """Leave out the index's port, and the block with all that depends on it."""
    return {key: value for key, value in result.items() if key != "pulls"} | {
        "pulls": [
            (*pull[:3], PORT.sub("", without_block(pull[3] or "")), pull[4])
            for pull in result["pulls"]  # type: ignore[attr-defined] # a list of tuples
        ]
    }
