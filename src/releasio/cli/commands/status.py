"""`releasio status`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import Options, json_option, offline_option, path_argument, takes_options

if TYPE_CHECKING:
    from releasio.cli.context import App


@click.command()
@path_argument
@json_option
@offline_option
@takes_options
def status(options: Options) -> None:
    """
    Show where a release stands, and what is left.

    What is left is asked from the world; the journal tells what was tried.
    """
    from releasio.cli.doorway import doorway

    app = options.app("status")
    with doorway(app):
        _status(app)


def _status(app: App) -> None:
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
