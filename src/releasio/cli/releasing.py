"""What `release` and `do-release` share: preview or act, and say how it ended."""

from __future__ import annotations

from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from releasio.cli.doorway import doorway, each, finish
from releasio.errors.base import ReleasioError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from releasio.cli.context import App
    from releasio.cli.options import Options
    from releasio.cli.show.progress import Progress
    from releasio.config.reading.load import Settings
    from releasio.release.preview import Preview, Watcher
    from releasio.rules.bump.request import Request
    from releasio.world.run import Run
    from releasio.world.world import World

NOTHING = 3  # exit code of --exit-code


def releasing(command: str, options: Options, *, edit: bool = False, **overrides: object) -> None:
    """
    Preview a release, or carry it out.

    Args:
        command: Its name.
        options: What was given.
        edit: Open the notes in the editor first.
        overrides: Settings that the command stands for, by dotted key.
    """
    acts, again = options.acts_online, options.acting("release" if command == "check" else command)
    app = options.app(command, **overrides)
    with doorway(app):
        settings, request = app.settings, options.request()
        if edit:
            from releasio.cli.editing import edited_request, forget_edited

            request = edited_request(app, settings, request)
            if request.notes is not None:
                look(app, lambda world: _preview(world, settings, request))
        if acts:
            from releasio.release.stages import execute

            preview = carry_out(app, lambda run, to: execute(run, settings, request, to))
            if edit:
                forget_edited(app)
        else:
            preview = look(app, lambda world: _preview(world, settings, request), again)
        finish_empty(app, options, preview)


def finish_empty(app: App, options: Options, preview: Preview) -> None:
    """Leave with the code that `--exit-code` promises where *preview* releases nothing."""
    if options.exit_code and not preview.releases:
        finish(app, NOTHING)


@contextmanager
def acting(app: App) -> Iterator[tuple[Run, Progress]]:
    """Open what *app* carries its steps out in, and whom it tells how they go on."""
    from releasio.cli.show.progress import Progress
    from releasio.world.run import Run

    progress = Progress.of(app)
    with app.world(acting=True) as world, Run(world) as run, closing(progress):
        yield run, progress


def _preview(world: World, settings: Settings, request: Request) -> Preview:
    from releasio.release.stages import preview_release  # git works while this is loaded

    return preview_release(world, settings, request)


def look(app: App, foresee: Callable[[World], Preview], again: str = "") -> Preview:
    """
    Show what would be done, and return it.

    Args:
        app: The run.
        foresee: Finds out what would be done.
        again: The command line that would do it; empty: that is said elsewhere.

    Raises:
        ReleasioError: Something stands in its way.
    """
    with app.world() as world:
        from releasio.cli.show.preview import show_preview

        preview = foresee(world)
        if app.documented:
            _document(app, preview, world)
        show_preview(app.screen, preview, verbose=app.verbose, diff=app.diff)
        if app.verbose:
            from releasio.cli.show.credentials import show_answers

            show_answers(app.screen, world.prospects)
    if again:
        from releasio.cli.show.preview import conclude

        conclude(app, preview, again)
    return preview


def _document(app: App, preview: Preview, world: World) -> None:
    """Put what was found into the document and the outputs of the job."""
    from releasio.cli.show.credentials import answers_data
    from releasio.cli.show.data import preview_document
    from releasio.cli.show.outputs import write_outputs

    app.document.update(preview_document(preview))
    app.document["credentials"] = answers_data(world.prospects)
    write_outputs(app, preview, released=False)


def carry_out(app: App, release: Callable[[Run, Watcher], Preview]) -> Preview:
    """Do it, step by step on the screen, and say how it ended."""
    from releasio.cli.show.credentials import answers_data
    from releasio.cli.show.data import (
        page_addresses,
        pages_data,
        preview_document,
        uploads_data,
    )
    from releasio.cli.show.outputs import write_outputs
    from releasio.cli.show.progress import Progress
    from releasio.world.run import Run

    progress = Progress.of(app)
    app.standing = progress.standing
    with app.world(acting=True) as world, Run(world) as run:
        progress.uploads = run.uploads.values()
        try:
            with closing(progress):
                preview = release(run, progress)
        except ReleasioError as error:
            progress.lasting = any(problem.lasting for problem in each(error))
            progress.anothers = any(problem.anothers for problem in each(error))
            _tell_afterwards(app, run)
            raise
        finally:
            app.document["credentials"] = answers_data(world.prospects | run.answers)
            app.document["uploads"] = uploads_data(run.uploads.values())
            app.document["pages"] = pages_data(run.pages)
        pages = page_addresses(preview, run.pages)
        app.document["pages"] = pages_data(pages)
        write_outputs(app, preview, released=bool(preview.releases), pages=pages)
        if not preview.releases:
            app.document.update(preview_document(preview))
            app.screen.say(f"Nothing to release: {preview.reason}")
            from releasio.cli.show.job.page import tell_preview

            tell_preview(app, preview, "")
        else:
            from releasio.cli.show.summary import summarise

            summarise(app, preview, run, pages)
            _keep(app, run)
            _tell_afterwards(app, run)
        return preview


def _tell_afterwards(app: App, run: Run) -> None:
    """Say at the end what is to be done in this clone, where nobody overlooks it."""
    for note in run.afterwards:
        app.screen.note(note)


def _keep(app: App, run: Run) -> None:
    """Offer to keep a token that was typed; a document is for a program, which cannot answer."""
    if app.as_json or not run.credentials:
        return
    from releasio.auth.keeping import offer_to_keep

    offer_to_keep(run)
