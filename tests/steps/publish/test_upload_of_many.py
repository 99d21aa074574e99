"""Many files of one release on their way, through real threads."""

from __future__ import annotations

import threading
from itertools import count
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.errors.base import Problems
from releasio.errors.index.answers import (
    DistributionUnreadable,
    IndexUnreachable,
    UploadForbidden,
    UploadRefused,
)
from releasio.errors.index.release import ReleaseClosed
from releasio.rules.credentials.credential import Credential
from releasio.rules.credentials.policy import Policy
from releasio.rules.credentials.secret import Secret
from releasio.rules.index.registry import PYPI
from releasio.steps.publish.delivery import Delivery
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Blocked, Done, Todo
from releasio.world.build.dist_folder import built_file
from releasio.world.run import Run
from tests.fakes.index import PRIVATE, FakeIndex, read_form
from tests.fakes.wheels import sdist, sha256, wheel
from tests.fakes.world import with_index
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from releasio.rules.index.registry import Registry
    from releasio.steps.step import State
    from tests.fakes.repository import Repository

SDIST = "demo-1.0.tar.gz"
MANY = [f"demo-1.0-{number}-py3-none-any.whl" for number in range(6)]


class TestSeveralAtOnce:
    """Through real threads, to an index that lets the test decide when it answers."""

    def test_the_first_file_is_alone_and_is_the_smallest_wheel(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd = Crowd(repo, tmp_path, parallel=4)

        assert MANY[0] == crowd.first()
        assert {*MANY, SDIST} == crowd.arrived()

    def test_as_many_as_are_wanted_are_under_way_after_it(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd = Crowd(repo, tmp_path, parallel=3, together=3)
        crowd.upload()

        assert {*MANY, SDIST} == crowd.arrived()

    def test_where_files_are_there_already_none_goes_alone(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd = Crowd(repo, tmp_path, parallel=3, together=3, alone=False)
        crowd.fake.list("demo", (SDIST, (crowd.folder / SDIST).read_bytes()))
        crowd.upload()

        assert set(MANY) == crowd.arrived()

    def test_no_further_file_is_begun_after_a_refusal(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd = Crowd(repo, tmp_path, parallel=1)
        crowd.fake.faults.clear()
        crowd.fake.fail("/legacy/", crowd.take, crowd.take, httpx.Response(400, text="No."))

        with pytest.raises(UploadRefused):
            crowd.upload()

        assert set(MANY[:2]) == crowd.arrived()

    def test_a_token_that_dies_in_the_middle_is_told_once(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd = Crowd(repo, tmp_path, parallel=3, together=3)
        crowd.refuse_after_the_first(lambda: httpx.Response(403, text="It is no more."))

        with pytest.raises(UploadForbidden) as caught:
            crowd.upload()

        assert (
            f"private refused 3 files, {MANY[1]}, {MANY[2]} and {MANY[3]} (403): It is no more."
        ) == str(caught.value)

    def test_an_index_that_falls_silent_is_told_once(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd = Crowd(repo, tmp_path, parallel=3, together=3)
        crowd.refuse_after_the_first(lambda: httpx.Response(503))

        with pytest.raises(IndexUnreachable):
            crowd.upload()

    def test_refusals_for_different_reasons_are_all_told(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd, number = Crowd(repo, tmp_path, parallel=2, together=2), count()
        crowd.refuse_after_the_first(lambda: httpx.Response(400, text=f"No {next(number)}."))

        with pytest.raises(Problems) as caught:
            crowd.upload()

        assert {"No 0.", "No 1."} == {str(one)[-5:] for one in caught.value.problems}

    def test_how_far_it_came_is_known(self, repo: Repository, tmp_path: Path) -> None:
        crowd = Crowd(repo, tmp_path, parallel=3, together=3)
        crowd.refuse_after_the_first(lambda: httpx.Response(403))

        with pytest.raises(UploadForbidden):
            crowd.upload()

        tally = crowd.run.uploads[crowd.fake.registry, "demo"]
        assert ([MANY[0]], [*MANY[1:], SDIST]) == (tally.there, tally.left)

    def test_what_was_there_before_counts(self, repo: Repository, tmp_path: Path) -> None:
        crowd = Crowd(repo, tmp_path, parallel=1, alone=False)
        crowd.fake.list("demo", (SDIST, (crowd.folder / SDIST).read_bytes()))
        crowd.refuse_after_the_first(lambda: httpx.Response(403))

        with pytest.raises(UploadForbidden):
            crowd.upload()

        tally = crowd.run.uploads[crowd.fake.registry, "demo"]
        assert ([MANY[0], SDIST], MANY[1:]) == (tally.there, tally.left)

    def test_what_is_unreadable_is_found_before_anything_is_sent(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        crowd = Crowd(repo, tmp_path, parallel=2)
        (crowd.folder / SDIST).write_bytes(b"no archive")

        with pytest.raises(DistributionUnreadable):
            crowd.upload()

        assert set() == crowd.arrived()

    def test_each_stored_file_is_told(self, repo: Repository, tmp_path: Path) -> None:
        crowd = Crowd(repo, tmp_path, parallel=2)
        crowd.upload()

        assert {f"{name} is stored" for name in (*MANY, SDIST)} == set(crowd.screen.lines)


class TestLateFiles:
    """START of the fake's clock is 2026-01-02 03:04:05."""

    def crowd(
        self, repo: Repository, folder: Path, uploaded: str, registry: Registry = PYPI
    ) -> Crowd:
        crowd = Crowd(repo, folder, parallel=1, alone=False, registry=registry)
        crowd.fake.list("demo", (SDIST, (folder / SDIST).read_bytes()), uploaded=uploaded)
        return crowd

    def test_the_end_of_the_window_is_said(self, repo: Repository, tmp_path: Path) -> None:
        crowd = self.crowd(repo, tmp_path, "2026-01-01T10:00:00Z")

        assert (
            Todo("6 of 7 files are left; pypi takes the rest until 2026-01-15 10:00 UTC")
            == crowd.probe()
        )

    def test_a_release_that_is_closed_cannot_be_finished(
        self, repo: Repository, tmp_path: Path
    ) -> None:
        state = self.crowd(repo, tmp_path, "2025-12-19T03:04:00Z").probe()

        assert isinstance(state, Blocked)
        assert isinstance(state.error, ReleaseClosed)
        assert (
            "pypi takes no files for demo 1.0 any more, since 2026-01-02 03:04 UTC; "
            f"{MANY[0]} and {len(MANY) - 1} others will never be there"
        ) == str(state.error)
        assert state.error.hint.startswith(
            "Release a new version (releasio release --version 1.0.1 --execute): it begins with "
            "all its files."
        )

    def test_a_preview_elsewhere_knows_it_too(self, repo: Repository, tmp_path: Path) -> None:
        crowd = self.crowd(repo, tmp_path, "2025-12-19T03:04:00Z")
        named = dict.fromkeys(MANY, "0" * 64) | {SDIST: sha256(tmp_path / SDIST)}
        crowd.delivery = Delivery(PYPI, "demo", "1.0", named=named)
        state = crowd.probe()

        assert isinstance(state, Blocked)
        assert "release-closed" == state.error.code

    def test_of_other_indexes_nothing_is_known(self, repo: Repository, tmp_path: Path) -> None:
        crowd = self.crowd(repo, tmp_path, "2025-12-19T03:04:00Z", PRIVATE)

        assert Todo("6 of 7 files are left") == crowd.probe()

    def test_what_is_complete_needs_no_window(self, repo: Repository, tmp_path: Path) -> None:
        crowd = self.crowd(repo, tmp_path, "2025-12-19T03:04:00Z")
        files = [(name, (tmp_path / name).read_bytes()) for name in (*MANY, SDIST)]
        crowd.fake.list("demo", *files, uploaded="2025-12-19T03:04:00Z")

        assert Done("every file is on the index with the same sha256") == crowd.probe()


class Crowd:
    """Six wheels and an sdist on their way."""

    def __init__(
        self,
        repo: Repository,
        folder: Path,
        *,
        parallel: int,
        together: int = 1,
        alone: bool = True,
        registry: Registry = PRIVATE,
    ) -> None:
        repo.commit("feat: begin")
        self.folder = folder
        for number, name in enumerate(MANY):
            wheel(folder, text="#" * number).rename(folder / name)
        sdist(folder)
        self.fake = FakeIndex(registry)
        self.barrier = threading.Barrier(together, timeout=10)
        first = [self.take] if alone else []
        self.fake.fail("/legacy/", *first, *[self.take_together] * 6)
        world, self.screen = world_of(repo.path)
        self.world = with_index(world, self.fake.client())
        self.run = Run(self.world)
        held = Credential("__token__", Secret("token"), "test")
        self.run.hold(self.fake.registry, held)
        names = [*MANY, SDIST]
        built = tuple(built_file(folder / name) for name in names)
        self.delivery = Delivery(self.fake.registry, "demo", "1.0", built, folder)
        self.parallel = parallel

    def upload(self) -> None:
        Upload(self.delivery, policy=Policy(), parallel=self.parallel).apply(self.world, self.run)

    def probe(self) -> State:
        return Upload(self.delivery, policy=Policy()).probe(self.world)

    def first(self) -> str:
        self.upload()
        return self.fake.uploads[0].name

    def refuse_after_the_first(self, answer: Callable[[], httpx.Response]) -> None:
        """Take one file, and give every other try an *answer* of its own, all at once."""

        def refuse(_: httpx.Request) -> httpx.Response:
            self.barrier.wait()
            return answer()

        self.fake.faults.clear()
        self.fake.fail("/legacy/", self.take, *[refuse] * 99)

    def take(self, request: httpx.Request) -> httpx.Response:
        self.fake.uploads.append(read_form(request))
        return httpx.Response(200)

    def take_together(self, request: httpx.Request) -> httpx.Response:
        self.barrier.wait()  # answers only when all of them have arrived
        return self.take(request)

    def arrived(self) -> set[str]:
        return {upload.name for upload in self.fake.uploads}
