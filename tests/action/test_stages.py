"""The action's own steps release a project in three jobs, of which the last alone may publish."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.action.runner import Runner
from tests.embedded.index import EmbeddedIndex
from tests.staged.jobs import PUBLISHER, Jobs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.action.runner import Result
    from tests.fakes.repository import Repository
    from tests.fakes.templates import Templates


@pytest.fixture
def jobs(repo: Repository, templates: Templates) -> Iterator[Jobs]:
    with EmbeddedIndex() as index:
        yield Jobs.of(repo, templates, index)


def run(jobs: Jobs, stage: str, prepared: dict[str, str], *artefacts: Path) -> tuple[Result, Path]:
    """Run one job with *artefacts* downloaded; return how it ended, and its dist folder."""
    assert jobs.index
    clone = jobs.clone(stage, *artefacts)
    temp = jobs.folder / f"temp-{stage}"
    temp.mkdir()
    identity = jobs.index.issuer.job(**PUBLISHER, ref="refs/heads/main", sha=jobs.started)
    runner = Runner(
        clone.path,
        temp,
        env={
            **(identity if stage == "publish" else {}),
            "RELEASIO_PUBLISH_REGISTRY": jobs.index.upload_url,
        },
        done={"install": {"python": Path(sys.executable).as_posix()}},
    )
    inputs = {name: prepared.get(name, "") for name in ("commit", "tag")}
    result = runner.run({"command": "release", "stage": stage, **inputs})
    assert not result.code, result.log
    return result, clone.path / "dist"


@pytest.mark.journey
def test_three_jobs_release(jobs: Jobs) -> None:
    prepare, prepared = run(jobs, "prepare", {})
    commit = prepare.outputs["commit"]
    build, built = run(jobs, "build", prepare.outputs, prepared)
    (built / "releasio.bundle").unlink()
    shutil.rmtree(jobs.folder / "build/.git")  # nothing but the artefact goes on
    publish, _ = run(jobs, "publish", prepare.outputs, prepared, built)

    results = (prepare, build, publish)
    assert ["0.1.1"] * 3 == [result.outputs["version"] for result in results]
    assert ["false", "false", "true"] == [result.outputs["released"] for result in results]
    assert commit == build.outputs["commit"] == jobs.remote.git("rev-parse", "v0.1.1^{commit}")
    assert "## Prepared demo 0.1.1 as v0.1.1; nothing is public." in prepare.summary
    assert "| `demo-0.1.1.tar.gz` | " in build.summary
    assert "## Released demo 0.1.1 as v0.1.1." in publish.summary
