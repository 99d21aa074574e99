"""The questions of `init`, each with the answer that the project gives."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.config.reading.places import DOTFILE, MANIFEST, PLAIN
from releasio.errors.base import ReleasioError
from releasio.frozen import frozen
from releasio.rules.changelog.markup.chosen import SUFFIXES, markup_of
from releasio.rules.index.registry import BUILT_IN, resolve
from releasio.rules.versions.tag_form import TagForm
from releasio.setup.init.answered import mistake, sentences
from releasio.setup.init.fitting import fitting_recipe
from releasio.setup.recipes.recipes import recipes_for
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from releasio.setup.init.project import Project
    from releasio.setup.recipes.recipe import Forge

    Settings = Mapping[tuple[str, ...], object]

NONE, TAGS = "none", "tags"
_EXAMPLE = "1.2.0"
_TOLD = "another tool was told so"
_VERSION = pattern(r"\d+(?:\.\d+)+\S*?(?=\D*$)")


@frozen
class Question:
    """
    One question.

    Attributes:
        name: What the answer is called, in the report too.
        text: The question.
        default: The answer that the project gives.
        why: What that comes from; empty: it is only usual.
        options: The possible answers, and what each means; empty: any that has no mistake.
        mistake: Says what is wrong with an answer; empty: nothing. `None`: any will do.
    """

    name: str
    text: str
    default: str
    why: str = ""
    options: Mapping[str, str] = MappingProxyType({})
    mistake: Callable[[str], str] | None = None


def version_question(why: str, mistake: Callable[[str], str]) -> Question:
    """
    Ask for the file that says the version; only where the project's files do not tell has to.

    Args:
        why: Why they do not.
        mistake: Says why the version cannot be read by an answer.
    """
    text = f"Which file says the version? ({TAGS}: the build makes it from the tags)"
    return Question("version", text, TAGS, why, mistake=mistake)


def version_settings(answer: str) -> Mapping[tuple[str, ...], object]:
    """Return the settings for an answer to that."""
    if answer == TAGS:
        return {("version", "source"): "tag"}
    return {("version", "source"): "file", ("version", "source_file"): answer}


def forge_question(project: Project) -> Question:
    """Ask where the repository will be; only a project without a remote has to."""
    return Question(
        "forge",
        "Where will the repository be?",
        project.forge if project.forge == "gitlab" else "github",
        "there is no remote yet",
        MappingProxyType({"github": "GitHub", "gitlab": "GitLab", NONE: "elsewhere, or nowhere"}),
    )


def recipe_question(project: Project, forge: Forge) -> Question:
    """Ask how releases are made."""
    fit = fitting_recipe(project, forge)
    recipes = (*recipes_for(forge), *recipes_for(""))
    return Question(
        "recipe",
        "How are releases made?",
        fit.name,
        fit.why,
        MappingProxyType({recipe.name: recipe.when for recipe in recipes}),
    )


def adoption_question(project: Project) -> Question:
    """Ask whether what other tools were told is to count; only a project that has some has to."""
    tools = ", ".join(tool.tool for tool in project.contents.adopted)
    return Question(
        "adopt",
        f"Take over what {tools} was told?",
        "yes",
        "",
        MappingProxyType({"yes": "as settings of releasio", "no": "its usual ways instead"}),
    )


def branch_question(project: Project, adopted: Settings) -> Question:
    """Ask for the branch that is released from."""
    default, why = project.release_branch
    if "default_branch" not in project.settings.origins and ("default_branch",) in adopted:
        default, why = str(adopted["default_branch",]), _TOLD
    return Question(
        "branch",
        "Which branch are releases made from?",
        default,
        why,
        mistake=lambda answer: mistake(("default_branch",), answer),
    )


def tag_question(project: Project, adopted: Settings) -> Question:
    """Ask for a tag as an example: it tells what stands before the version."""
    newest, form = project.newest_tag, project.tag_form
    why = f"as {newest} does" if newest else "no tag is a version yet"
    if ("version", "tag_prefix") in adopted:
        prefix = str(adopted["version", "tag_prefix"])
        form, why = TagForm.of_setting(prefix, project.manifest.name), _TOLD
    name = form.name(_EXAMPLE)
    return Question("tag", "What does a tag look like?", name, why, mistake=_tag_mistake)


def prefix_of(tag: str) -> str:
    """Return `version.tag_prefix` for tags like *tag*: a prefix, or a template; empty: none."""
    match = _VERSION.search(tag)
    if match is None:
        return tag
    before, after = tag[: match.start()], tag[match.end() :]
    return f"{before}{{version}}{after}" if after else before


def _tag_mistake(answer: str) -> str:
    if not _VERSION.search(answer):
        return f"{answer} has no version in it: write a tag such as v{_EXAMPLE} or {_EXAMPLE}."
    return mistake(("version", "tag_prefix"), prefix_of(answer))


def changelog_question(project: Project, adopted: Settings) -> Question:
    """Ask which file the changelog is."""
    default, why = _changelog_default(project)
    if told := str(adopted.get(("changelog", "path"), "")):
        default, why = told, _TOLD
    return Question(
        "changelog",
        f"Which file is the changelog? ({NONE}: releases have no section in a file)",
        default,
        why,
        mistake=_changelog_mistake,
    )


def _changelog_default(project: Project) -> tuple[str, str]:
    """Return the changelog that the project has, or would have, and why."""
    config, contents = project.settings.config.changelog, project.contents
    if not config.enabled:
        return NONE, project.settings.origins["changelog.enabled"]
    if contents.changelog:
        return contents.changelog, "it is there"
    if contents.changelog_outside:
        return NONE, f"{contents.changelog_outside} is, and is outside of the project's folder"
    usual = "CHANGELOG.rst" if contents.readme.endswith(".rst") else config.path
    return usual, "there is none yet"


def _changelog_mistake(answer: str) -> str:
    if answer == NONE:
        return ""
    if wrong := mistake(("changelog", "path"), answer):
        return wrong
    if markup_of(answer) is None:
        return f"{answer} is in no format that is written: {', '.join(SUFFIXES)}."
    return ""


def registry_question(project: Project) -> Question:
    """Ask which index releases go to."""
    registries = project.settings.config.registries
    names = [*registries, *BUILT_IN]

    def wrong(answer: str) -> str:
        try:
            resolve(answer, registries)
        except ReleasioError as error:
            return sentences(error)
        return mistake(("publish", "registry"), answer)

    return Question(
        "index",
        f"Which index do releases go to? ({', '.join(names)}, or the address of another one)",
        project.settings.config.publish.registry,
        project.settings.origins["publish.registry"].replace("default", "the usual one"),
        mistake=wrong,
    )


def config_question(project: Project) -> Question:
    """Ask where the settings are kept; only a project that has none yet has to."""
    places = {
        DOTFILE: "a file of its own",
        PLAIN: "the same, without the dot",
        MANIFEST: "the table [tool.releasio]",
    }
    if not (project.folder / MANIFEST).is_file():
        del places[MANIFEST]
    text = "Where are the settings kept?"
    return Question("config", text, DOTFILE, "", MappingProxyType(places))
