"""Builds that have begun: for real, with an environment that is made in the background."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from releasio.errors.files.build import BuildFailed
from releasio.world.build.builder import build, finish
from releasio.world.build.isolated.begun import Begun, Held
from tests.fakes.projects import require, static_project
from tests.fakes.screen import Quiet
from tests.fakes.slow_requirement import builder_of, from_folder, running, slow_requirement
from tests.fakes.wheels import wheel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.repository import Repository


@pytest.fixture
def links(tmp_path: Path) -> Path:
    folder = tmp_path / "links"
    folder.mkdir()
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    folder.mkdir()
    return folder


def requiring(repo: Repository, requires: str) -> None:
    static_project(repo, message=None)
    require(repo, requires)


def begun_in(repo: Repository, links: Path, screen: Quiet, place: Path | None = None) -> Begun:
    return Begun(repo.path, epoch=0, env=from_folder(links), screen=screen, place=place)


class TestBegun:
    def test_says_nothing_until_somebody_goes_on_and_then_what_is_always_said(
        self, repo: Repository, links: Path, out: Path
    ) -> None:
        requiring(repo, '["helper"]')
        wheel(links, "helper")
        early, usual = Quiet(), Quiet()
        with closing(begun_in(repo, links, early)) as begun:
            begun.start()
            assert begun.first
            begun.first.environment.wait()
            said_before = [*early.lines]
            finish(begun, out)
        (links / "empty").rmdir()
        build(repo.path, out, epoch=0, env=from_folder(links), screen=usual)

        # uv says where the environment is, and how long it took
        shown, expected = (
            [line for line in screen.lines if line.startswith(("* ", "  - "))]
            for screen in (early, usual)
        )
        assert [] == said_before
        assert expected == shown
        assert "  - helper" in shown

    def test_fails_only_when_somebody_goes_on(
        self, repo: Repository, links: Path, out: Path
    ) -> None:
        requiring(repo, '["nosuch"]')
        screen = Quiet()
        with closing(begun_in(repo, links, screen)) as begun:
            begun.start()
            assert begun.first
            begun.first.environment.wait()
            assert [] == screen.lines

            with pytest.raises(BuildFailed) as caught:
                finish(begun, out)

        assert caught.value.hint.startswith("The index has no nosuch")
        assert "  - nosuch" in screen.lines

    def test_has_another_environment_where_another_is_required_by_then(
        self, repo: Repository, links: Path, out: Path
    ) -> None:
        requiring(repo, '["helper"]')
        wheel(links, "helper")
        wheel(links, "tool")
        screen = Quiet()
        with closing(begun_in(repo, links, screen)) as begun:
            begun.start()
            requiring(repo, '["tool"]')
            files = finish(begun, out)

        assert 2 == len(files)
        assert "  - tool" in screen.lines

    def test_begins_with_nothing_where_pyproject_leaves_it_open(
        self, repo: Repository, links: Path
    ) -> None:
        requiring(repo, '"helper"')

        with closing(begun_in(repo, links, Quiet())) as begun:
            assert begun.start().first is None

    @pytest.mark.skipif(sys.platform == "win32", reason="processes are looked for by signals")
    def test_ends_what_is_at_work_and_leaves_nothing_when_nobody_goes_on(
        self, repo: Repository, links: Path, tmp_path: Path
    ) -> None:
        requiring(repo, '["slow"]')
        marker = slow_requirement(links)
        screen, place = Quiet(), tmp_path / "place"
        place.mkdir()
        with closing(begun_in(repo, links, screen, place)) as begun:
            begun.start()
            builder = builder_of(marker)
            assert [] != [*place.iterdir()]

        assert not running(builder)
        assert [] == [*place.iterdir()]
        assert ([], []) == (screen.lines, screen.notes)


def test_a_held_screen_shows_in_order_what_was_kept_and_the_rest_at_once() -> None:
    screen = Quiet()
    held = Held(screen)
    held.line("one")
    held.note("two")
    kept = (screen.lines[:], screen.notes[:])
    held.release()
    held.line("three")

    assert ([], []) == kept
    assert (["one", "three"], ["two"]) == (screen.lines, screen.notes)
