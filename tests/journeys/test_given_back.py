"""What becomes of the token that a run minted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.world.git_fixtures import hook

if TYPE_CHECKING:
    from tests.journeys.stage import Stage


def trail(stage: Stage) -> list[str]:
    """Return the kinds of requests that are about the token or change the index, in order."""
    kinds = [request.kind for request in stage.index.log if request.method == "POST"]
    return [kind for kind in kinds if kind in {"mint", "upload", "burn"}]


def test_it_is_given_back_after_the_uploads(stage: Stage) -> None:
    run = stage.run("release", "--execute")

    assert 0 == run.code, run.err
    assert ["mint", "upload", "upload", "burn"] == trail(stage)
    assert 202 == next(request for request in stage.index.log if request.kind == "burn").status


def test_it_is_given_back_when_the_push_is_refused(stage: Stage) -> None:
    hook(stage.remote.path, "pre-receive", "raise SystemExit(1)\n")
    run = stage.run("release", "--execute")

    assert 0 != run.code
    assert ["mint", "burn"] == trail(stage)


def test_a_preview_mints_nothing(stage: Stage) -> None:
    for words in (("check",), ("release",)):
        assert 0 == stage.run(*words).code

    assert [] == trail(stage)


def test_nothing_is_minted_while_something_is_in_the_way(stage: Stage) -> None:
    stage.index.expect("demo", repository="acme/demo", workflow="release.yml")
    stage.repo.write("VERSION", "not committed")
    stage.repo.git("add", "VERSION")
    run = stage.run("release", "--execute")

    assert 0 != run.code
    assert [] == trail(stage)
