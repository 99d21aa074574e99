"""Notes straight from git."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from releasio.config.tables.model import Config
from tests.release.notes_text import all_notes, notes_of
from tests.steps.scene import world_of
from tests.world.git_fixtures import clock_went_back

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


class TestAllNotes:
    def test_are_the_same_whatever_the_clocks_were(self, repo: Repository) -> None:
        """
        Commit 2 stands under what is not released, however early it is dated.
        """
        repo.git("fast-import", "--quiet", input=clock_went_back())
        world, _ = world_of(repo.path)
        with closing(world):
            sections = all_notes(world, Config())

        assert [
            "## Unreleased\n\n### Fixed\n\n- number 3\n- number 2\n",
            "## [1] - 1970-01-01\n\n### Fixed\n\n- number 1\n",
        ] == sections


class TestNotesOf:
    def test_do_not_tell_again_what_was_released(self, repo: Repository) -> None:
        """
        A squash merge of a branch that goes on lists what the last release had already.
        """
        repo.commit("feat: old (#5)")
        repo.git("tag", "v1.0.0")
        repo.commit("Sync develop (#9)\n\n* feat: old (#5)\n\n* fix: new (#8)")
        world, _ = world_of(repo.path)
        with closing(world):
            (section,) = notes_of(world, Config(), None)
            whole = all_notes(world, Config())

        assert "## Unreleased\n\n### Fixed\n\n- new (#8)\n" == section
        assert section == whole[0]
