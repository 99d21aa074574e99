"""`releasio init`, by somebody at a terminal."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.terminal import Conversation
from tests.fakes.projects import static_project
from tests.journeys.stage import files_below
from tests.sampled import sampled

if TYPE_CHECKING:
    from tests.fakes.repository import Repository

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pty is POSIX only")

QUESTIONS = ("recipe", "branch", "tag", "changelog", "index", "config")
WRITE = "Write .releasio.toml, .github/workflows/release.yml, CHANGELOG.md? [Y/n]: "


@pytest.fixture
def project(repo: Repository) -> Repository:
    """demo 0.1.0 with a tag, and a remote that is on GitHub as far as its address tells."""
    static_project(repo)
    repo.tag("v0.1.0")
    repo.git("remote", "add", "origin", "https://github.com/acme/demo.git")
    return repo


def begin(project: Repository, *words: str, columns: int = 100, **env: str) -> Conversation:
    return Conversation.begin(project.path, "init", "--offline", *words, columns=columns, **env)


class TestAnswers:
    def test_enter_through_all_takes_what_the_project_says(self, project: Repository) -> None:
        talk = begin(project)
        for question in QUESTIONS:
            talk.answer(question)
        talk.wait_for(WRITE)
        before = files_below(project.path)
        talk.type("\r")
        code, shown = talk.end()

        assert 0 == code, shown
        assert (project.path / ".releasio.toml") not in before
        written = files_below(project.path).keys() - before.keys()
        assert {".releasio.toml", ".github/workflows/release.yml", "CHANGELOG.md"} == written
        assert "config_version = 3\n" in project.read(".releasio.toml")
        assert 'mode = "pull-request"\n' in project.read(".releasio.toml")
        assert "tag_prefix" not in project.read(".releasio.toml")
        assert "Repository name:    demo\n" in shown

    def test_other_answers_become_settings_and_files(self, project: Repository) -> None:
        talk = begin(project)
        answers = ("1", "trunk", "demo-1.2.0", "docs/news.rst", "testpypi", "3")
        for question, answer in zip(QUESTIONS, answers, strict=True):
            talk.answer(question, answer)
        talk.wait_for("Change pyproject.toml, which is there? [y/N]: ")
        talk.type("y\r")
        talk.wait_for("docs/news.rst? [Y/n]: ")
        talk.type("y\r")
        code, shown = talk.end()

        assert 0 == code, shown
        text = project.read("pyproject.toml")
        assert 'default_branch = "trunk"' in text
        assert 'tag_prefix = "demo-"' in text
        assert 'path = "docs/news.rst"' in text
        assert 'registry = "testpypi"' in text
        assert project.read("docs/news.rst").startswith("Changelog\n=========\n")
        assert "command: release-pr" not in project.read(".github/workflows/release.yml")

    def test_a_wrong_answer_is_asked_again_and_told_why(self, project: Repository) -> None:
        talk = begin(project)
        talk.answer("recipe", "99")
        talk.wait_for("99 is none of them: write a number, or a name.")
        talk.answer("recipe", "tag")
        talk.answer("branch", "a..b")
        talk.wait_for('`default_branch` must be the name of a branch, not "a..b".\n')
        talk.answer("branch")
        talk.answer("tag", "release")
        talk.wait_for("release has no version in it: write a tag such as v1.2.0 or 1.2.0.")
        talk.answer("tag")
        talk.answer("changelog", "../up.md")
        talk.wait_for("no path to a file inside the project")
        talk.answer("changelog", "CHANGES.docx")
        talk.wait_for("CHANGES.docx is in no format that is written")
        talk.answer("changelog", "none")
        talk.answer("index", "pipy")
        talk.wait_for("pipy")
        talk.answer("index")
        talk.answer("config")
        talk.wait_for("Write .releasio.toml, .github/workflows/release.yml? [Y/n]: ")
        talk.type("\r")
        code, shown = talk.end()

        assert 0 == code, shown
        assert "enabled = false" in project.read(".releasio.toml")

    def test_no_at_the_end_writes_nothing(self, project: Repository) -> None:
        before = files_below(project.path)
        talk = begin(project)
        for question in QUESTIONS:
            talk.answer(question)
        talk.wait_for(WRITE)
        talk.type("n\r")
        code, shown = talk.end()

        assert 0 == code
        assert "Nothing was written.\n" in shown
        assert "Next" not in shown
        assert before == files_below(project.path)

    def test_what_is_there_stays_unless_somebody_says_yes(self, project: Repository) -> None:
        project.write(".github/workflows/release.yml", "name: mine\non: push\njobs: {}\n")
        talk = begin(project)
        for question in QUESTIONS:
            talk.answer(question)
        talk.wait_for("Change .github/workflows/release.yml, which is there? [y/N]: ")
        talk.type("\r")
        talk.wait_for("Write .releasio.toml, CHANGELOG.md? [Y/n]: ")
        talk.type("\r")
        code, shown = talk.end()

        assert 0 == code, shown
        assert project.read(".github/workflows/release.yml").startswith("name: mine\n")
        assert "  -name: mine\n" in shown


class TestMoreQuestions:
    def test_the_forge_and_what_another_tool_was_told(self, repo: Repository) -> None:
        """A project without a remote is asked where it will be."""
        static_project(repo, tables='[tool.commitizen]\ntag_format = "r$version"\n')
        talk = begin(repo)
        talk.answer("forge", "gitlab")
        talk.answer("recipe")
        talk.answer("adopt", "no")
        talk.answer("branch")
        talk.answer("tag")
        for question in ("changelog", "index", "config"):
            talk.answer(question)
        talk.wait_for("? [Y/n]: ")
        talk.type("\r")
        code, shown = talk.end()

        assert 0 == code, shown
        assert "tag [v1.2.0]: " in shown
        assert "tag_prefix" not in repo.read(".releasio.toml")
        assert "releasio release-pr --execute" in repo.read(".gitlab-ci.yml")

    def test_the_file_of_a_version_that_code_works_out(self, project: Repository) -> None:
        code = 'from setuptools import setup\n\nsetup(name="demo", version=read())\n'
        for name in ("pyproject.toml", "src/demo/__init__.py"):
            (project.path / name).unlink()
        project.commit("feat: begin", **{"setup.py": code, "demo/v.py": '__version__ = "0.1.0"\n'})
        talk = begin(project)
        talk.answer("version", "demo/none.py")
        talk.wait_for("demo/none.py")
        talk.answer("version", "demo/v.py")
        for question in QUESTIONS:
            talk.answer(question)
        talk.wait_for("? [Y/n]: ")
        talk.type("\r")
        code, shown = talk.end()

        assert 0 == code, shown
        assert 'source_file = "demo/v.py"' in project.read(".releasio.toml")
        assert "demo, 0.1.0 (demo/v.py)" in shown


class TestCalledOff:
    @pytest.mark.parametrize("number", sampled(range(len(QUESTIONS) + 1), every=3))
    def test_by_an_interruption_at_any_question(self, project: Repository, number: int) -> None:
        before = files_below(project.path)
        talk = begin(project)
        for question in QUESTIONS[:number]:
            talk.answer(question)
        talk.wait_for(f"{[*QUESTIONS, 'CHANGELOG.md?'][number]} [")
        talk.wait_for("]: ")
        talk.interrupt()
        code, shown = talk.end()

        assert 130 == code, shown
        assert "Nothing was written.\n" in shown
        assert "Traceback" not in shown
        assert before == files_below(project.path)

    def test_by_the_end_of_the_input(self, project: Repository) -> None:
        before = files_below(project.path)
        talk = begin(project)
        talk.answer("recipe")
        talk.wait_for("branch [main]: ")
        talk.type("\x04")
        code, shown = talk.end()

        assert 1 == code
        assert "error: the question for the branch got no answer\n" in shown
        assert "Run it again; releasio init --yes asks nothing." in shown
        assert "Nothing was written.\n" in shown
        assert before == files_below(project.path)

    def test_by_the_system(self, project: Repository) -> None:
        before = files_below(project.path)
        talk = begin(project)
        talk.answer("recipe")
        talk.wait_for("branch [main]: ")
        talk.end_by(lambda: os.kill(talk.child, signal.SIGTERM))
        code, shown = talk.end()

        assert 143 == code
        assert "Nothing was written.\n" in shown
        assert before == files_below(project.path)


class TestTerminal:
    def test_a_narrow_one_breaks_lines(self, project: Repository) -> None:
        talk = begin(project, columns=40)
        talk.wait_for("recipe [pull-request]: ")
        talk.interrupt()
        _, shown = talk.end()

        questions = shown.partition("How are releases made?")[2]
        assert not [line for line in questions.splitlines() if len(line) > 40]

    def test_a_line_of_a_diff_stays_in_one_piece(self, project: Repository) -> None:
        talk = begin(project, columns=60)
        for question in QUESTIONS:
            talk.answer(question)
        talk.wait_for("CHANGELOG.md? [Y/n]: ")
        talk.type("n\r")
        _, shown = talk.end()

        diff = shown.partition("+++ b/CHANGELOG.md\n")[2].partition("\n\nWrite")[0]
        assert {"  +", "  @"} == {line[:3] for line in diff.splitlines()}

    def test_without_colours_there_are_none(self, project: Repository) -> None:
        talk = begin(project, NO_COLOR="1")
        talk.wait_for("recipe [pull-request]: ")
        talk.interrupt()
        talk.end()

        assert 0 == talk.styled

    def test_a_ci_job_has_nobody_to_ask(self, project: Repository) -> None:
        code, shown = begin(project, CI="true").end()

        assert 2 == code
        assert "error: init asks questions, and this is a CI job\n" in shown
        assert "releasio init --yes takes what it finds" in shown
