"""What a run that nobody kills leaves, to compare with where killed ones end."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from tests.embedded.index import EmbeddedIndex
from tests.fakes.repository import Repository
from tests.journeys.moments import Moments
from tests.journeys.stage import Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

KILLED = {-9, 137}


class Undisturbed(NamedTuple):
    """What a run that nobody kills does and leaves."""

    template: Path
    points: int
    start: dict[str, object]
    end: dict[str, object]


class Watched(NamedTuple):
    """A run that nobody kills, what it leaves wherever it may be, and at its end."""

    stage: Stage
    moments: Moments
    start: dict[str, object]
    end: dict[str, object]


def run_watched(folder: Path, killer: Path, templates: Templates, **env: str) -> Iterator[Watched]:
    """Release once in *folder*, with *env*."""
    with EmbeddedIndex() as index:
        stage = make_stage(folder / "run", index, templates)
        start = stage.state()
        moments = Moments(folder / "run", [index])
        run = moments.watch(partial(stage.run, "release", "--execute", **env), killer)
        assert 0 == run.code, run.err
        yield Watched(stage, moments, start, stage.state())


def stage_in(folder: Path, index: EmbeddedIndex) -> Stage:
    """Take up a copied stage with a new index."""
    repo, remote = Repository(folder / "repo"), Repository(folder / "remote.git")
    repo.git("remote", "set-url", "origin", str(remote.path))
    index.trust("demo", repository="acme/demo", workflow="release.yml")
    job = index.issuer.job(repository="acme/demo", workflow="release.yml", sha=repo.head)
    return Stage(repo, remote, index, {**job, "RELEASIO_PUBLISH_REGISTRY": index.upload_url})


def problems_after_kills(watched: Watched, points: Iterable[int], **env: str) -> Iterator[str]:
    """Run again after a kill at each of *points*, and yield where that ends otherwise."""
    for point in points:
        watched.moments.put_back(point)
        for problem in problems(watched, **env):
            yield f"point {point}: {problem}"


def problems(watched: Watched, **env: str) -> Iterator[str]:
    stage, start = watched.stage, watched.start
    left = stage.state()
    if left["remote"] == start["remote"] and left != start:
        yield f"left {_difference(left, start)} though nothing is public"
    again = stage.run("release", "--execute", **env)
    if again.code:
        yield f"the second run failed: {again.err}"
    end = stage.state()
    if end != watched.end:
        yield f"the second run ended with {_difference(end, watched.end)}"
    if stage.repo.git("for-each-ref", "refs/releasio"):
        yield "a private ref stayed"
    if len(stage.repo.git("worktree", "list").splitlines()) > 1:
        yield "a scratch work tree stayed"


def _difference(one: dict[str, object], other: dict[str, object]) -> str:
    return ", ".join(
        f"{key} {one[key]!r} for {other[key]!r}" for key in one if one[key] != other[key]
    )
