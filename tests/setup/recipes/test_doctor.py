"""Doctor has nothing to say about a recipe that is taken as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.rewriting import with_setting
from releasio.setup.recipes.recipe import Answers
from releasio.setup.recipes.recipes import recipes_for
from releasio.setup.recipes.render import render, settings_of
from tests.setup.corpus.case import Case
from tests.setup.recipes.written import PINNED

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.setup.recipes.recipe import Recipe
    from tests.fakes.repository import Repository

RECIPES = [*recipes_for("github"), *recipes_for("gitlab")]


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_a_recipe_is_sound(recipe: Recipe, repo: Repository, tmp_path: Path) -> None:
    answers = Answers(action=PINNED)
    folder = tmp_path / "case"
    settings = ""
    for path, value in settings_of(recipe, answers).items():
        settings = with_setting(settings, path, value) or ""
    files = {**render(recipe, answers), ".releasio.toml": settings}
    files["case.toml"] = f'remote = "https://{recipe.forge}.com/acme/demo.git"\n'
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    case = Case(folder)
    case.build(repo)

    assert [] == [(finding.code, finding.place, finding.message) for finding in case.findings(repo)]
