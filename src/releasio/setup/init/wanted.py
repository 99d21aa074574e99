"""Which settings the answers need: only what no release would find or do by itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from packaging.specifiers import InvalidSpecifier, SpecifierSet

from releasio.frozen import replace
from releasio.rules.index.registry import BUILT_IN
from releasio.rules.project.changelog_file import changelog_name
from releasio.rules.workflow.environments.of_job import environments_of
from releasio.setup.init.answered import is_so, with_answers
from releasio.setup.recipes.recipe import Answers
from releasio.setup.recipes.render import settings_of

if TYPE_CHECKING:
    from releasio.config.tables.model import Config
    from releasio.setup.init.choices import Choices
    from releasio.setup.init.project import Project

Path = tuple[str, ...]
_PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
_OWN_PYTHON = "3.13"  # what runs releasio
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")


def wanted_settings(project: Project, choices: Choices) -> dict[Path, object]:
    """
    Return the settings to write, by the path of the key.

    Args:
        project: What is there.
        choices: What was answered; it counts more than what other tools were told.
    """
    wanted = {
        **choices.adopted,
        **_answered(project, choices),
        **settings_of(choices.recipe, recipe_answers(project, choices)),
    }
    if choices.registry not in BUILT_IN and _NAME.fullmatch(choices.registry) is None:
        wanted["publish", "registry"] = choices.registry
    config = project.settings.config
    return {path: value for path, value in wanted.items() if not is_so(config, path, value)}


def settings_after(project: Project, choices: Choices) -> Config:
    """Return the settings that are in force once those are written."""
    return with_answers(project.settings.config, wanted_settings(project, choices))


def _answered(project: Project, choices: Choices) -> dict[Path, object]:
    config = project.settings.config
    settings: dict[Path, object] = {}
    if not project.finds_branch(choices.branch):
        settings["default_branch",] = choices.branch
    if choices.tag_prefix != _prefix_found(project):
        settings["version", "tag_prefix"] = choices.tag_prefix
    if not choices.changelog:
        settings["changelog", "enabled"] = False
    elif choices.changelog != changelog_name(
        config.changelog, {choices.changelog, project.contents.changelog}
    ):
        settings["changelog", "path"] = choices.changelog
    return settings


def _prefix_found(project: Project) -> str:
    """Return the prefix that a release takes with no setting that says so."""
    form = project.tag_form
    return str(form) if form.after else form.before


def recipe_answers(project: Project, choices: Choices) -> Answers:
    """Return what the places of a recipe are filled with."""
    name = choices.registry if _NAME.fullmatch(choices.registry) else "release"
    usual = Answers()
    return replace(
        usual,
        branch=choices.branch,
        environment=_environment(project, choices.registry) or name,
        test_environment=_environment(project, usual.test_registry) or usual.test_environment,
        registry=choices.registry,
        tags=_tag_pattern(choices.tag_prefix),
        python=_OWN_PYTHON,
        pythons=_pythons(project.contents.requires_python),
        test=_test(project),
        action=project.action,
    )


def _environment(project: Project, registry: str) -> str:
    """
    Return the environment that the project publishes to *registry* from already.

    It is there, with its rules, so it stays. Empty: there is none, or more than one, or its name
    is not known before a job runs.
    """
    names = {
        name if _NAME.fullmatch(name) else ""
        for upload in project.contents.uploads
        if upload.target == registry
        for name in environments_of(upload.workflow, upload.job) or ("",)
    }
    return names.pop() if len(names) == 1 else ""


def _tag_pattern(prefix: str) -> str:
    """Return the pattern by which a forge knows the tags of releases."""
    before, version, after = prefix.partition("{version}")
    # alone a star would be for every tag
    return f"{before or '[0-9]'}*{after}" if version or before else "[0-9]*"


def _pythons(requires: str) -> tuple[str, ...]:
    """Return the oldest and the newest version of Python that the project is for."""
    try:
        specifiers = SpecifierSet(requires)
    except InvalidSpecifier:
        return Answers().pythons
    # a patch release that every `>=3.11.4` takes
    fitting = [version for version in _PYTHONS if specifiers.contains(f"{version}.99")]
    if not requires or not fitting:
        return Answers().pythons
    return tuple(dict.fromkeys((fitting[0], fitting[-1])))


def _test(project: Project) -> tuple[str, ...]:
    """Return the commands that test the project; pytest fails where there is no test."""
    if project.contents.has_tests:
        return (*project.contents.test_installs, Answers().test[-1])
    imports = ", ".join(project.contents.modules)
    trial = (f'python -c "import {imports}"',) if imports else ()
    return ("python -m pip install .", *trial)
