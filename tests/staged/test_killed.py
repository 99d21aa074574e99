"""A stage that is killed, anywhere: run again it ends where an undisturbed one does."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.fakes.repository import Repository
from tests.journeys.moments import KILLER, Moments
from tests.staged.jobs import Jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.fakes.templates import Templates

PARTS = 6  # points are dealt out to so many tests
EVERY = 2  # point is one to be killed at; most of them are writes of the same file


def outcome(jobs: Jobs, clone: Repository) -> dict[str, object]:
    """Return what a stage leaves, for others and in its own clone."""
    bundle = clone.path / "dist/releasio.bundle"
    built = (path for path in (clone.path / "dist").iterdir() if path != bundle)
    return {
        "public": jobs.state(),
        "refs": clone.git("for-each-ref"),
        "status": clone.git("status", "--porcelain"),
        "bundle": clone.git("bundle", "list-heads", str(bundle)),
        "files": {path.name: path.read_bytes() for path in built if path.is_file()},
    }


def clone_for(jobs: Jobs, stage: str, name: str = "job") -> Repository:
    artefacts = {"prepare": (), "build": (jobs.prepared,)}
    return jobs.clone(name, *artefacts.get(stage, (jobs.prepared, jobs.built)))


class Watched(NamedTuple):
    """A stage that nobody kills, in *clone*; what it leaves wherever it may be, and at its end."""

    stage: str
    jobs: Jobs
    clone: Repository
    moments: Moments
    end: dict[str, object]


@pytest.fixture(scope="module", params=["prepare", "build", "publish"])
def watched(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, templates: Templates
) -> Iterator[Watched]:
    folder = tmp_path_factory.mktemp("watched") / "run"
    with EmbeddedIndex() as index:
        jobs = Jobs.of(Repository.create(folder / "repo"), templates, index)
        clone = clone_for(jobs, request.param)
        moments = Moments(folder, [index])
        run = moments.watch(
            partial(jobs.run, clone, request.param), request.config.rootpath / KILLER
        )
        assert 0 == run.code, run.err
        yield Watched(request.param, jobs, clone, moments, outcome(jobs, clone))


@pytest.mark.parametrize("part", range(PARTS))
def test_ends_as_if_nobody_had_killed_it(part: int, watched: Watched) -> None:
    jobs, stage, wrong = watched.jobs, watched.stage, []
    for number, point in [*enumerate(watched.moments.distinct[::EVERY])][part::PARTS]:
        watched.moments.put_back(point)
        fresh = stage == "publish" and number % 2
        clone = clone_for(jobs, stage, "again") if fresh else watched.clone
        again = jobs.run(clone, stage)
        end, expected = outcome(jobs, clone), watched.end
        if fresh:  # its branch stays behind a release that was finished before
            end, expected = names_of_refs(end), names_of_refs(expected)
        if again.code or end != expected:
            other = [key for key in end if end[key] != expected[key]]
            wrong.append(f"{stage}, point {point}: {again.code} {again.err} {other}")

    assert not wrong, "\n".join(wrong)


def names_of_refs(outcome: dict[str, object]) -> dict[str, object]:
    return {**outcome, "refs": [line.split()[-1] for line in str(outcome["refs"]).splitlines()]}
