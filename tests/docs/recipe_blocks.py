"""
What pages show of recipes: the text of the files themselves.

Below `<!-- recipe: NAME -->` stands the recipe's file. Between `<!-- recipes: FORGE -->` and
`<!-- end of recipes -->` stand all recipes of that forge.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.config.rewriting import with_setting
from releasio.setup.recipes.recipes import RECIPES, recipes_for
from releasio.setup.recipes.render import beginning, by_hand, publishers_of, render, settings_of

if TYPE_CHECKING:
    from releasio.setup.recipes.recipe import Recipe

_BLOCK = re.compile(r"(?ms)(?<=<!-- recipe: )(?P<name>[\w-]+) -->\n```yaml\n.*?^```$")
_SECTION = re.compile(
    r"(?ms)(?<=<!-- recipes: )(?P<forge>\w+) -->\n.*?^(?=<!-- end of recipes -->$)"
)
_DEFAULT = (("publish", "registry"), "pypi")
_INDEXES = {"pypi": "PyPI", "testpypi": "TestPyPI"}


def filled(page: str) -> str:
    """Return *page* with what it shows of recipes as they are."""
    page = _BLOCK.sub(lambda block: f"{block['name']} -->\n{_file(RECIPES[block['name']])}", page)
    return _SECTION.sub(lambda section: _sections(section["forge"]), page)


def _sections(forge: str) -> str:
    recipes = {"github": recipes_for("github"), "gitlab": recipes_for("gitlab")}[forge]
    return f"{forge} -->\n\n" + "".join(_section(recipe) for recipe in recipes)


def _section(recipe: Recipe) -> str:
    (path,) = recipe.files
    paragraphs = [
        f"## {recipe.title}",
        f"{recipe.when} `{recipe.name}`, in `{path}`:",
        _file(recipe),
        f"To release: {_lower(beginning(recipe))}",
        *_publishers(recipe),
        *_settings(recipe),
        *_pages(recipe),
    ]
    return "\n\n".join(paragraphs) + "\n\n"


def _lower(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _file(recipe: Recipe) -> str:
    (text,) = render(recipe).values()
    return f"```yaml\n{text}```"


def _publishers(recipe: Recipe) -> list[str]:
    return [
        f"Publisher on {_INDEXES[job.registry]}: `{job.workflow}`, environment `{job.environment}`."
        for job in publishers_of(recipe)
    ]


def _settings(recipe: Recipe) -> list[str]:
    text = ""
    for path, value in settings_of(recipe).items():
        if (path, value) != _DEFAULT:
            text = with_setting(text, path, value) or ""
    return [f"Settings, in `.releasio.toml`:\n\n```toml\n{text.lstrip()}```"] if text else []


def _pages(recipe: Recipe) -> list[str]:
    listed = "\n".join(f"- {sentence}" for sentence in by_hand(recipe))
    return [f"In the repository's settings:\n\n{listed}"] if listed else []
