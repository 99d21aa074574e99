from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.errors.base import Problems
from releasio.errors.index.release import FileDiffers
from releasio.frozen import replace
from releasio.rules.credentials.policy import Policy
from releasio.steps.publish.upload import Upload
from releasio.steps.publish.verify import PATIENCE, PATIENCE_ELSEWHERE, Verify
from releasio.steps.step import Omitted, Todo
from releasio.world.run import Run
from tests.fakes.wheels import wheel
from tests.steps.scene import world_of

if TYPE_CHECKING:
    from tests.steps.index_scene import IndexScene


@pytest.fixture
def released(shop: IndexScene) -> IndexScene:
    """The same, with all files on the index."""
    shop.hold_token()
    Upload(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)
    return shop


class TestVerify:
    def test_says_what_is_compared_where(self, shop: IndexScene) -> None:
        assert "verify on rehearsal: every file, by sha256" == str(Verify(shop.delivery()))

    def test_is_always_to_do(self, released: IndexScene) -> None:
        step = Verify(released.delivery())
        step.apply(released.world, released.run)

        assert Todo() == step.probe(released.world)

    def test_what_is_there_needs_no_word(self, released: IndexScene) -> None:
        Verify(released.delivery()).apply(released.world, released.run)

        assert [] == released.screen.notes

    def test_a_page_that_is_behind_is_waited_for(self, shop: IndexScene) -> None:
        shop.hold_token()
        shop.index.fail(on="simple", how="stale", times=2)
        Upload(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)
        began = shop.world.clock()
        Verify(shop.delivery()).apply(shop.world, shop.run)

        assert [] == shop.screen.notes
        assert 0 < (shop.world.clock() - began).total_seconds() < PATIENCE_ELSEWHERE

    def test_what_never_shows_up_is_said_and_is_no_failure(self, shop: IndexScene) -> None:
        began = shop.world.clock()
        real = replace(shop.registry, site="http://127.0.0.1:1")
        Verify(replace(shop.delivery(), registry=real)).apply(shop.world, shop.run)

        assert [
            (
                "rehearsal took the upload but does not list demo-1.0-py3-none-any.whl and "
                "demo-1.0.tar.gz yet: its pages are cached. `releasio verify` looks again."
            )
        ] == shop.screen.notes
        assert PATIENCE <= (shop.world.clock() - began).total_seconds() < PATIENCE + 60

    def test_where_nothing_shows_up_the_page_may_be_elsewhere(self, shop: IndexScene) -> None:
        """
        Not every index has its pages where most have them, and none but PyPI keeps one waiting.
        """
        began = shop.world.clock()
        Verify(shop.delivery()).apply(shop.world, shop.run)

        assert (
            f"rehearsal took the upload but lists none of it at {shop.index.simple_url}; if its "
            "simple index is elsewhere, say so: [registries.NAME] index. `releasio verify` looks "
            "again."
        ) == shop.screen.notes[-1]
        waited = (shop.world.clock() - began).total_seconds()
        assert PATIENCE_ELSEWHERE <= waited < PATIENCE_ELSEWHERE + 60

    def test_an_index_that_cannot_be_read_is_not_called_slow(self, released: IndexScene) -> None:
        released.index.fail(on="simple", how="403-before", times=1_000)
        Verify(released.delivery()).apply(released.world, released.run)

        note = released.screen.notes[-1]
        assert "rehearsal took the upload, but could not be asked for it: " in note
        assert "403" in note
        assert "`releasio verify` looks again" in note

    def test_other_bytes_are_a_failure_at_once(self, released: IndexScene) -> None:
        wheel(released.folder, text="OTHER = True\n")
        began = released.world.clock()

        with pytest.raises(FileDiffers, match=r"demo-1\.0-py3-none-any\.whl on rehearsal has"):
            Verify(released.delivery()).apply(released.world, released.run)

        assert began == released.world.clock()

    def test_other_bytes_of_several_files_are_all_told(self, released: IndexScene) -> None:
        wheel(released.folder, text="OTHER = True\n")
        (released.folder / "demo-1.0.tar.gz").write_bytes(b"other")

        with pytest.raises(Problems) as caught:
            Verify(released.delivery()).apply(released.world, released.run)

        assert [FileDiffers, FileDiffers] == [type(error) for error in caught.value.problems]

    def test_zero_seconds_are_one_look(self, shop: IndexScene) -> None:
        began = shop.world.clock()
        seen = Verify(shop.delivery(), 0).apply(shop.world, shop.run)

        assert Omitted("0 of 2 files were seen") == seen
        assert began == shop.world.clock()

    def test_is_not_marked_as_done_unless_every_file_was_seen(self, shop: IndexScene) -> None:
        shop.hold_token()
        nothing = Verify(shop.delivery(), 0).apply(shop.world, shop.run)
        Upload(shop.delivery(), policy=Policy()).apply(shop.world, shop.run)
        everything = Verify(shop.delivery(), 0).apply(shop.world, shop.run)
        shop.index.fail(on="simple", how="403-before", times=1_000)
        unreadable = Verify(shop.delivery(), 0).apply(shop.world, shop.run)

        assert Omitted("0 of 2 files were seen") == nothing == unreadable
        assert everything is None

    def test_of_a_project_in_quarantine_nothing_is_seen_and_that_is_said(
        self, released: IndexScene
    ) -> None:
        released.index.set_status("demo", "quarantined")

        assert Omitted("0 of 2 files were seen") == Verify(released.delivery(), 0).apply(
            released.world, released.run
        )
        (note,) = released.screen.notes
        assert (
            "rehearsal took the upload, but has demo in quarantine and shows none of its files to "
            "anybody. `releasio verify` looks again."
        ) == note

    def test_a_clock_that_stands_still_does_not_make_it_endless(self, shop: IndexScene) -> None:
        """
        Somebody may set it back, too; waiting ends all the same.
        """
        world, screen = world_of(shop.world.project)
        began = world.clock()
        naps: list[float] = []
        world = replace(world, clock=lambda: began, sleep=naps.append)
        Verify(shop.delivery()).apply(world, Run(world))
        world.close()

        assert PATIENCE_ELSEWHERE == sum(naps)
        assert "lists none of it" in screen.notes[-1]
