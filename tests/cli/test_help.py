"""What can be asked without a project: help, version, explanations, and what is not there yet."""

from __future__ import annotations

import json
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

    def test_lists_all(self, program: Program) -> None:
        run = program("explain")

        assert set(catalogue()) == {line.split()[0] for line in run.out.splitlines()}


class TestNotYet:
    @pytest.mark.parametrize(
        ("command", "instead"),
        [
            ("init", "releasio works without a configuration file"),
        ],
    )
    def test_says_so_and_what_to_do_instead(
        self, program: Program, command: str, instead: str
    ) -> None:
        run = program(command)

        assert 2 == run.code
        assert f"`releasio {command}` is not in this version yet" in run.err
        assert instead in run.err

    @pytest.mark.parametrize(
        "words",
        [
            "init --force",
            "init -f",
            "init --yes .",
        ],
    )
    def test_takes_the_words_of_2x(self, program: Program, words: str) -> None:
        run = program(*words.split())

        assert 2 == run.code
        assert f"`releasio {words.split(maxsplit=1)[0]}` is not in this version yet" in run.err

    def test_says_so_in_a_document_too(self, program: Program) -> None:
        document = json.loads(program("init", "--json").out)

        assert ["not-yet"] == [error["code"] for error in document["errors"]]
