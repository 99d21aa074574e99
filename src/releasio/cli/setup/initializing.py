"""How `init` goes: read, ask, show, write, and say what is left."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import click

from releasio.cli.setup.adopted import adopted_data, show_adopted, show_proof
from releasio.cli.setup.asking import asker
from releasio.cli.setup.ending import show_rest
from releasio.cli.setup.files import chosen_files, show_files
from releasio.cli.show.publishers import form_data, show_form
from releasio.config.reading.load import load
from releasio.config.reading.places import MANIFEST
from releasio.errors.base import ReleasioError
from releasio.errors.git.repository import NotARepository
from releasio.errors.project.version_source import VersionDynamic
from releasio.errors.setup import SettingsElsewhere
from releasio.frozen import frozen
from releasio.setup.init.answered import sentences, with_answers
from releasio.setup.init.choices import choose
from releasio.setup.init.files import init_files
from releasio.setup.init.next_steps import next_commands, things_by_hand
from releasio.setup.init.publishers import publisher_forms
from releasio.setup.init.questions import version_question, version_settings
from releasio.setup.init.reading import asks_index, read_project
from releasio.setup.recipes.recipes import RECIPES
from releasio.text.command_line import joined
from releasio.world.file_set import write_together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from releasio.cli.context import App
    from releasio.setup.init.choices import Choices
    from releasio.setup.init.files import InitFile
    from releasio.setup.init.project import Project
    from releasio.setup.init.questions import Question
    from releasio.world.world import World


@frozen
class Wishes:
    """
    What was said on the command line.

    Attributes:
        yes: Ask nothing.
        recipe: The name of a recipe.
        config: The name of the settings file.
        force: Change what is there without asking.
        dry_run: Write nothing, and ask nothing.
    """

    yes: bool
    recipe: str | None
    config: str | None
    force: bool
    dry_run: bool

    @property
    def asks(self) -> bool:
        """Whether questions are put."""
        return not (self.yes or self.dry_run)

    def acting(self, path: str) -> str:
        """Return the command that writes what a dry run shows for the project at *path*."""
        words = ["releasio", "init", *([] if path == "." else [path]), "--yes"]
        words += ["--recipe", self.recipe] if self.recipe else []
        words += ["--config", self.config] if self.config else []
        return joined([*words, *(["--force"] if self.force else [])])


def initialize(app: App, wishes: Wishes) -> None:
    """
    Set the project of *app* up.

    Raises:
        InitNeedsTerminal: Questions would be put, and nobody is there.
        AnswersEnded: One of them got no answer.
        SettingsElsewhere: The settings are in another file than the wished one.
        ManifestError: The project's files do not say name and version.
        LinkInTheWay: A link is where a file is to be.
        FileReadOnly: A file that would change may not be written.
        FileChangedMeanwhile: One is not any more what was shown.
    """
    app.standing = lambda: "Nothing was written."
    _require_recipe(wishes.recipe)
    ask = asker(app, assume_defaults=not wishes.asks)
    with _around(app) as world:
        project, version = _read(app, world, wishes, ask)
        _show_found(app, project)
        choices = choose(project, ask, recipe=wishes.recipe, config=wishes.config, version=version)
        show_proof(app, world, project, choices)
        files = init_files(project, choices)
        show_files(app, files)
        # who names the settings file wants it changed
        unasked = [file for file in files if wishes.force or file.path.name == wishes.config]
        chosen = chosen_files(files, asks=wishes.asks, unasked=unasked)
        if not wishes.dry_run:
            write_together(
                {file.path: file.after for file in chosen},
                {file.path: file.before for file in chosen},
            )
            app.standing = lambda: ""
        _report(app, files, chosen, wishes)
        if chosen or not wishes.asks:
            _conclude(app, world, project, choices, files, chosen)


def _require_recipe(name: str | None) -> None:
    if name is None or name in RECIPES:
        return
    from difflib import get_close_matches

    near = get_close_matches(name, RECIPES, n=1)
    guess = f" Did you mean {near[0]!r}?" if near else ""
    msg = f"There is no recipe {name!r}.{guess} There are: {', '.join(RECIPES)}."
    raise click.UsageError(msg)


@contextmanager
def _around(app: App) -> Iterator[World | None]:
    """Open the repository around the project, if there is one."""
    with ExitStack() as stack:
        try:
            world = stack.enter_context(app.world())
        except NotARepository:
            world = None
        yield world


def _read(
    app: App, world: World | None, wishes: Wishes, ask: Callable[[Question], str]
) -> tuple[Project, Mapping[tuple[str, ...], object]]:
    """
    Read the project; return with it the settings for where its version is, if that was asked.

    The settings that count are those of its file, whatever the environment says for this run.
    """
    folder, config = app.path.absolute(), wishes.config
    settings = load(folder, {})
    source = settings.source
    if config == MANIFEST and not (folder / MANIFEST).is_file():
        msg = f"--config {MANIFEST}: there is none here."
        raise click.UsageError(msg)
    if config and source and source.parent == folder and source.name != config:
        raise SettingsElsewhere(source.name, wanted=config)

    def read(version: Mapping[tuple[str, ...], object]) -> Project:
        version_config = with_answers(settings.config, version).version
        return read_project(folder, settings, app.env, world, version_config)

    def mistake(answer: str) -> str:
        try:
            read(version_settings(answer))
        except ReleasioError as error:
            return sentences(error)
        return ""

    try:
        return read({}), {}
    except VersionDynamic as error:
        if not wishes.asks:
            raise
        version = version_settings(ask(version_question(str(error), mistake)))
        return read(version), version


def _show_found(app: App, project: Project) -> None:
    """Say what init goes by."""
    manifest, screen = project.manifest, app.screen
    version = "its version from the tags" if manifest.is_from_tags else str(manifest.version)
    where = f"{project.place.page}" if project.place else "no forge that is known yet"
    screen.say(f"{manifest.name}, {version} ({manifest.version_path}); {where}", bold=True)
    show_adopted(screen, project.contents.adopted)
    if project.contents.adopted:
        screen.say()


def _report(
    app: App, files: Sequence[InitFile], chosen: Sequence[InitFile], wishes: Wishes
) -> None:
    """Say what became of each file."""
    screen, dry_run = app.screen, wishes.dry_run
    verb = "would write" if dry_run else "wrote"
    screen.say()
    for file in files:
        if file in chosen:
            screen.say(f"{verb} {file.name}")
        elif file.is_same:
            screen.say(f"{file.name} is as it should be")
        elif not file.is_new:
            screen.say(f"{file.name} is there and stays as it is; --force changes it")
    if dry_run:
        screen.command("Nothing was written. To write it:", wishes.acting(str(app.path)))
    elif not chosen:
        screen.say("Nothing was written.")
    app.document["init"] = {
        "files": [
            {"path": file.name, "state": _state(file, chosen, dry_run=dry_run)} for file in files
        ]
    }


def _state(file: InitFile, chosen: Sequence[InitFile], *, dry_run: bool) -> str:
    if file.is_same:
        return "same"
    if file not in chosen:
        return "kept"
    return "planned" if dry_run else "written"


def _conclude(
    app: App,
    world: World | None,
    project: Project,
    choices: Choices,
    files: Sequence[InitFile],
    chosen: Sequence[InitFile],
) -> None:
    unwritten_files = [file for file in files if file not in chosen and not file.is_same]
    forms = publisher_forms(project, choices, asks_index(world, project.manifest.name))
    by_hand = things_by_hand(project, choices, unwritten_files, forms)
    commands = next_commands(project, chosen, str(app.path), choices.branch)
    for form in forms:
        show_form(app.screen, form)
    show_rest(app, by_hand, commands)
    app.document["init"] |= {
        "answers": choices.data,
        "adopted": adopted_data(project.contents.adopted),
        "publishers": [form_data(form) for form in forms],
        "by_hand": list(by_hand),
        "next": list(commands),
    }
