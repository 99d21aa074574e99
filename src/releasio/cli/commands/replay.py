"""`releasio replay`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from releasio.cli.options import json_option, path_argument, verbose_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@path_argument
@click.option(
    "--last",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="How many releases.",
)
@json_option
@verbose_option
def replay(path: Path, last: int, *, as_json: bool, verbose: bool) -> None:
    """
    Decide the last releases once more, and compare with the tags that are there.

    Each is decided from the commit before it, by the settings in force. Where
    that makes another version, it says why, and which setting would make the
    same. Reads git only; nothing is changed or checked out.
    """
    from releasio.cli.context import App
    from releasio.cli.doorway import doorway

    app = App("replay", path, verbose=verbose, offline=True, as_json=as_json)
    with doorway(app):
        from releasio.cli.setup.replay import replay_data, show_replay
        from releasio.setup.replay.replay import replay as replay_releases

        with app.world() as world:
            replayed = replay_releases(world, app.settings, last)
        app.document["replay"] = replay_data(replayed)
        show_replay(app.screen, replayed, verbose=verbose)
