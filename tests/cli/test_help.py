"""What can be asked without a project: help, version and explanations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio import __version__
from releasio.cli.main import COMMANDS
from releasio.errors.catalogue import catalogue
from tests.cli.program import Program

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program, where there is no project."""
    return Program(tmp_path)


class TestHelp:
    @pytest.mark.parametrize("command", COMMANDS)
    def test_of_each_command_tells_what_it_is_for(self, program: Program, command: str) -> None:
        run = program(command, "--help")

        assert (0, "") == (run.code, run.err)
        assert run.out.startswith(f"Usage: releasio {command}")

    def test_lists_every_command(self, program: Program) -> None:
        run = program("--help")

        assert 0 == run.code
        assert [] == [name for name in COMMANDS if f"\n  {name} " not in run.out]

    def test_without_a_command_is_help(self, program: Program) -> None:
        run = program()

        assert "Usage: releasio" in run.out + run.err

    @pytest.mark.parametrize("option", ["--version", "-V"])
    def test_version(self, program: Program, option: str) -> None:
        assert f"releasio {__version__}\n" == program(option).out


class TestMistyped:
    def test_command(self, program: Program) -> None:
        run = program("relaese")

        assert 2 == run.code
        assert "There is no command 'relaese'. Did you mean 'release'?" in run.err

    def test_option(self, program: Program) -> None:
        run = program("check", "--verbos")

        assert 2 == run.code
        assert "--verbose" in run.err

    def test_error_code(self, program: Program) -> None:
        run = program("explain", "tag-takn")

        assert 2 == run.code
        assert "There is no error code 'tag-takn'. Did you mean tag-taken?" in run.err


class TestExplain:
    def test_a_code(self, program: Program) -> None:
        run = program("explain", "tag-taken")

        assert run.out.startswith(
            "tag-taken (exit code 4)\nThe tag of this release already names another commit.\n"
        )
        assert "A tag that others may have fetched is never moved." in run.out

    def test_a_code_of_doctor(self, program: Program) -> None:
        run = program("explain", "identity-not-allowed")

        assert run.out.startswith("identity-not-allowed (error of doctor)\nA job publishes")

    def test_a_code_of_both(self, program: Program) -> None:
        run = program("explain", "token-for-another-index")

        assert "token-for-another-index (exit code 5)\n" in run.out
        assert "token-for-another-index (error of doctor)\n" in run.out

    def test_lists_all(self, program: Program) -> None:
        run = program("explain")

        assert set(catalogue()) == {line.split()[0] for line in run.out.splitlines()}
