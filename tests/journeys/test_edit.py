"""`release --edit`, by somebody at a terminal; the editor is played by a script."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.journeys.stage import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pty is POSIX only")
WHO = {"GIT_AUTHOR_NAME": "Ada", "GIT_AUTHOR_EMAIL": "ada@example.org",
       "GIT_COMMITTER_NAME": "Ada", "GIT_COMMITTER_EMAIL": "ada@example.org"}  # fmt: skip


def editor(folder: Path, lines: str) -> str:
    """Return the command of an editor that does what *lines* of Python do to the file `path`."""
    script = folder / "editor.py"
    script.write_text(f"import sys, pathlib\npath = pathlib.Path(sys.argv[1])\n{lines}\n")
    return f'"{sys.executable}" "{script}"'


def at_a_terminal(stage: Stage, editor: str, *words: str, **env: str) -> tuple[int, str]:
    """Release with `--edit` on a terminal; return exit status and screen."""
    import pty  # noqa: PLC0415 -- POSIX only

    variables = {**os.environ, **WHO, **stage.env, "TERM": "xterm", **env}
    variables |= {"GIT_EDITOR": editor} if editor else {}
    for name in ("CI", "GITHUB_ACTIONS"):
        variables.pop(name, None)
    variables |= {name: env[name] for name in ("CI",) if name in env}
    child, ours = pty.fork()
    if not child:
        os.chdir(stage.repo.path)
        command = [
            sys.executable,
            "-m",
            "releasio",
            "release",
            "-x",
            "--skip-publish",
            "--edit",
            *words,
        ]
        os.execve(sys.executable, command, variables)  # noqa: S606 -- without a shell
    shown, end = "", time.monotonic() + 40
    while time.monotonic() < end:
        if not select.select([ours], [], [], 1)[0]:
            continue
        try:
            shown += os.read(ours, 4096).decode(errors="replace")
        except OSError:  # it has ended
            break
    else:
        os.kill(child, signal.SIGKILL)
    os.close(ours)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), shown


class TestEdit:
    def test_what_is_left_in_the_editor_lands_in_changelog_and_plan(
        self, stage: Stage, tmp_path: Path
    ) -> None:
        play = editor(tmp_path, "path.write_text(path.read_text() + '- By **hand**\\n')")
        code, shown = at_a_terminal(stage, play)

        assert 0 == code, shown
        assert "\n- By **hand**\n" in stage.repo.read("CHANGELOG.md")
        assert "lines), as edited" in shown
        assert shown.index("are in the editor") < shown.index("- By **hand**")
        assert not (stage.repo.path / ".git/releasio/edited").exists()

    def test_the_text_has_the_format_of_the_changelog(self, stage: Stage, tmp_path: Path) -> None:
        old = "0.1.0\n-----\n\n* It\n* is\n"
        stage.repo.git("rm", "--quiet", "CHANGELOG.md", check=False)
        stage.repo.commit("fix: mend ``it``", **{"CHANGES.rst": old})
        lines = "text = path.read_text()\nassert path.suffix == '.rst', path\n"
        play = editor(tmp_path, f"{lines}path.write_text(text + '* :func:`it`\\n')")
        code, shown = at_a_terminal(stage, play)

        assert 0 == code, shown
        text = stage.repo.read("CHANGES.rst")
        assert text.startswith("0.1.1\n-----\n\n")
        assert text.endswith(f"* :func:`it`\n\n{old}")

    def test_gits_own_setting_says_which_editor_it_is(self, stage: Stage, tmp_path: Path) -> None:
        play = editor(tmp_path, "path.write_text('- Only this')")
        stage.repo.git("config", "core.editor", play)
        code, shown = at_a_terminal(stage, "", VISUAL="false", EDITOR="false")

        assert 0 == code, shown
        assert "\n\n- Only this\n" in stage.repo.read("CHANGELOG.md")

    @pytest.mark.parametrize(
        ("lines", "words"),
        [
            ("path.write_text(' \\n')", "the notes of 0.1.1 are empty, so nothing was released"),
            ("sys.exit(7)", "the editor exited with status 7; nothing was changed"),
            ("path.write_text('- a\\n\\n## 9.9\\n')", "would not have a section for 0.1.1"),
        ],
    )
    def test_what_cannot_be_used_changes_nothing(
        self, stage: Stage, tmp_path: Path, lines: str, words: str
    ) -> None:
        before = stage.state()
        code, shown = at_a_terminal(stage, editor(tmp_path, lines))

        assert 1 == code
        assert words in " ".join(shown.split())
        assert before == stage.state()

    def test_what_was_typed_is_there_again_after_a_failure(
        self, stage: Stage, tmp_path: Path
    ) -> None:
        at_a_terminal(stage, editor(tmp_path, "path.write_text('- Typed')\nsys.exit(1)"))
        code, shown = at_a_terminal(stage, "true")

        assert 0 == code, shown
        assert "\n- Typed\n" in stage.repo.read("CHANGELOG.md")


class TestRefusal:
    def test_without_a_terminal(self, stage: Stage) -> None:
        run = stage.run("release", "--execute", "--edit", CI="", GITHUB_ACTIONS="")

        assert 2 == run.code
        assert "--edit opens an editor, and this is no terminal" in run.err

    def test_in_a_ci_job(self, stage: Stage) -> None:
        code, shown = at_a_terminal(stage, "true", CI="true")

        assert 2 == code
        assert "--edit opens an editor, and this is a CI job" in shown

    def test_with_a_document(self, stage: Stage) -> None:
        code, shown = at_a_terminal(stage, "true", "--json")

        assert 2 == code
        assert "with --json there is no terminal for it" in shown

    def test_of_a_preview(self, stage: Stage) -> None:
        run = stage.run("release", "--edit")

        assert 2 == run.code
        assert "--edit is for a release: give --execute, too." in run.err

    def test_of_notes_that_are_committed(self, stage: Stage) -> None:
        stage.run("update", "--execute")
        stage.repo.commit("chore: prepare")
        code, shown = at_a_terminal(stage, "false")

        assert 2 == code
        assert "the notes of 0.1.1 are not to be written any more" in " ".join(shown.split())
