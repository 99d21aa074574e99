"""`releasio status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import Options, json_option, offline_option, path_argument, takes_options

if TYPE_CHECKING:
    from releasio.cli.context import App


@click.command()
@path_argument
@click.option(
    "--exit-code",
    is_flag=True,
    help="Exit with 4 when a release is public and not finished.",
)
@json_option
@offline_option
@takes_options
def status(options: Options) -> None:
    """
    Show where a release stands, and what is left.

    What is left is asked from the world; the journal tells what was tried.
    """
    from releasio.cli.doorway import doorway, finish
    from releasio.errors.base import DISAGREES

    app = options.app("status")
    with doorway(app):
        is_unfinished = _status(app)
        if is_unfinished and options.exit_code:
            finish(app, DISAGREES)


def _status(app: App) -> bool:
    """Show it; return whether a release is public and not finished."""
    from releasio.cli.show.data import preview_document
    from releasio.cli.show.preview import show_preview
    from releasio.release.journal import last_run
    from releasio.release.stages import preview_release
    from releasio.rules.bump.request import Request

    settings = app.settings
    with app.world() as world:
        entries = last_run(world.state / "journal.jsonl")
        preview = preview_release(world, settings, Request())
    app.document.update(preview_document(preview))
    app.document["journal"] = [entry.__dict__ for entry in entries]
    if entries:
        app.screen.say(f"last run: {entries[0].tag}, begun {entries[0].time}", bold=True)
        for entry in entries:
            detail = f"  ({entry.detail})" if entry.detail else ""
            app.screen.say(f"  {entry.event:5}  {entry.step}{detail}")
    else:
        app.screen.say("last run: none in this clone", bold=True)
    app.screen.say()
    app.screen.say("now", bold=True)
    show_preview(app.screen, preview, every_step=True)
    return any(release.kind == "resumed" for release in preview.releases)
