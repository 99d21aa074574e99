"""A recipe with the answers of a project in its places."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import TYPE_CHECKING

from releasio.frozen import replace
from releasio.setup.recipes.recipe import Answers

if TYPE_CHECKING:
    from releasio.setup.recipes.recipe import PublishingJob, Recipe

_DEFAULTS = Answers()
_PLACE = re.compile(r"__([A-Z]+(?:_[A-Z]+)*)__")
_PLAIN = re.compile(
    r"[A-Za-z][\w./-]*(?: [\w./-]+)*"
)  # text to every reader of YAML, but for these
_WORDS = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"}
_TESTS = re.compile(r"^(.*)__TEST__\n", re.MULTILINE)


def render(recipe: Recipe, answers: Answers = _DEFAULTS) -> dict[str, str]:
    """
    Return the files of *recipe*, by their paths in the project; their lines end in a line feed.

    Raises:
        ValueError: An answer has `${{`, which the forge would take for an expression.
    """
    return {path: _text(file, answers) for path, file in recipe.files.items()}


def settings_of(recipe: Recipe, answers: Answers = _DEFAULTS) -> dict[tuple[str, ...], object]:
    """Return what the configuration must say, by the path of the key in releasio's table."""
    return {path: _filled(value, answers) for path, value in recipe.settings.items()}


def publishers_of(recipe: Recipe, answers: Answers = _DEFAULTS) -> tuple[PublishingJob, ...]:
    """Return the jobs that publish, whose values the index must know."""
    return tuple(
        replace(job, **{name: _filled(text, answers) for name, text in _fields(job)})
        for job in recipe.publishers
    )


def by_hand(recipe: Recipe, answers: Answers = _DEFAULTS) -> tuple[str, ...]:
    """Return what people must do on the forge's pages, one sentence each."""
    return tuple(str(_filled(sentence, answers)) for sentence in recipe.by_hand)


def beginning(recipe: Recipe, answers: Answers = _DEFAULTS) -> str:
    """Return what begins a release: one sentence."""
    return str(_filled(recipe.begins, answers))


def _text(file: str, answers: Answers) -> str:
    template = files(__package__).joinpath(file).read_text(encoding="utf-8")
    text = _PLACE.sub(lambda place: _word(place, answers), template)
    return _TESTS.sub(
        lambda line: "".join(f"{line[1]}{as_yaml(command)}\n" for command in answers.test), text
    )


def _word(place: re.Match[str], answers: Answers) -> str:
    name = place[1].lower()
    value = getattr(answers, name)
    if "${{" in str(value):
        msg = f"{name} is an expression of the forge: {value}"
        raise ValueError(msg)
    if name == "test":  # as many lines as commands: filled last
        return place[0]
    return str(value) if name == "action" else as_yaml(value)  # a comment may follow it


def as_yaml(value: str | tuple[str, ...]) -> str:
    """Return *value* as YAML has it: as it is, or in quotes where it could be taken for more."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _WORDS:
        return value
    return json.dumps(value, ensure_ascii=False)


def _filled(value: object, answers: Answers) -> object:
    """Return *value*, a setting or a sentence, with its places filled as text."""
    if isinstance(value, str):
        return _PLACE.sub(lambda match: str(getattr(answers, match[1].lower())), value)
    if isinstance(value, dict):
        return {name: _filled(item, answers) for name, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, answers) for item in value]
    return value


def _fields(job: PublishingJob) -> list[tuple[str, str]]:
    return [
        ("registry", job.registry),
        ("workflow", job.workflow),
        ("environment", job.environment),
    ]
