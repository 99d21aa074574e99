"""What shows that something goes on: on a terminal, in a pipe and in colour."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.cli.test_drawing import run_in_terminal, shown

if TYPE_CHECKING:
    from tests.cli.program import Program

WORKING = """
import os, time
from releasio.cli.screen import Terminal

screen = Terminal(dict(os.environ))
screen.chatty = False
screen.passing("  ... build", {asking})
time.sleep(1.6)
screen.note("trying again")
time.sleep(0.6)
screen.clear()
screen.say("  [x] build")
time.sleep(0.6)
"""
LONG = """
import os
from releasio.cli.screen import Terminal

os.environ["COLUMNS"] = "60"
screen = Terminal(dict(os.environ))
screen.say("  [ ] push main and tag v1.0.0 to origin, both or neither of the two")
screen.command("To do it:", "releasio release --execute --version 1.2.3 --registry corp")
screen.line("a line of a child, which stays as long as it was whatever the terminal is")
"""

if os.name == "nt":
    pytest.skip("Windows has no pseudo-terminal to run it in", allow_module_level=True)


@pytest.fixture(scope="module")
def written() -> str:
    """What a step of two seconds shows."""
    return run_in_terminal(WORKING.format(asking=""))


class TestOnATerminal:
    def test_seconds_are_counted_and_leave_nothing(self, written: str) -> None:
        assert "  ... build  1 s" in written
        assert ["  note: trying again", "  [x] build"] == shown(written)

    def test_it_goes_on_after_a_note_and_ends_with_the_step(self, written: str) -> None:
        before, _, after = written.partition("trying again")

        assert "... build" in before
        assert "... build" in after.partition("[x]")[0]
        assert "... build" not in after.partition("[x]")[2]

    def test_a_program_that_may_ask_is_not_drawn_over(self) -> None:
        written = run_in_terminal(WORKING.format(asking="asking=True"))

        assert 1 == written.count("... build")

    def test_lines_break_between_words_and_a_command_stays_whole(self) -> None:
        expected = [
            "  [ ] push main and tag v1.0.0 to origin, both or neither of",
            "      the two",
            "To do it:",
            "  releasio release --execute --version 1.2.3 --registry corp",
            "    | a line of a child, which stays as long as it was whatever the terminal is",
        ]

        assert expected == shown(run_in_terminal(LONG))


class TestInAPipe:
    def test_a_line_tells_that_a_step_begins_that_takes_its_time(self, laptop: Program) -> None:
        lines = laptop("release", "--execute").out.splitlines()

        began = [line for line in lines if line.startswith("  ... ")]
        assert ["build", "push", "upload", "verify"] == [line.split()[1] for line in began]
        assert lines.index(began[1]) < lines.index(began[1].replace("...", "[x]"))

    def test_lines_are_as_long_as_they_are(self, laptop: Program) -> None:
        out = laptop("check", "--verbose", COLUMNS="60").out

        assert any(len(line) > 80 for line in out.splitlines())


class TestInColour:
    @pytest.mark.parametrize(
        ("env", "coloured"),
        [
            ({}, False),
            ({"FORCE_COLOR": "1"}, True),
            ({"FORCE_COLOR": "0"}, False),
            ({"FORCE_COLOR": ""}, False),
            ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
            ({"FORCE_COLOR": "1", "TERM": "dumb"}, True),
        ],
    )
    @pytest.mark.parametrize("words", [["check", "--offline"], ["explain", "tag-taken"]])
    def test_somebody_who_forces_it_gets_it(
        self, laptop: Program, words: list[str], env: dict[str, str], *, coloured: bool
    ) -> None:
        out = laptop(*words, **{"NO_COLOR": "", "FORCE_COLOR": "", **env}).out

        assert coloured == ("\x1b[" in out)
