"""Doctor finds nothing wrong in the ready workflows, and the publishers that belong to them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from releasio.config.reading.load import load
from releasio.config.rewriting import with_setting
from releasio.setup.doctor import examine
from releasio.setup.reading.situation import read_situation
from releasio.setup.recipes.recipe import Answers, Recipe
from releasio.setup.recipes.recipes import RECIPES
from releasio.setup.recipes.render import publishers_of, render, settings_of
from releasio.setup.situation.needed_publishers import needed_publishers
from releasio.world.git.git import Git
from releasio.world.world import World
from tests.fakes.screen import Quiet

if TYPE_CHECKING:
    from releasio.setup.situation.situation import Situation
    from tests.fakes.repository import Repository

ANSWERS = Answers(action=f"acme/releasio/action@{'1' * 40} # v3.0.0")
MANIFEST = """\
[project]
name = "demo"
version = "1.2.0"
requires-python = ">=3.9"
"""
WITH_WORKFLOW = [recipe for recipe in RECIPES.values() if recipe.forge]


def situation_of(recipe: Recipe, repo: Repository) -> Situation:
    """Return what doctor sees of a project that has taken *recipe*."""
    manifest = MANIFEST
    for path, value in settings_of(recipe, ANSWERS).items():
        changed = with_setting(manifest, ("tool", "releasio", *path), value)
        assert changed is not None
        manifest = changed
    repo.write("pyproject.toml", manifest)
    for name, text in render(recipe, ANSWERS).items():
        repo.write(name, text)
    repo.commit("feat: begin")
    repo.tag("v1.2.0")
    repo.git("remote", "add", "origin", f"https://{recipe.forge}.com/acme/demo.git")
    env = dict(os.environ)
    world = World(
        git=Git.open(repo.path, env), project=repo.path, env=env, screen=Quiet(), offline=True
    )
    return read_situation(world, load(repo.path, env))


@pytest.mark.parametrize("recipe", WITH_WORKFLOW, ids=lambda recipe: recipe.name)
def test_the_publishers_are_those_of_the_recipe(recipe: Recipe, repo: Repository) -> None:
    situation = situation_of(recipe, repo)

    assert [
        (job.registry, job.workflow, job.environment) for job in publishers_of(recipe, ANSWERS)
    ] == [
        (each.form.registry.name, values[2], values[3])
        for each in needed_publishers(situation)
        if (values := [value for _, value in each.form.fields])
    ]
    assert () == tuple(each.message for each in examine(situation) if each.severity != "note")
