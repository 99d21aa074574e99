"""`releasio changelog`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import project_option, verbose_option

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.cli.context import App


@click.command()
@click.argument("range", required=False)
@click.option("--all", "everything", is_flag=True, help="All releases, newest first.")
@project_option
@verbose_option
def changelog(range: str | None, path: Path, *, everything: bool, verbose: bool) -> None:  # noqa: A002
    """
    Print the notes of a range, a tag or all history.

    RANGE is `A..B`, or a tag: then its release. Without one: what was done
    since the last release. Reads git only; no file is written.
    """
    from releasio.cli.context import App
    from releasio.cli.doorway import doorway

    if everything and range is not None:
        msg = "--all prints every release, and RANGE some of them: give one of the two."
        raise click.UsageError(msg)
    app = App("changelog", path, verbose=verbose, offline=True)
    app.screen.apart = True
    with doorway(app):
        _print(app, range, everything=everything)


def _print(app: App, span: str | None, *, everything: bool) -> None:
    from releasio.release.notes import all_notes, notes_of

    config = app.settings.config
    with app.world() as world:
        pieces = all_notes(world, config) if everything else notes_of(world, config, span)
        for piece in pieces:
            app.screen.say(piece)
