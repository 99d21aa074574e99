"""What a run that nobody kills leaves, to compare with where killed ones end."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, NamedTuple

from tests.embedded.index import EmbeddedIndex
from tests.fakes.repository import Repository
from tests.journeys.stage import Stage, make_stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from tests.fakes.templates import Templates

KILLER = "tests/journeys/killer.py"
KILLED = {-9, 137}


class Undisturbed(NamedTuple):
    """What a run that nobody kills does and leaves."""

    template: Path
    points: int
    start: dict[str, object]
    end: dict[str, object]


def run_undisturbed(
    folder: Path, killer: Path, templates: Templates, **env: str
) -> Iterator[Undisturbed]:
    """Release once in *folder*, with *env*, and count what it does to the world."""
    with EmbeddedIndex() as index:
        stage = make_stage(folder / "template", index, templates)
        start = stage.state()
        shutil.copytree(folder / "template", folder / "run")
        stage = stage_in(folder / "run", index)
        run = stage.run(
            "release", "--execute", driver=(str(killer), "0", str(folder / "log")), **env
        )
        assert 0 == run.code, run.err
        points = (folder / "log").read_text(encoding="utf-8").count("\n")
        yield Undisturbed(folder / "template", points, start, stage.state())


def stage_in(folder: Path, index: EmbeddedIndex) -> Stage:
    """Take up a copied stage with a new index."""
    repo, remote = Repository(folder / "repo"), Repository(folder / "remote.git")
    repo.git("remote", "set-url", "origin", str(remote.path))
    index.trust("demo", repository="acme/demo", workflow="release.yml")
    job = index.issuer.job(repository="acme/demo", workflow="release.yml", sha=repo.head)
    return Stage(repo, remote, index, {**job, "RELEASIO_PUBLISH_REGISTRY": index.upload_url})


def problems_after_kills(
    undisturbed: Undisturbed, points: Iterable[int], killer: Path, folder: Path, **env: str
) -> Iterator[str]:
    """Kill one run at each of *points*, run again, and yield where that ends otherwise."""
    for point in points:
        place = folder / str(point)
        shutil.copytree(undisturbed.template, place)
        with EmbeddedIndex() as index:
            stage = stage_in(place, index)
            driver = (str(killer), str(point), str(folder / "log"))
            killed = stage.run("release", "--execute", driver=driver, **env)
            assert killed.code in KILLED, (point, killed)
            for problem in problems(stage, undisturbed, **env):
                yield f"point {point}: {problem}"
        shutil.rmtree(place, ignore_errors=True)


def problems(stage: Stage, undisturbed: Undisturbed, **env: str) -> Iterator[str]:
    left = stage.state()
    if left["remote"] == undisturbed.start["remote"] and left != undisturbed.start:
        yield f"left {_difference(left, undisturbed.start)} though nothing is public"
    again = stage.run("release", "--execute", **env)
    if again.code:
        yield f"the second run failed: {again.err}"
    end = stage.state()
    if end != undisturbed.end:
        yield f"the second run ended with {_difference(end, undisturbed.end)}"
    if stage.repo.git("for-each-ref", "refs/releasio"):
        yield "a private ref stayed"
    if len(stage.repo.git("worktree", "list").splitlines()) > 1:
        yield "a scratch work tree stayed"


def _difference(one: dict[str, object], other: dict[str, object]) -> str:
    return ", ".join(
        f"{key} {one[key]!r} for {other[key]!r}" for key in one if one[key] != other[key]
    )
