from __future__ import annotations

import threading
import zipfile
from dataclasses import fields
from itertools import count
from typing import TYPE_CHECKING

import httpx
import pytest

from releasio.errors.base import Problems
from releasio.errors.index import (
    DistributionUnreadable,
    IndexUnreachable,
    UploadForbidden,
    UploadRefused,
)
from releasio.errors.release import FileDiffers, NotAsTagged, ReleaseClosed, VersionOnIndex
from releasio.rules.credential import Credential
from releasio.rules.registry import PYPI
from releasio.rules.secret import Secret
from releasio.steps.step import Blocked, Done, Todo
from releasio.steps.upload import Delivery, Upload
from releasio.world.kept import built_file
from releasio.world.world import World
from tests.fakes.index import PRIVATE, FakeIndex, read_form
from tests.fakes.wheels import sdist, sha256, wheel
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from releasio.rules.registry import Registry
    from releasio.steps.step import State
    from releasio.world.index import Index
    from tests.fakes.repository import Repository
    from tests.steps.index_scene import IndexScene

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"


def upload_of(shop: IndexScene) -> Upload:
    return Upload(shop.delivery(), policy=True)


def put_there(shop: IndexScene, *names: str) -> None:
    """Upload some of the files beforehand."""
    aside = {path: path.read_bytes() for path in shop.folder.iterdir() if path.name not in names}
    for path in aside:
        path.unlink()
    shop.hold_token()
    upload_of(shop).apply(shop.world)
    for path, content in aside.items():
        path.write_bytes(content)


def postdate(path: Path) -> None:
    """Write the wheel at *path* again with the same contents and later time stamps."""
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, (2030, 1, 1, 0, 0, 0))
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)


class TestUpload:
    def test_says_what_goes_where(self, shop: IndexScene) -> None:
        assert f"upload demo 1.0 to rehearsal ({shop.index.upload_url})" == str(upload_of(shop))

    def test_to_do_then_done(self, shop: IndexScene) -> None:
        shop.hold_token()
        step = upload_of(shop)
        before = step.probe(shop.world)
        step.apply(shop.world)

        assert Todo("2 of 2 files are left") == before
        assert Done("every file is on the index with the same sha256") == step.probe(shop.world)

    def test_the_index_has_the_very_bytes(self, shop: IndexScene) -> None:
        shop.hold_token()
        upload_of(shop).apply(shop.world)

        expected = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        assert expected == shop.index.files("demo")

    def test_twice_is_once(self, shop: IndexScene) -> None:
        shop.hold_token()
        upload_of(shop).apply(shop.world)
        upload_of(shop).apply(shop.world)

        assert 2 == sum(asked.startswith("POST") for asked in shop.asked())

    def test_goes_on_where_an_earlier_run_stopped(self, shop: IndexScene) -> None:
        put_there(shop, SDIST)
        step = upload_of(shop)
        before = step.probe(shop.world)
        step.apply(shop.world)

        assert Todo("1 of 2 files are left") == before
        assert [SDIST, WHEEL] == list(shop.index.files("demo"))

    def test_offline_the_index_is_not_asked(self, shop: IndexScene) -> None:
        shop.world.offline = True

        assert Todo("the index was not asked") == upload_of(shop).probe(shop.world)
        assert [] == shop.asked()

    def test_needs_built_files(self, shop: IndexScene) -> None:
        with pytest.raises(RuntimeError, match="an upload needs built files"):
            Upload(shop.foreseen(), policy=True).apply(shop.world)


class TestOtherBytes:
    def test_block_the_upload_with_both_hashes(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL)
        there = sha256(shop.folder / WHEEL)
        wheel(shop.folder, text="OTHER = True\n")
        step = upload_of(shop)

        with pytest.raises(FileDiffers) as caught:
            step.probe(shop.world)

        here = sha256(shop.folder / WHEEL)
        assert (
            f"{WHEEL} on rehearsal has sha256 {there}, the one here has {here}; "
            "demo-1.0.dist-info/RECORD (content), demo.py (content)"
        ) == str(caught.value)
        assert (
            "A file on an index is never replaced: release a new version. What a build changes "
            "from one time to the next: releasio build --check-reproducible"
        ) == caught.value.hint

    def test_of_time_stamps_alone_are_said_to_be(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL)
        postdate(shop.folder / WHEEL)

        with pytest.raises(FileDiffers) as caught:
            upload_of(shop).probe(shop.world)

        assert str(caught.value).endswith(
            "; only time stamps inside differ: demo-1.0.dist-info/METADATA, "
            "demo-1.0.dist-info/RECORD, demo-1.0.dist-info/WHEEL and 1 more"
        )

    def test_block_the_upload_also_where_the_index_does_not_give_its_file(
        self, shop: IndexScene
    ) -> None:
        put_there(shop, WHEEL)
        wheel(shop.folder, text="OTHER = True\n")
        shop.index.fail(on="file", how="404-before")

        with pytest.raises(FileDiffers) as caught:
            upload_of(shop).probe(shop.world)

        here = sha256(shop.folder / WHEEL)
        assert str(caught.value).endswith(f"the one here has {here}")
        assert "A file on an index is never replaced: release a new version." == caught.value.hint

    def test_are_never_sent(self, shop: IndexScene) -> None:
        put_there(shop, WHEEL)
        before = shop.index.files("demo")
        wheel(shop.folder, text="OTHER = True\n")

        with pytest.raises(FileDiffers):
            upload_of(shop).apply(shop.world)

        assert before == shop.index.files("demo")


class TestOtherThanTagged:
    @pytest.mark.parametrize(
        ("named", "says"),
        [
            ({WHEEL: "0" * 64, SDIST: "0" * 64}, f"has sha256 {'0' * 64} in the tag"),
            ({SDIST: "0" * 64}, "is not named in the tag"),
        ],
        ids=["another hash", "another name"],
    )
    def test_blocks_the_upload(self, shop: IndexScene, named: dict[str, str], says: str) -> None:
        built = shop.delivery()
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        with pytest.raises(NotAsTagged) as caught:
            Upload(delivery, policy=True).probe(shop.world)

        here = sha256(shop.folder / WHEEL)
        assert f"{WHEEL} {says}, but was built with {here}" == str(caught.value)
        assert "Finish the release where it was begun" in caught.value.hint

    def test_blocks_when_less_was_built_than_the_tag_names(self, shop: IndexScene) -> None:
        named = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        (shop.folder / WHEEL).unlink()
        built = shop.delivery()
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        with pytest.raises(NotAsTagged) as caught:
            Upload(delivery, policy=True).probe(shop.world)

        assert f"{WHEEL} has sha256 {named[WHEEL]} in the tag, but was not built" == str(
            caught.value
        )

    def test_needs_no_file_again_that_is_on_the_index(self, shop: IndexScene) -> None:
        named = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        put_there(shop, WHEEL)
        (shop.folder / WHEEL).unlink()
        built = shop.delivery()
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        assert Todo("1 of 1 files are left") == Upload(delivery, policy=True).probe(shop.world)

    def test_never_concerns_what_the_tag_names(self, shop: IndexScene) -> None:
        built = shop.delivery()
        named = {name: sha256(shop.folder / name) for name in (WHEEL, SDIST)}
        delivery = Delivery(shop.registry, "demo", "1.0", built.files, built.folder, named)

        assert Todo("2 of 2 files are left") == Upload(delivery, policy=True).probe(shop.world)


class TestForecast:
    def test_a_version_that_is_free(self, shop: IndexScene) -> None:
        step = Upload(shop.foreseen(), policy=True)

        assert Todo("1.0 is free on rehearsal") == step.probe(shop.world)

    def test_a_version_that_is_taken(self, shop: IndexScene) -> None:
        put_there(shop, SDIST)
        state = Upload(shop.foreseen(), policy=True).probe(shop.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, VersionOnIndex)
        assert "demo 1.0 is on rehearsal already, with 1 file" == str(state.error)
        assert "choose the next version with --version" in state.error.hint

    def test_another_version_does_not_count(self, shop: IndexScene, tmp_path: Path) -> None:
        old = tmp_path / "old"
        old.mkdir()
        sdist(old, version="0.9")
        shop.hold_token()
        elder = type(shop)(shop.index, old, shop.world, shop.screen, shop.registry)
        Upload(elder.delivery(), policy=True).apply(shop.world)

        assert Todo("1.0 is free on rehearsal") == Upload(shop.foreseen(), policy=True).probe(
            shop.world
        )


class TestUploadFails:
    def test_a_token_that_is_not_taken_leaves_the_index_as_it_was(self, shop: IndexScene) -> None:
        token = shop.token()
        shop.index.delete_token(token)
        shop.hold_token(token)

        with pytest.raises(UploadForbidden) as caught:
            upload_of(shop).apply(shop.world)

        assert [] == shop.index.projects()
        assert token not in f"{caught.value} {caught.value.hint}"

    def test_an_index_that_fails_once_is_asked_again(self, shop: IndexScene) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how="503-before")
        upload_of(shop).apply(shop.world)

        assert {WHEEL, SDIST} == set(shop.index.files("demo"))

    def test_an_answer_that_was_lost_does_no_harm(self, shop: IndexScene) -> None:
        shop.hold_token()
        shop.index.fail(on="upload", how="reset-after")
        upload_of(shop).apply(shop.world)

        assert {WHEEL, SDIST} == set(shop.index.files("demo"))


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
        crowd.refuse_after_the_first(lambda: httpx.Response(403, text="The token is no more."))

        with pytest.raises(UploadForbidden) as caught:
            crowd.upload()

        assert (
            f"private refused 3 files, {', '.join(MANY[1:4])} (403): The token is no more."
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

        tally = crowd.world.uploads[crowd.fake.registry]
        assert ([MANY[0]], [*MANY[1:], SDIST]) == (tally.there, tally.left)

    def test_what_was_there_before_counts(self, repo: Repository, tmp_path: Path) -> None:
        crowd = Crowd(repo, tmp_path, parallel=1, alone=False)
        crowd.fake.list("demo", (SDIST, (crowd.folder / SDIST).read_bytes()))
        crowd.refuse_after_the_first(lambda: httpx.Response(403))

        with pytest.raises(UploadForbidden):
            crowd.upload()

        tally = crowd.world.uploads[crowd.fake.registry]
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
            f"{', '.join(MANY)} will never be there"
        ) == str(state.error)
        assert state.error.hint.startswith("Release a new version: it begins with all its files.")

    def test_a_preview_elsewhere_knows_it_too(self, repo: Repository, tmp_path: Path) -> None:
        crowd = self.crowd(repo, tmp_path, "2025-12-19T03:04:00Z")
        named = dict.fromkeys([*MANY, SDIST], "0" * 64)
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
        self.world = _World(**{f.name: getattr(world, f.name) for f in fields(world)})
        self.world.client = self.fake.client()
        held = Credential("__token__", Secret("token"), "test")
        self.world.credentials[self.fake.registry] = held
        names = [*MANY, SDIST]
        built = tuple(built_file(folder / name) for name in names)
        self.delivery = Delivery(self.fake.registry, "demo", "1.0", built, folder)
        self.parallel = parallel

    def upload(self) -> None:
        Upload(self.delivery, policy=True, parallel=self.parallel).apply(self.world)

    def probe(self) -> State:
        return Upload(self.delivery, policy=True).probe(self.world)

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


class _World(World):
    """A world whose index is the one of this test."""

    client: Index

    def index(self, registry: Registry) -> Index:
        assert registry == self.client.registry
        return self.client
