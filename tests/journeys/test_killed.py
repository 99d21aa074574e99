"""
A release that is killed, at every single thing it does to the world.

Before the push nothing may have happened; after it, running again finishes.
Either way a second run ends where an undisturbed one does, to the last commit id.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.journeys.undisturbed import (
    KILLER,
    Undisturbed,
    problems_after_kills,
    run_undisturbed,
    stage_in,
)
from tests.sampled import sampled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

LAST = 18  # of the points; most of them are after the push
PARTS = 24  # the points are dealt out to so many tests, which can run side by side


@pytest.fixture(scope="module")
def undisturbed(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, templates: Templates
) -> Iterator[Undisturbed]:
    folder = tmp_path_factory.mktemp("undisturbed")
    yield from run_undisturbed(folder, request.config.rootpath / KILLER, templates)


@pytest.mark.parametrize("part", sampled(range(PARTS), PARTS))
def test_ends_as_if_nobody_had_killed_it(
    part: int, undisturbed: Undisturbed, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    killer, points = (
        request.config.rootpath / KILLER,
        range(1 + part, undisturbed.points + 1, PARTS),
    )
    wrong = [*problems_after_kills(undisturbed, points, killer, tmp_path)]

    assert not wrong, "\n".join(wrong)


def test_no_point_comes_after_the_last(
    undisturbed: Undisturbed, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """Else what the last points do would never be cut short."""
    killer = str(request.config.rootpath / KILLER)
    shutil.copytree(undisturbed.template, tmp_path / "run")
    with EmbeddedIndex() as index:
        stage = stage_in(tmp_path / "run", index)
        beyond = str(undisturbed.points + 1)
        run = stage.run("release", "--execute", driver=(killer, beyond, str(tmp_path / "log")))

        assert (0, undisturbed.end) == (run.code, stage.state()), run.err


@pytest.mark.journey
@pytest.mark.parametrize("tags", ["with tags", "without tags"])
def test_the_same_job_run_again_ends_there_too(
    tags: str, undisturbed: Undisturbed, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """CI begins again where it began: in a new clone, at the commit before the release commit."""
    killer = str(request.config.rootpath / KILLER)
    public = []
    for point in range(undisturbed.points - LAST + (tags == "with tags"), undisturbed.points, 2):
        folder = tmp_path / str(point)
        shutil.copytree(undisturbed.template, folder)
        with EmbeddedIndex() as index:
            stage = stage_in(folder, index)
            begun = stage.repo.head
            stage.run("release", "--execute", driver=(killer, str(point), str(tmp_path / "log")))
            if stage.state()["remote"] == undisturbed.start["remote"]:
                continue
            job = stage.elsewhere("job")
            job.repo.git("reset", "--quiet", "--hard", begun)
            if tags == "without tags":
                job.repo.git("tag", "--delete", *job.repo.git("tag").split())
            again = job.run("release", "--execute")
            assert 0 == again.code, (point, again.err)
            public.append((job.state()["remote"], job.state()["index"]))
        shutil.rmtree(folder, ignore_errors=True)

    assert len(public) > LAST // 4
    assert {str((undisturbed.end["remote"], undisturbed.end["index"]))} == set(map(str, public))
