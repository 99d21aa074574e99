"""Releases to an index that is asked before anything is public."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.embedded.index import EmbeddedIndex
from tests.fakes.index import Clock
from tests.journeys.in_process import TAG, Closed, InProcess, take_up, write_template

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked") / "template"
    write_template(folder)
    return folder


@pytest.fixture
def release(template: Path, tmp_path: Path) -> Iterator[InProcess]:
    clock = Clock()
    with EmbeddedIndex(clock=clock) as index:
        folder = template.with_name(tmp_path.name)
        made = take_up(template, folder, index, Closed(port=9), clock)
        made.questions = True
        yield made
        shutil.rmtree(folder, ignore_errors=True)


def trail(release: InProcess) -> list[str]:
    """Return what the index was sent, in order; `question` is an upload that it must refuse."""
    posted = [request for request in release.index.log if request.method == "POST"]
    return [
        "question" if request.filename == "probe.invalid" else request.kind for request in posted
    ]


class TestRelease:
    def test_that_the_index_has_no_objection_to_goes_on(self, release: InProcess) -> None:
        run = release.run()

        assert "ok" == str(run)
        assert ["mint", "question", *["upload"] * 3, "burn"] == trail(release)
        assert release.files() == release.index.files("demo")
        assert release.finished() == release.public()

    def test_that_it_would_refuse_leaves_no_tag_on_the_remote(self, release: InProcess) -> None:
        before = release.state()
        token = release.index.user_token(owner="somebody")
        release.env.update(RELEASIO_TOKEN=token, RELEASIO_PUBLISH_TRUSTED_PUBLISHING="false")
        run = release.run()

        assert "credential-would-be-refused 5" == str(run)
        assert before == release.state()
        assert ["question"] == trail(release)
        assert not run.leaked()

    def test_that_it_would_refuse_is_released_by_the_same_command_later(
        self, release: InProcess
    ) -> None:
        release.index.fail(on="upload", how="uploads-off")

        assert "would-be-refused 4" == str(release.run())
        assert ["mint", "question", "burn"] == trail(release)
        assert "ok" == str(release.run_again())
        assert release.finished() == release.public()

    @pytest.mark.parametrize("how", ["503-before", "429", "reset-before", "html", "400-before"])
    def test_goes_on_where_the_index_could_not_be_asked(self, release: InProcess, how: str) -> None:
        release.index.fail(on="upload", how=how)
        run = release.run()

        assert "ok" == str(run)
        # what goes wrong before the form is read is on record without its file name
        assert ["mint", *["upload"] * 4, "burn"] == trail(release)
        assert "could not be asked: " in run.said
        assert release.finished() == release.public()

    def test_stops_where_it_takes_what_nobody_takes(self, release: InProcess) -> None:
        before = release.state()
        release.index.fail(on="upload", how="html-200")
        run = release.run()

        assert "question-taken 4" == str(run)
        assert before == release.state()
        assert ["mint", "upload", "burn"] == trail(release)

    def test_of_a_pending_publisher_with_another_name_leaves_no_tag(
        self, template: Path, tmp_path: Path
    ) -> None:
        with EmbeddedIndex(clock=Clock()) as index:
            folder = template.with_name(f"{tmp_path.name}-pending")
            made = take_up(template, folder, index, Closed(port=9), Clock(), trusted=False)
            made.questions = True
            index.expect("demo-typo", repository="acme/demo", workflow="release.yml")
            run = made.run()
            public = made.public()
            shutil.rmtree(folder, ignore_errors=True)

        assert "would-be-refused 4" == str(run)
        assert "names another project than demo" in run.hints[0]
        assert f"refs/tags/{TAG}" not in public

    def test_is_not_asked_about_where_the_setting_says_so(self, release: InProcess) -> None:
        release.env["RELEASIO_PUBLISH_ASK_FIRST"] = "false"

        assert "ok" == str(release.run())
        assert "question" not in trail(release)

    def test_asks_no_index_of_which_nothing_is_known(self, release: InProcess) -> None:
        release.questions = False
        release.env["RELEASIO_PUBLISH_ASK_FIRST"] = "true"

        assert "ok" == str(release.run())
        assert "question" not in trail(release)

    def test_that_is_to_be_finished_is_not_asked_about(self, release: InProcess) -> None:
        release.index.fail(on="upload", how="400-before", after=2)
        first = release.run()
        second = release.run_again()

        assert ("upload-refused 1", "ok") == (str(first), str(second))
        assert 1 == trail(release).count("question")
