from __future__ import annotations

import stat
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.index.release import FileChanged
from releasio.frozen import replace
from releasio.steps.prepare.edit import Edit
from releasio.steps.prepare.open_tree import OpenTree
from releasio.steps.step import Blocked, Done, Todo
from releasio.text.command_line import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from tests.steps.scene import Scene

OLD, NEW = b"version 0.9.0\n", b"version 1.0.0\n"
EDIT = Edit("VERSION", OLD, NEW, "version 0.9.0 -> 1.0.0", in_place=True)
FRESH = Edit("docs/CHANGES.md", None, b"# Changes\n", "section 1.0.0", in_place=True)


class TestEdit:
    def test_says_file_and_meaning(self) -> None:
        assert "write VERSION: version 0.9.0 -> 1.0.0" == str(EDIT)

    def test_to_do_then_done(self, scene: Scene) -> None:
        before = EDIT.probe(scene.world)
        EDIT.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, EDIT.probe(scene.world))

    def test_twice_is_once(self, scene: Scene) -> None:
        EDIT.apply(scene.world, scene.run)
        EDIT.apply(scene.world, scene.run)

        assert NEW == (scene.repo.path / "VERSION").read_bytes()
        assert "M VERSION" == scene.repo.git("status", "--porcelain").strip()

    def test_makes_a_new_file_and_its_folder(self, scene: Scene) -> None:
        before = FRESH.probe(scene.world)
        FRESH.apply(scene.world, scene.run)

        assert (Todo(), Done()) == (before, FRESH.probe(scene.world))
        assert "# Changes\n" == scene.repo.read("docs/CHANGES.md")

    def test_a_file_that_changed_since_the_plan_is_not_overwritten(self, scene: Scene) -> None:
        scene.repo.write("VERSION", "version 0.9.1\n")
        state = EDIT.probe(scene.world)

        assert isinstance(state, Blocked)
        assert "VERSION changed after the plan was made" == str(state.error)
        assert "make it a post_bump hook" in state.error.hint
        assert "VERSION" == state.error.path

    @pytest.mark.parametrize(("theirs", "planned"), [(b"\n", b"\r\n"), (b"\r\n", b"\n")])
    def test_a_file_keeps_line_ends_that_a_checkout_would_not_write(
        self, scene: Scene, theirs: bytes, planned: bytes
    ) -> None:
        before, after = OLD + b"x\n", NEW + b"x\n"
        edit = replace(
            EDIT, before=before.replace(b"\n", planned), after=after.replace(b"\n", planned)
        )
        (scene.repo.path / "VERSION").write_bytes(before.replace(b"\n", theirs))
        state = edit.probe(scene.world)
        edit.apply(scene.world, scene.run)

        assert Todo() == state
        assert after.replace(b"\n", theirs) == (scene.repo.path / "VERSION").read_bytes()
        assert Done() == edit.probe(scene.world)

    @pytest.mark.parametrize("in_place", [True, False])
    def test_a_file_that_git_does_not_have_is_not_overwritten(
        self, scene: Scene, *, in_place: bool
    ) -> None:
        scene.repo.write("docs/CHANGES.md", "by hand\n")
        step = Edit("docs/CHANGES.md", None, b"# Changes\n", "section 1.0.0", in_place=in_place)
        state = step.probe(scene.world)

        assert isinstance(state, Blocked)
        assert (
            "docs/CHANGES.md is there, but not in git, and the release would write a new one over "
            "it" == str(state.error)
        )
        assert "git add --force docs/CHANGES.md" in state.error.hint

    def test_by_line_other_lines_may_have_changed(self, scene: Scene) -> None:
        """A hook has formatted the file before the next development version is written."""
        scene.repo.write("VERSION", "# the version\nversion 0.9.0\n")
        replace(EDIT, by_line=True).apply(scene.world, scene.run)

        assert "# the version\nversion 1.0.0\n" == scene.repo.read("VERSION")

    def test_but_not_those_that_change(self, scene: Scene) -> None:
        scene.repo.write("VERSION", "version 0.9.1\n")
        with pytest.raises(FileChanged):
            replace(EDIT, by_line=True).apply(scene.world, scene.run)

        assert "version 0.9.1\n" == scene.repo.read("VERSION")

    def test_a_path_with_a_space_is_one_word_of_the_command(self, scene: Scene) -> None:
        scene.repo.write("my docs/CHANGES.md", "by hand\n")
        state = Edit("my docs/CHANGES.md", None, b"# Changes\n", "section 1.0.0").probe(scene.world)

        assert isinstance(state, Blocked)
        assert f"git add --force {quoted('my docs/CHANGES.md')}" in state.error.hint

    def test_a_file_that_is_gone_stays_so(self, scene: Scene) -> None:
        (scene.repo.path / "VERSION").unlink()

        assert isinstance(EDIT.probe(scene.world), Blocked)

    def test_a_new_file_that_somebody_else_made_is_kept(self, scene: Scene) -> None:
        scene.repo.write("docs/CHANGES.md", "theirs\n")

        assert isinstance(FRESH.probe(scene.world), Blocked)

    @pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
    def test_a_link_is_not_followed(self, scene: Scene, tmp_path: Path) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (scene.repo.path / "docs").symlink_to(elsewhere)
        state = FRESH.probe(scene.world)

        assert isinstance(state, Blocked)
        assert (
            f"docs/CHANGES.md lies in docs, which is a symbolic link to {elsewhere}, and a release "
            "writes plain files only" == str(state.error)
        )

    def test_a_directory_is_in_the_way(self, scene: Scene) -> None:
        (scene.repo.path / "docs/CHANGES.md").mkdir(parents=True)
        state = FRESH.probe(scene.world)

        assert isinstance(state, Blocked)
        assert "docs/CHANGES.md is a directory, and a release writes plain files only" == str(
            state.error
        )

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no executable bit")
    def test_keeps_the_mode(self, scene: Scene) -> None:
        (scene.repo.path / "VERSION").chmod(0o755)
        EDIT.apply(scene.world, scene.run)

        assert 0o755 == stat.S_IMODE((scene.repo.path / "VERSION").stat().st_mode)

    def test_leaves_no_file_of_its_own(self, scene: Scene) -> None:
        EDIT.apply(scene.world, scene.run)

        assert {".git", "VERSION"} == {path.name for path in scene.repo.path.iterdir()}

    def test_writes_into_the_scratch_tree_unless_told_otherwise(self, scene: Scene) -> None:
        step = Edit("VERSION", OLD, NEW, "version")
        before = step.probe(scene.world)
        OpenTree(scene.base).apply(scene.world, scene.run)
        step.apply(scene.world, scene.run)

        assert Todo() == before
        assert NEW == (scene.run.open_tree.root / "VERSION").read_bytes()
        assert OLD == (scene.repo.path / "VERSION").read_bytes()

    def test_what_a_hook_wrote_into_the_scratch_tree_is_not_overwritten(self, scene: Scene) -> None:
        OpenTree(scene.base).apply(scene.world, scene.run)
        (scene.run.open_tree.root / "VERSION").write_bytes(b"version 0.9.1\n")

        with pytest.raises(FileChanged, match="VERSION changed after the plan was made"):
            Edit("VERSION", OLD, NEW, "version").apply(scene.world, scene.run)

    def test_without_a_tree_nothing_can_be_written(self, scene: Scene) -> None:
        with pytest.raises(RuntimeError, match="the scratch work tree is not open"):
            Edit("VERSION", OLD, NEW, "version").apply(scene.world, scene.run)
