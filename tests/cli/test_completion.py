"""Completion of the command line: what is printed, what is written, what is completed."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from releasio.cli.completion import SHELLS, install
from tests.cli.program import Program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program, of somebody whose shell is zsh."""
    home = str(tmp_path)
    return Program(tmp_path, {"SHELL": "/usr/bin/zsh", "HOME": home, "USERPROFILE": home})


@pytest.mark.parametrize("shell", SHELLS)
class TestShow:
    def test_prints_a_script_that_asks_the_program(self, program: Program, shell: str) -> None:
        run = program("--show-completion", shell)

        assert (0, "") == (run.code, run.err)
        assert f"_RELEASIO_COMPLETE={shell}_complete" in run.out

    def test_the_shell_takes_it(self, program: Program, shell: str, tmp_path: Path) -> None:
        place = tmp_path / "script"
        place.write_text(program("--show-completion", shell).out, encoding="utf-8")
        syntax = [shutil.which(shell) or shutil.which("true") or "true", "-n", str(place)]

        assert 0 == subprocess.run(syntax, check=False).returncode


class TestWhichShell:
    def test_without_a_name_it_is_that_of_the_login(self, program: Program) -> None:
        assert "#compdef releasio" in program("--show-completion").out

    @pytest.mark.parametrize(
        ("words", "env", "said"),
        [
            (["tcsh"], {}, "'tcsh' is none of them"),
            ([], {"SHELL": "/bin/dash"}, "'dash' is none of them"),
            ([], {"SHELL": ""}, "$SHELL is not set"),
        ],
    )
    @pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
    def test_another_one_is_refused_by_name(
        self, program: Program, option: str, words: list[str], env: dict[str, str], said: str
    ) -> None:
        run = program(option, *words, **env)

        assert 2 == run.code
        assert f"Completion is for bash, zsh and fish, and {said}" in run.err


class TestInstall:
    def test_says_what_was_written(self, program: Program, tmp_path: Path) -> None:
        run = program("--install-completion")

        script, begins = tmp_path / ".local/share/releasio/completion.zsh", tmp_path / ".zshrc"
        expected = f"wrote {script}\nwrote {begins}\nIt takes effect in the next zsh.\n"
        assert (0, expected) == (run.code, run.out)
        assert program("--show-completion").out == script.read_text(encoding="utf-8")

    @pytest.mark.parametrize(("shell", "begins"), [("bash", ".bashrc"), ("zsh", ".zshrc")])
    def test_twice_is_once_and_what_was_there_stays(
        self, tmp_path: Path, shell: str, begins: str
    ) -> None:
        (tmp_path / begins).write_text("alias x=y", encoding="utf-8")
        first = install(shell, "old\n", tmp_path)
        second = install(shell, "new\n", tmp_path)

        lines = (tmp_path / begins).read_text(encoding="utf-8").splitlines()
        assert "alias x=y" == lines[0]
        assert lines[1].endswith(f'source "{first[0].as_posix()}"')
        assert (2, (first[0],), "new\n") == (len(lines), second, first[0].read_text("utf-8"))

    def test_fish_reads_its_folder_by_itself(self, tmp_path: Path) -> None:
        place = tmp_path / ".config/fish/completions/releasio.fish"

        assert (place,) == install("fish", "script\n", tmp_path)
        assert [place] == [path for path in tmp_path.rglob("*") if path.is_file()]


class TestComplete:
    def test_commands_and_options(self, program: Program) -> None:
        asked = {"_RELEASIO_COMPLETE": "bash_complete", "COMP_CWORD": "1"}
        commands = program(COMP_WORDS="releasio re", **asked).out.split()
        asked["COMP_CWORD"] = "2"
        options = program(COMP_WORDS="releasio check --off", **asked).out.split()

        assert {"release", "rehearse", "release-pr", "replay"} == {
            command.removeprefix("plain,") for command in commands
        }
        assert ["plain,--offline"] == options


def test_a_file_of_the_shell_that_is_no_utf_8_is_only_added_to(tmp_path: Path) -> None:
    begins = tmp_path / ".bashrc"
    begins.write_bytes(b"# caf\xe9\n")
    install("bash", "script\n", tmp_path)

    assert begins.read_bytes().startswith(b"# caf\xe9\nsource ")
