"""A stage that is killed, anywhere: run again it ends where an undisturbed one does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.embedded.index import EmbeddedIndex
from tests.fakes.repository import Repository
from tests.journeys.moments import KILLER
from tests.journeys.undisturbed import KILLED
from tests.staged.jobs import PUBLISHER, Jobs

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.templates import Templates

PARTS = 6  # points are dealt out to so many tests
STEP = 18  # of the points; most of them are reads and writes of the same file


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


def killed(jobs: Jobs, clone: Repository, stage: str, killer: str, point: int) -> int:
    """Run a stage that is killed at *point*; return how it ended."""
    assert jobs.index
    identity = jobs.index.issuer.job(**PUBLISHER, ref="refs/heads/main", sha=jobs.started)
    env = {**jobs.env, **(identity if stage == "publish" else {})}
    driver = (killer, str(point), str(clone.path.with_name("log")))
    program = Program(clone.path, env, driver)
    return program("release", "--stage", stage, "--execute").code


@pytest.mark.journey
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("stage", ["prepare", "build", "publish"])
def test_ends_as_if_nobody_had_killed_it(
    stage: str,
    part: int,
    repo: Repository,
    templates: Templates,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    killer = str(request.config.rootpath / KILLER)
    with EmbeddedIndex() as index:
        start = Jobs.of(repo, templates, index)
        clone = clone_for(start, stage)
        assert 0 == killed(start, clone, stage, killer, 0)
        expected = outcome(start, clone)
    points = clone.path.with_name("log").read_text(encoding="utf-8").count("\n")
    wrong = []
    for point in range(1 + part * (STEP // PARTS), points + 1, STEP):
        with EmbeddedIndex() as index:
            jobs = Jobs.of(Repository.create(tmp_path / str(point) / "repo"), templates, index)
            clone = clone_for(jobs, stage)
            code = killed(jobs, clone, stage, killer, point)
            fresh = stage == "publish" and point % 2
            clone = clone_for(jobs, stage, "again") if fresh else clone
            again = jobs.run(clone, stage)
            if code not in KILLED or again.code or same(expected) != same(outcome(jobs, clone)):
                wrong.append(f"{stage}, point {point}: {code}, then {again.code} {again.err}")

    assert not wrong, "\n".join(wrong)


def same(found: dict[str, object]) -> dict[str, object]:
    """Return what must be the same: the tag names the index, which is another in each run."""
    refs, files = found["public"]  # type: ignore[misc] # as `Jobs.state` has it
    names = [line.split()[-1] for line in f"{refs}\n{found['refs']}".splitlines()]
    return {**found, "public": files, "refs": names}
