"""What is chosen when nobody answers otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.setup.adoption.adopted import Adopted, Translated
from releasio.setup.init.choices import choose
from tests.setup.init.found import found

if TYPE_CHECKING:
    from releasio.setup.init.questions import Question


def usual(question: Question) -> str:
    """Press Enter."""
    return question.default


def told(tool: str, **settings: object) -> Adopted:
    place = f"{tool}.toml:1"
    translated = [
        Translated(key.replace("__", "."), value, key, place) for key, value in settings.items()
    ]
    return Adopted(tool, (place,), tuple(translated))


def test_branches_stay_in_the_order_that_another_tool_has_them_in() -> None:
    """
    The first one that matches counts, so a `*` that came to the top would take them all.
    """
    tool = told("psr", branches__main__match="main", branches__dev__match="*")
    project = replace(found(), contents=replace(found().contents, adopted=(tool,)))

    choices = choose(project, usual)

    assert [("branches", "main", "match"), ("branches", "dev", "match")] == list(choices.adopted)


def test_of_two_tools_the_first_counts() -> None:
    tools = (told("psr", commits__types_minor=["feat"]), told("cz", commits__types_minor=["x"]))
    project = replace(found(), contents=replace(found().contents, adopted=tools))

    assert {("commits", "types_minor"): ["feat"]} == choose(project, usual).adopted
