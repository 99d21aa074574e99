"""What was answered, as one value."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, cast

from releasio.frozen import frozen
from releasio.setup.init import questions
from releasio.setup.init.questions import NONE
from releasio.setup.recipes.recipes import RECIPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from releasio.setup.init.project import Project
    from releasio.setup.init.questions import Question
    from releasio.setup.recipes.recipe import Forge, Recipe

_ASKED = {("default_branch",), ("version", "tag_prefix"), ("changelog", "path")}


@frozen
class Choices:
    """
    How the project is to be released.

    Attributes:
        recipe: By which recipe.
        branch: From which branch.
        tag_prefix: How its tags begin, or a template, as `version.tag_prefix` has it.
        changelog: Its changelog, relative to the project; empty: none.
        registry: Where it goes, by name or address.
        config: The file of the settings.
        adopted: What other tools were told, in settings of releasio, by the path of the key.
    """

    recipe: Recipe
    branch: str
    tag_prefix: str
    changelog: str
    registry: str
    config: Path
    adopted: Mapping[tuple[str, ...], object] = MappingProxyType({})

    @property
    def data(self) -> dict[str, Any]:
        """The answers, for the report."""
        return {
            "recipe": self.recipe.name,
            "branch": self.branch,
            "tag_prefix": self.tag_prefix,
            "changelog": self.changelog or None,
            "index": self.registry,
            "config": self.config.name,
        }


def choose(
    project: Project,
    ask: Callable[[Question], str],
    *,
    recipe: str | None = None,
    config: str | None = None,
    version: Mapping[tuple[str, ...], object] = MappingProxyType({}),
) -> Choices:
    """
    Ask what has to be asked.

    Args:
        project: What is there.
        ask: Puts a question, and returns an answer that is possible.
        recipe: Its name, where it is chosen already.
        config: The file of the settings, where it is chosen already.
        version: Settings that say where the version is, where that was asked already.
    """
    chosen_recipe = RECIPES[recipe or ask(questions.recipe_question(project, _forge(project, ask)))]
    adopted = _adopted(project, ask)
    branch = ask(questions.branch_question(project, adopted))
    tag = ask(questions.tag_question(project, adopted))
    changelog = ask(questions.changelog_question(project, adopted))
    registry = ask(questions.registry_question(project))
    config_path = _settings_file(project)
    if config:
        config_path = project.folder / config
    elif config_path is None:
        config_path = project.folder / ask(questions.config_question(project))
    return Choices(
        chosen_recipe,
        branch,
        questions.prefix_of(tag),
        "" if changelog == NONE else changelog,
        registry,
        config_path,
        {**{path: adopted[path] for path in adopted if path not in _ASKED}, **version},
    )


def _adopted(project: Project, ask: Callable[[Question], str]) -> Mapping[tuple[str, ...], object]:
    """Return what other tools were told, if it is to count."""
    settings: dict[tuple[str, ...], object] = {}
    for tool in project.contents.adopted:
        for setting in tool.translated:
            # the first tool counts most; of branches, the first that matches
            settings.setdefault(tuple(setting.key.split(".")), setting.value)
    return settings if settings and ask(questions.adoption_question(project)) == "yes" else {}


def _forge(project: Project, ask: Callable[[Question], str]) -> Forge:
    if project.place is None and not (project.clone and project.clone.has_remote):
        answer = ask(questions.forge_question(project))
        return cast("Forge", "" if answer == NONE else answer)
    return project.forge if project.forge in {"github", "gitlab"} else ""


def _settings_file(project: Project) -> Path | None:
    """Return the file that settings are in already; one outside of the repository is not ours."""
    source = project.settings.source
    path = source.parent.resolve() / source.name if source else None
    return path if path and path.is_relative_to(project.root) else None
