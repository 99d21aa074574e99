"""
A release that is killed, at every single thing it does to the world.

Before the push nothing may have happened; after it, running again finishes.
Either way a second run ends where an undisturbed one does, to the last commit id.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.journeys.moments import KILLER, names_below
from tests.journeys.undisturbed import KILLED, Watched, problems_after_kills, run_watched

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

LAST = 18  # of the points; most of them are after the push
PARTS = 24  # the points are dealt out to so many tests, which can run side by side
SHARES = (0.9, 0.05, 0.3, 0.5, 0.7)  # of the points; where nothing is on its way to the index
BY_CHANCE = re.compile(r"(?<=[-/.])(releasio-)?[0-9a-z_]{8,16}(?=/|$)")  # temporary names


@pytest.fixture(scope="module")
def watched(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, templates: Templates
) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched")
    yield from run_watched(folder, request.config.rootpath / KILLER, templates)


@pytest.mark.parametrize("part", range(PARTS))
def test_ends_as_if_nobody_had_killed_it(part: int, watched: Watched) -> None:
    wrong = [*problems_after_kills(watched, watched.moments.distinct[part::PARTS])]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("share", SHARES)
def test_a_run_that_is_killed_leaves_what_was_copied(
    share: float, watched: Watched, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    moments, killer = watched.moments, str(request.config.rootpath / KILLER)
    point = moments.distinct[int(len(moments.distinct) * share)]
    moments.put_back(point)
    expected = left_behind(watched)
    moments.put_back(1)
    driver = (killer, str(point), str(tmp_path / "log"))
    temporary = str(moments.folder / "temporary")
    killed = watched.stage.run("release", "--execute", driver=driver, TMPDIR=temporary)

    assert killed.code in KILLED, killed
    assert expected == left_behind(watched)


def left_behind(watched: Watched) -> tuple[dict[str, object], list[str]]:
    """Return what there is, files by their names alone: some name others, or a process."""
    names = names_below(watched.moments.folder)
    return watched.stage.state(), sorted(BY_CHANCE.sub("CHANCE", name) for name in names)


@pytest.mark.parametrize("tags", ["with tags", "without tags"])
def test_the_same_job_run_again_ends_there_too(tags: str, watched: Watched) -> None:
    """CI begins again where it began: in a new clone, at the commit before the release commit."""
    stage, moments = watched.stage, watched.moments
    moments.put_back(1)
    begun = stage.repo.head
    public = []
    for point in moments.distinct[-LAST + (tags == "with tags") :: 2]:
        moments.put_back(point)
        if stage.state()["remote"] == watched.start["remote"]:
            continue
        job = stage.elsewhere("job")
        job.repo.git("reset", "--quiet", "--hard", begun)
        if tags == "without tags":
            job.repo.git("tag", "--delete", *job.repo.git("tag").split())
        again = job.run("release", "--execute")
        assert 0 == again.code, (point, again.err)
        public.append((job.state()["remote"], job.state()["index"]))

    assert len(public) > LAST // 4
    assert {str((watched.end["remote"], watched.end["index"]))} == set(map(str, public))
