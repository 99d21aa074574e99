"""What the program says of places and values it cannot work with: an error, never a traceback."""

from __future__ import annotations

import errno
import sys
from typing import TYPE_CHECKING

import pytest

from releasio.errors.request import SystemRefused
from tests.fakes.repository import Repository

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.stage import Stage


def first_line(text: str) -> str:
    return text.partition("\n")[0]


class TestWhatTheSystemRefuses:
    def test_is_said_with_the_place_and_what_to_do(self, stage: Stage, tmp_path: Path) -> None:
        missing = tmp_path / "missing" / "output"
        run = stage.run("release", GITHUB_OUTPUT=str(missing))

        assert 1 == run.code
        said = [line for line in run.err.splitlines() if not line.startswith("::add-mask::")]
        assert f"error: {missing}: No such file or directory" == said[0]
        assert "  Look whether it is there, and at its permissions, then run again.\n" in run.err

    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
    @pytest.mark.parametrize(
        ("where", "hint"),
        [
            ("notes.md", "Make space there, then run again."),
            (
                None,
                (
                    "Make space on the disk of the repository, or that of temporary files "
                    "(TMPDIR, TEMP), then run again."
                ),
            ),
        ],
    )
    def test_a_full_disk_is_about_space_only(
        self, number: int, where: str | None, hint: str
    ) -> None:
        error = SystemRefused.of(OSError(number, "No space left on device", where))
        place = where or "the operating system refused"

        assert f"{place}: No space left on device" == str(error)
        assert hint == error.hint

    @pytest.mark.parametrize(
        ("number", "hint"),
        [
            (errno.EMFILE, "Allow more open files (ulimit -n), then run again."),
            (errno.EFBIG, "Allow larger files (ulimit -f), then run again."),
            (errno.EROFS, "Make that file system writable, then run again."),
            (errno.EACCES, "Look whether it is there, and at its permissions, then run again."),
        ],
    )
    def test_what_is_no_matter_of_rights_says_so(self, number: int, hint: str) -> None:
        assert hint == SystemRefused.of(OSError(number, "No", "notes.md")).hint

    def test_leaves_all_as_it_was(self, stage: Stage) -> None:
        """The directory of releasio's own state cannot be made: a file is in its place."""
        before = stage.state()
        (stage.repo.path / ".git/releasio").write_bytes(b"")
        run = stage.run("release", "--execute")

        assert (4, before) == (run.code, stage.state())
        assert "releasio explain link-in-the-way" in run.err


class TestClock:
    def test_an_epoch_beyond_all_calendars_is_not_one(self, stage: Stage) -> None:
        run = stage.run("check", "--offline", SOURCE_DATE_EPOCH="9" * 17)

        assert 0 == run.code, run.err


class TestTagOfNoCommit:
    def test_is_in_the_way(self, stage: Stage) -> None:
        stage.repo.git("tag", "v0.1.1", "HEAD^{tree}")
        stage.repo.git("push", "--quiet", "origin", "v0.1.1")
        stage.repo.git("tag", "--delete", "v0.1.1")
        run = stage.run("release")

        assert 4 == run.code
        assert "releasio explain tag-taken" in run.err


class TestConfig:
    @pytest.mark.parametrize("name", ["missing", "pyproject.toml"])
    def test_of_no_directory_is_refused(self, stage: Stage, name: str) -> None:
        run = stage.run("config", name)

        assert 2 == run.code
        assert f"error: {name} is no directory" == first_line(run.err)
        assert "Give the directory that holds pyproject.toml." in run.err


class TestChangelog:
    @pytest.mark.parametrize("span", ["missing..HEAD", "v0.1.0..missing"])
    def test_of_an_unknown_commit_names_it(self, stage: Stage, span: str) -> None:
        run = stage.run("changelog", span)

        assert 2 == run.code
        assert "error: there is no commit, branch or tag 'missing'" in run.err
        assert "git fetch --tags" in run.err


@pytest.mark.parametrize("command", ["changelog", "status"])
def test_a_repository_without_commits_is_named_as_such(
    stage: Stage, tmp_path: Path, command: str
) -> None:
    stage.repo = Repository.create(tmp_path / "empty")
    run = stage.run(command)

    assert 4 == run.code
    assert "error: this repository has no commits yet" == first_line(run.err)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege on Windows")
class TestLinkedChangelog:
    @pytest.mark.parametrize("words", [("release",), ("release", "--execute"), ("update",)])
    def test_is_refused_in_preview_and_deed(
        self, stage: Stage, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        (tmp_path / "notes.md").write_text("# Notes\n", encoding="utf-8")
        (stage.repo.path / "CHANGELOG.md").symlink_to(tmp_path / "notes.md")
        stage.repo.commit("docs: link the notes")
        stage.repo.git("push", "--quiet", "origin", "main")
        before = stage.state()
        run = stage.run(*words)

        assert 4 == run.code
        assert f"error: CHANGELOG.md is a symbolic link to {tmp_path / 'notes.md'}, and" in run.err
        assert (
            "Commit a file in its place, or name the one it stands for in the settings: "
            "changelog.path, version.version_files, version.files." in run.err
        )
        assert before == stage.state()
        assert b"# Notes\n" == (tmp_path / "notes.md").read_bytes()

    @pytest.mark.parametrize("words", [("release",), ("release", "--execute"), ("update", "-x")])
    def test_in_a_linked_folder_nothing_is_written_elsewhere(
        self, stage: Stage, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        (stage.repo.path / "docs").symlink_to(elsewhere)
        stage.repo.commit("docs: link them")
        stage.repo.git("push", "--quiet", "origin", "main")
        run = stage.run(*words, RELEASIO_CHANGELOG_PATH="docs/CHANGELOG.md")

        assert 4 == run.code
        assert "error: docs/CHANGELOG.md lies in docs, which is a symbolic link to" in run.err
        assert [] == list(elsewhere.iterdir())
