"""What a preview shows at a glance, and what on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.program import Program

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

SHORT = """\
demo 0.1.0 -> 0.1.1
  {commit} fix: greet politely (#7): fix raises the patch number (commits.types_patch)

notes
  ### {fixes}
  - greet politely (#7)

prepare  [ ] write pyproject.toml and CHANGELOG.md, commit
build    [ ] run hook build, check them
publish  [ ] push main and tag v0.1.1 to origin, upload to pypi.corp.example, \
verify
             the index was not asked; origin was not asked

Nothing was changed. To do it: releasio release --execute
"""


@pytest.fixture
def releasio(project: Repository) -> Program:
    """The program, in a project that publishes to an index of a company's own."""
    registry = "https://pypi.corp.example/legacy/"
    env = {"RELEASIO_PUBLISH_REGISTRY": registry, "RELEASIO_CONFIG_VERSION": "3"}
    return Program(project.path, env)


class TestAtAGlance:
    def test_version_reasons_and_notes_come_before_one_line_for_each_stage(
        self, releasio: Program, project: Repository
    ) -> None:
        out = releasio("check", "--offline").out

        fixes = out.partition("### ")[2].partition("\n")[0]
        commit = project.git("rev-parse", "HEAD")[:8]
        assert SHORT.format(commit=commit, fixes=fixes) == out

    def test_a_step_that_is_blocked_is_shown_with_its_reason(
        self, releasio: Program, project: Repository
    ) -> None:
        project.git("remote", "remove", "origin")
        run = releasio("check", "--offline")

        assert 4 == run.code
        assert (
            "\npublish  [!] push main and tag v0.1.1 to a remote, upload to pypi.corp.example"
            in run.out
        )
        assert "\n         [!] push main and tag v0.1.1 to a remote, both or neither\n" in run.out

    def test_many_commits_do_not_push_the_version_off_the_screen(
        self, releasio: Program, project: Repository
    ) -> None:
        for number in range(60):
            project.commit(f"fix: mend number {number}", **{"src/demo/more.py": f"N = {number}\n"})
        short = releasio("check", "--offline").out
        long = releasio("check", "--offline", "--verbose").out

        assert len(short.splitlines()) < 50
        assert "more lines (--verbose shows them)" in short
        assert all(f"- mend number {number}\n" in long for number in range(60))


class TestOnDemand:
    def test_verbose_shows_every_step(self, releasio: Program) -> None:
        out = releasio("check", "--offline", "--verbose").out

        assert "\nprepare\n  [ ] check out " in out
        assert "\n  [ ] write pyproject.toml: version 0.1.0 -> 0.1.1\n" in out

    @pytest.mark.parametrize("option", ["--verbose", "--diff"])
    @pytest.mark.parametrize("command", ["check", "release", "update"])
    def test_what_changes_in_each_file(self, releasio: Program, command: str, option: str) -> None:
        out = releasio(command, "--offline", option).out

        assert '\n  -version = "0.1.0"\n  +version = "0.1.1"\n' in out
        assert "\n  --- /dev/null\n  +++ b/CHANGELOG.md\n" in out
        assert "\n  +- greet politely (#7)\n" in out

    def test_the_command_that_acts_does_not_repeat_what_was_only_looked_at(
        self, laptop: Program
    ) -> None:
        out = laptop("update", "--diff").out

        assert out.endswith("To do it: releasio update --execute\n")

    def test_a_run_shows_it_before_it_begins(self, laptop: Program) -> None:
        out = laptop("update", "--diff", "--execute").out

        assert out.index('+version = "0.1.1"') < out.index("[x] write pyproject.toml")
