"""A release that lacks what the one before has is stopped while nothing is public."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.stage import QUICK

if TYPE_CHECKING:
    from tests.journeys.stage import Stage


def test_a_wheel_that_is_missing_stops_the_release_before_the_push(stage: Stage) -> None:
    first = stage.run("release", "--execute")
    stage.repo.commit(
        "fix: forget the wheel",
        **{"inline/quick.py": QUICK.replace('inline_backend.build_wheel("dist")\n', "")},
    )
    before = stage.state()
    stopped = stage.run("release", "--execute")
    after = stage.state()
    meant = stage.run("release", "--execute", RELEASIO_PUBLISH_ALLOW_FEWER_FILES="true")

    assert (0, 4, 0) == (first.code, stopped.code, meant.code), (stopped, meant)
    assert "lacks what 0.1.1 has: every wheel" in " ".join(stopped.err.split())
    assert before == after
    assert "this release lacks every wheel, which 0.1.1 has" in " ".join(meant.out.split())
    assert "demo-0.1.2.tar.gz" in stage.index.files("demo")
