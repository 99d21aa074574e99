"""A release that one machine began and another, with nothing but the repository, finishes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.rules.contents.tag_message import tag_message

if TYPE_CHECKING:
    from tests.journeys.stage import Stage

WHEEL, SDIST = "demo-0.1.1-py3-none-any.whl", "demo-0.1.1.tar.gz"


@pytest.fixture
def begun(stage: Stage) -> Stage:
    """The wheel is on the index, the sdist was refused; and this is another machine's clone."""
    stage.index.fail(on="upload", how="400-before", after=1)
    assert 1 == stage.run("release", "-x").code
    assert {WHEEL} == set(stage.index.files("demo"))
    return stage.elsewhere("another")


def downloads(stage: Stage) -> list[str]:
    return [r.path.rpartition("/")[2] for r in stage.index.log if r.kind == "file"]


class TestTheRest:
    def test_is_built_and_uploaded(self, begun: Stage) -> None:
        run = begun.run("release", "-x")

        assert (0, {WHEEL, SDIST}) == (run.code, set(begun.index.files("demo"))), run.err

    def test_what_is_there_is_taken_from_there_and_not_sent_again(self, begun: Stage) -> None:
        before = begun.index.files("demo")[WHEEL]
        run = begun.run("release", "-x")

        assert "[x] take the files of the release that are on 127.0.0.1" in run.out
        assert [WHEEL] == downloads(begun)
        assert [before] == [
            sha256 for name, sha256 in begun.index.files("demo").items() if name == WHEEL
        ]

    def test_the_preview_says_so(self, begun: Stage) -> None:
        run, details = begun.run("release"), begun.run("release", "--verbose")

        assert "[ ] take what is on the index already, run hook build" in run.out
        assert " 1 of 2 files\n" in run.out
        assert "[ ] take the files of the release that are on 127.0.0.1" in details.out
        assert "  (1 of 2 files)\n" in details.out
        assert [] == downloads(begun)

    def test_must_be_what_the_tag_names_though_what_is_there_need_not_be_built_alike(
        self, begun: Stage
    ) -> None:
        run = begun.run("release", "-x", QUICK_MARK="another build")

        assert 4 == run.code
        assert f"{WHEEL} built here is not the one on the index, which stays" in run.out
        assert f"{SDIST} has sha256 " in run.err
        assert f"{WHEEL} has" not in run.err

    def test_a_download_that_breaks_off_begins_again(self, begun: Stage) -> None:
        begun.index.fail(on="file", how="reset-middle")
        run = begun.run("release", "-x")

        assert (0, {WHEEL, SDIST}) == (run.code, set(begun.index.files("demo"))), run.err


class TestOtherBytesOnTheIndex:
    def test_are_told_before_anything_is_built(self, begun: Stage) -> None:
        there = begun.index.files("demo")[WHEEL]
        forged = tag_message("v0.1.1", {WHEEL: "0" * 64, SDIST: "1" * 64})
        begun.repo.git("tag", "-af", "v0.1.1", "-m", forged)
        begun.repo.git("push", "-qf", "origin", "v0.1.1")
        run = begun.run("release", "-x")

        assert 4 == run.code
        assert f"has sha256 {there}, the release's tag names {'0' * 64}" in run.err
        assert "::group::build" not in run.out

    def test_a_name_alone_does_not_make_a_release_complete(self, stage: Stage) -> None:
        stage.run("release", "-x")
        forged = tag_message("v0.1.1", {WHEEL: "0" * 64})
        stage.repo.git("tag", "-af", "v0.1.1", "-m", forged)
        stage.repo.git("push", "-qf", "origin", "v0.1.1")
        run = stage.elsewhere("another").run("release", "-x")

        assert (4, True) == (run.code, "(releasio explain file-differs)" in run.err)
