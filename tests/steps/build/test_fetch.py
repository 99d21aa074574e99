from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems, ReleasioError
from releasio.errors.index.release import FileDiffers
from releasio.frozen import replace
from releasio.rules.credentials.policy import Policy
from releasio.steps.build.artefacts import Artefacts
from releasio.steps.build.build import Build
from releasio.steps.build.fetch import Fetch
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Blocked, Done, Todo
from tests.fakes.wheels import sha256

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tests.steps.index_scene import IndexScene

WHEEL, SDIST = "demo-1.0-py3-none-any.whl", "demo-1.0.tar.gz"


@pytest.fixture
def half(shop: IndexScene) -> IndexScene:
    """The wheel is on the index, the sdist is not."""
    delivery = shop.delivery()
    shop.hold_token()
    shop.index.fail(on="upload", how="400-before", after=1)
    with pytest.raises(Exception, match="400"):
        Upload(delivery, policy=Policy()).apply(shop.world, shop.run)
    return shop


def fetch(shop: IndexScene, named: Mapping[str, str] | None = None) -> Fetch:
    return Fetch(artefacts(shop, named), (shop.foreseen(),))


def artefacts(shop: IndexScene, named: Mapping[str, str] | None = None) -> Artefacts:
    return Artefacts(
        project="demo",
        version="1.0",
        tag="v1.0",
        commit=shop.world.git.work_tree.head(),
        folder="",
        named=named or {path.name: sha256(path) for path in shop.folder.iterdir()},
    )


def staged(shop: IndexScene) -> dict[str, str]:
    return {path.name: sha256(path) for path in artefacts(shop).kept(shop.world).staged()}


def downloads(shop: IndexScene) -> int:
    return sum(request.kind == "file" for request in shop.index.log)


def stage_all(shop: IndexScene) -> Path:
    """Let every file of the release lie where fetched ones do."""
    staging = artefacts(shop).kept(shop.world).empty_staging()
    for path in shop.folder.iterdir():
        (staging / path.name).write_bytes(path.read_bytes())
    return staging


class TestFetch:
    def test_says_where_it_looks(self, shop: IndexScene) -> None:
        assert "take the files of the release that are on rehearsal already" == str(fetch(shop))

    def test_to_do_then_done(self, half: IndexScene) -> None:
        step = fetch(half)
        before = step.probe(half.world)
        step.apply(half.world, half.run)

        assert Todo("1 of 2 files") == before
        assert Done("all that are there are here") == step.probe(half.world)
        assert {WHEEL: sha256(half.folder / WHEEL)} == staged(half)

    def test_twice_is_once(self, half: IndexScene) -> None:
        fetch(half).apply(half.world, half.run)
        fetch(half).apply(half.world, half.run)

        assert 1 == downloads(half)

    def test_what_a_killed_run_left_in_the_middle_is_fetched_anew(self, half: IndexScene) -> None:
        staging = artefacts(half).kept(half.world).empty_staging()
        (staging / WHEEL).write_bytes((half.folder / WHEEL).read_bytes()[:100])
        (staging / f"{SDIST}.part").write_bytes(b"cut")
        fetch(half).apply(half.world, half.run)

        assert {WHEEL: sha256(half.folder / WHEEL)} == staged(half)
        assert [WHEEL] == [path.name for path in staging.iterdir()]

    def test_nothing_is_there(self, shop: IndexScene) -> None:
        assert Done("there is none") == fetch(shop).probe(shop.world)

    def test_offline_nobody_is_asked(self, half: IndexScene) -> None:
        half.world = replace(half.world, offline=True)
        before = len(half.index.log)

        assert Todo("no index was asked") == fetch(half).probe(half.world)
        assert before == len(half.index.log)

    def test_files_that_the_tag_does_not_name_are_none_of_its_business(
        self, half: IndexScene
    ) -> None:
        named = {SDIST: sha256(half.folder / SDIST)}

        assert Done("there is none") == fetch(half, named).probe(half.world)

    def test_other_bytes_than_the_tag_names_block(self, half: IndexScene) -> None:
        there = sha256(half.folder / WHEEL)
        state = fetch(half, {WHEEL: "0" * 64}).probe(half.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, FileDiffers)
        assert (
            f"{WHEEL} on rehearsal has sha256 {there}, the release's tag names {'0' * 64}"
            == str(state.error)
        )

    def test_all_that_is_other_is_told(self, half: IndexScene) -> None:
        Upload(half.delivery(), policy=Policy()).apply(half.world, half.run)
        state = fetch(half, {WHEEL: "0" * 64, SDIST: "0" * 64}).probe(half.world)

        assert isinstance(state, Blocked)
        assert isinstance(state.error, Problems)
        said = [str(error).split()[0] for error in state.error.problems]
        assert {WHEEL, SDIST} == {*said}

    def test_kept_files_of_an_earlier_run_need_nothing(self, half: IndexScene) -> None:
        stage_all(half)
        made = artefacts(half)
        made.kept(half.world).accept(
            project="demo", version="1.0", tag="v1.0", commit=made.commit or "", epoch=0
        )

        assert Done("kept from an earlier run") == fetch(half).probe(half.world)


def attempt(step: Fetch, shop: IndexScene) -> tuple[str, dict[str, str]]:
    """Return how *step* ended, and what it left."""
    try:
        step.apply(shop.world, shop.run)
    except ReleasioError as error:
        return error.code, staged(shop)
    return "ok", staged(shop)


ALWAYS = 99
DOWN, REFUSED, CHANGED = "index-unreachable", "index-refused", "download-differs"


@pytest.mark.parametrize(
    ("how", "times", "ending"),
    [
        ("reset-before", 1, "ok"),
        ("reset-before", ALWAYS, DOWN),
        ("reset-middle", 1, "ok"),
        ("reset-after", 1, "ok"),
        ("timeout-before", 1, "ok"),
        ("timeout-before", ALWAYS, DOWN),
        ("timeout-after", 1, "ok"),
        ("503-before", 1, "ok"),
        ("502-after", 1, "ok"),
        ("500-before", ALWAYS, DOWN),
        ("429", 1, "ok"),
        ("429-wait", 1, "ok"),
        ("429", ALWAYS, DOWN),
        ("html-200", 1, CHANGED),
        ("html", 1, "ok"),
        ("garbage", 1, CHANGED),
        ("truncated", 1, CHANGED),
        ("cut", 1, "ok"),
        ("cut", ALWAYS, DOWN),
        ("404-before", ALWAYS, REFUSED),
        ("403-before", ALWAYS, REFUSED),
    ],
)
def test_a_download_that_fails_ends_well_or_is_done_by_a_second_one(
    half: IndexScene, how: str, times: int, ending: str
) -> None:
    step, there = fetch(half), {WHEEL: sha256(half.folder / WHEEL)}
    half.world.close()
    half.world = replace(half.world, timeout=0.5)
    half.index.fail(on="file", how=how, times=times)
    ended, left = attempt(step, half)

    assert (ending, there if ending == "ok" else {}) == (ended, left)
    half.index.heal()
    step.apply(half.world, half.run)
    assert there == staged(half)


def test_nothing_is_built_when_every_file_was_fetched(shop: IndexScene) -> None:
    made = artefacts(shop)
    before = Build(made).probe(shop.world)
    stage_all(shop)

    assert [Todo(), Done("every file was on the index")] == [before, Build(made).probe(shop.world)]
