"""What the tests of a project need, and the commands that install it."""

from __future__ import annotations

import tomllib

import pytest

from releasio.setup.init.needs_of_tests import install_commands
from releasio.setup.init.project import Contents
from releasio.setup.init.wanted import recipe_answers
from releasio.setup.recipes.recipes import RECIPES
from releasio.setup.recipes.render import render
from tests.setup.init.found import chosen, found

UPGRADE = "python -m pip install --upgrade pip"
PLAIN = ("python -m pip install . pytest",)


def commands(text: str) -> tuple[str, ...]:
    """Return those for the groups and extras of a manifest."""
    tables = tomllib.loads(text)
    extras = {name: tuple(entry) for name, entry in tables.get("extras", {}).items()}
    return install_commands("demo", tables.get("groups"), extras)


class TestGroup:
    @pytest.mark.parametrize(
        ("groups", "words"),
        [
            ("test = ['hypothesis', 'pytest>=8']", "--group test"),
            ("tests = ['pytest[x]']", "--group tests"),
            ("testing = ['PyTest; os_name == \"nt\"']", "--group testing"),
            ("dev = ['pytest']", "--group dev"),
            ("Test = ['pytest']", "--group Test"),
            ("test = ['hypothesis']", "pytest --group test"),
            ("test = ['pytest-cov']", "pytest --group test"),
            ("test = []\ndev = ['pytest']", "--group dev"),
            ("test = ['pytest']\ndev = ['pytest']", "--group test"),
            ("test = ['attrs']\ndev = ['ruff']", "pytest --group test"),
            ("test = [{include-group = 'C.ov'}]\nc-ov = ['pytest']", "--group test"),
            ("test = [{include-group = 'dev'}]\ndev = [{include-group = 'test'}]",
             "pytest --group test"),
            ("test = ['demo[all, cov]']\n[extras]\ncov = ['pytest']", "--group test"),
        ],
    )  # fmt: skip
    def test_that_is_called_as_those_of_tests_are(self, groups: str, words: str) -> None:
        assert (UPGRADE, f"python -m pip install . {words}") == commands(f"[groups]\n{groups}")

    @pytest.mark.parametrize(
        "text",
        ["", "groups = ['test']", "[groups]\ndocs = ['pytest']", "groups.test = 'pytest'"],
    )
    def test_without_one_it_is_pytest_alone(self, text: str) -> None:
        assert PLAIN == commands(text)


class TestExtra:
    @pytest.mark.parametrize(
        ("extras", "words"),
        [
            ("test = ['pytest']", "'.[test]'"),
            ("testing = ['attrs']", "'.[testing]' pytest"),
            ("dev = ['Demo[cov]']\ncov = ['pytest']", "'.[dev]'"),
            ("test = ['other[cov]']\ncov = ['pytest']", "'.[test]' pytest"),
            ("tests = ['pytest']\n[groups]\ndev = ['pytest']", "'.[tests]'"),
            ("tests = ['pytest']\n[groups]\ntest = ['attrs']", "'.[tests]'"),
        ],
    )
    def test_is_taken_where_no_group_does_as_well(self, extras: str, words: str) -> None:
        assert (f"python -m pip install {words}",) == commands(f"[extras]\n{extras}")


class TestWorkflow:
    @pytest.mark.parametrize(
        ("recipe", "before"),
        [("github-release", "      - run: "), ("gitlab-version-changed", "    - ")],
    )
    @pytest.mark.parametrize("name", ["group", "extra"])
    def test_has_them_as_a_shell_takes_them(self, recipe: str, before: str, name: str) -> None:
        table = {"group": "[groups]", "extra": "[extras]"}[name]
        contents = Contents(
            has_tests=True, test_installs=commands(f"{table}\ntest = ['pytest', 'attrs']")
        )
        answers = recipe_answers(found(contents=contents), chosen(recipe))
        (text,) = render(RECIPES[recipe], answers).values()
        lines = {
            "group": (UPGRADE, "python -m pip install . --group test"),
            "extra": ("\"python -m pip install '.[test]'\"",),
        }[name]

        expected = "".join(f"{before}{line}\n" for line in (*lines, "python -m pytest"))
        assert expected in text
