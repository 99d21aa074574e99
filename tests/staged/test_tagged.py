"""A release that a tag began: the job that builds says neither the tag nor the commit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program
from tests.staged.jobs import PUBLISHER

if TYPE_CHECKING:
    from tests.cli.program import Run
    from tests.fakes.repository import Repository
    from tests.staged.jobs import Jobs

TAG = "v0.1.0"


def publish_with_record(jobs: Jobs, checkout: Repository, **values: str) -> Run:
    """Build and publish in a job that the tag began; in between the record gets *values*."""
    assert jobs.index
    jobs.index.trust("demo", **PUBLISHER)
    identity = jobs.index.issuer.job(**PUBLISHER, ref=f"refs/tags/{TAG}", sha=checkout.head)
    program = Program(checkout.path, {**jobs.env, **identity})
    build = program("build", "--execute")
    assert not build.code, build.err
    path = checkout.path / "dist/releasio.json"
    record = {**json.loads(path.read_text(encoding="utf-8")), **values}
    path.write_text(json.dumps(record), encoding="utf-8")
    return program("publish", "--execute")


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"tag": "v9.9.9"}, "its tag v9.9.9 is not of version 0.1.0"),
        ({"tag": "v0.1.0.0"}, "as v0.1.0.0, and {} is released as v0.1.0"),
        ({"commit": "that of main"}, "as v0.1.0, and {} is released as v0.1.0"),
    ],
)
def test_what_a_build_says_of_tag_and_commit_is_not_believed(
    jobs: Jobs, values: dict[str, str], message: str
) -> None:
    checkout = jobs.clone("tagged")
    checkout.git("checkout", "--quiet", "--detach", TAG)
    if "commit" in values:
        values = {"commit": checkout.git("rev-parse", "origin/main")}
    before = jobs.state()
    run = publish_with_record(jobs, checkout, **values)

    assert before == jobs.state()
    assert 4 == run.code, run.err
    assert message.format(checkout.head[:8]) in run.err


def test_what_was_built_of_the_tag_is_published(jobs: Jobs) -> None:
    checkout = jobs.clone("tagged")
    checkout.git("checkout", "--quiet", "--detach", TAG)
    run = publish_with_record(jobs, checkout)

    assert 0 == run.code, run.err
    assert jobs.index
    assert {"demo-0.1.0-py3-none-any.whl", "demo-0.1.0.tar.gz"} == set(jobs.index.files("demo"))
